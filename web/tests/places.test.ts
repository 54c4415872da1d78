import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Footprints, type FootprintList } from "../src/core/footprints.ts";
import { loadMirror } from "../src/core/body.ts";
import { readLayers, regionIds } from "../src/core/layers.ts";
import { groupOf, matches, Places } from "../src/core/places.ts";
import { placeOf, pointAt, readPoints } from "../src/core/points.ts";
import { addLanguage, english, wordsIn } from "../src/words.ts";
import { body as coming, fetcher } from "./body-files.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const places = new Places(english);
const prints = async (): Promise<Footprints> => {
  const list = JSON.parse(readFileSync(join(FIXTURES, "footprints.json"), "utf8")) as FootprintList;
  const records = readFileSync(join(FIXTURES, "footprints.bin"));
  return new Footprints(list, records.buffer.slice(records.byteOffset, records.byteOffset + records.byteLength) as ArrayBuffer, await loadMirror(fetcher));
};

describe("a place is said in words", () => {
  const of = async (...ids: number[]): Promise<string> => {
    const body = await coming;
    return places.where(body, ids.flatMap((id) => body.verticesOf(id)));
  };
  test("one region with its side", async () => expect(await of(204)).toBe("left temple"));
  test("the other side", async () => expect(await of(205)).toBe("right temple"));
  test("both sides together", async () => expect(await of(66, 67)).toBe("forehead on both sides"));
  test("two regions, the larger first", async () => expect(await of(204, 66)).toBe("left temple and left forehead"));
  test("what a stroke only grazes is not said", async () => expect(await of(204, 206)).toBe("left temple"));
  test("the names of the page go first", async () => {
    const body = await coming;
    const own = new Places(english, { regions: { temple: { title: "Schläfe", also: ["side of the head"] } } });
    expect(own.where(body, body.verticesOf(204))).toBe("left Schläfe");
    expect(matches(own.searchText(body.regions[204]!), "head")).toBe(true);
  });
  test("the patient's left lies at positive x", async () => {
    const body = await coming;
    for (const { id, side } of body.regions) {
      const mean = body.verticesOf(id).reduce((sum, v) => sum + body.positions[3 * v]!, 0);
      expect(Math.sign(mean), body.regions[id]!.name).toBe(side === "left" ? 1 : -1);
    }
  });
});

test("every region has a plain name without a comma, which would be read as a list", async () => {
  const body = await coming;
  for (const region of body.regions) expect(english.regions[region.name], region.name).toMatch(/^[^,]+$/);
});

test("every region stands where somebody would look for it", async () => {
  const body = await coming;
  const group = (name: string): string => groupOf(body.regions.find((one) => one.name === name)!);
  expect(group("lower calf (soleus)")).toBe("calf");
  expect(group("lateral sole")).toBe("foot");
  expect(group("medial arch")).toBe("foot");
  expect(group("suprascapular")).toBe("back");
  expect(group("supraclavicular")).toBe("shoulder");
  expect(group("iliac fossa")).toBe("chest");
  expect(group("patella")).toBe("leg");
});

test("a search finds beginnings of words, without accents", () => {
  expect(matches("lower outer thigh", "thi low")).toBe(true);
  expect(matches("lower outer thigh", "high")).toBe(false);
  expect(matches("schlafe", "Schläfe")).toBe(true);
});

describe("muscles", () => {
  test("are named under the skin, on both sides", async () => {
    const body = await coming;
    const muscles = await prints();
    const inside: number[] = [];
    muscles.each("infraspinatus", "right", (v, weight) => weight > 250 && inside.push(v));
    const triangle = body.triangles.findIndex((v, n) => n % 3 === 0 && inside.includes(v) && inside.includes(body.triangles[n + 1]!)) / 3;
    const at = { triangle, weights: [0.5, 0.5, 0] as [number, number, number], point: [0, 0, 0] as [number, number, number] };
    expect(muscles.under(at, body.triangles)[0]).toMatchObject({ id: "infraspinatus", side: "right" });
  });
  test("a file that is cut short is refused", async () => {
    const list = { topology: "np-adult-1", muscles: [{ id: "a", title: "a", depth: "deep", offset: 0, count: 2 }] };
    expect(() => new Footprints(list, new ArrayBuffer(5), new Uint16Array(0))).toThrow(/holds 5 bytes/);
  });
});

describe("points", () => {
  test("stay on the same spot of the skin", async () => {
    const body = await coming;
    const point = pointAt(body, "trigger-point", { triangle: 900, weights: [0.2, 0.3, 0.5], point: [0.2, 1, 0] }, "a");
    expect(readPoints(JSON.parse(JSON.stringify([point])), body.count)).toEqual([point]);
    const [x] = placeOf(body, point);
    const corners = point.vertices.map((v) => body.positions[3 * v]!);
    expect(x).toBeGreaterThanOrEqual(Math.min(...corners));
    expect(x).toBeLessThanOrEqual(Math.max(...corners));
  });
  test.each([
    ["another kind", { kind: "spot" }, /points\[0\]\.kind/],
    ["a vertex that is none", { vertices: [0, 1, 99999] }, /vertices: three vertex numbers/],
    ["weights that do not add up", { weights: [1, 1, 0] }, /add up to 1/],
    ["no side", { side: "up" }, /side: is "up"/],
  ])("%s is refused", (_, fault, reason) => {
    const good = { kind: "needle-site", vertices: [0, 1, 2], weights: [1, 0, 0], side: "left", muscle: null, region: "eye" };
    expect(() => readPoints([{ ...good, ...fault }], 28749)).toThrow(reason);
  });
});

describe("layers", () => {
  test("a region without a side means both", async () => {
    const { regions } = await coming;
    expect(regionIds({ region: "Temple" }, regions)).toEqual([204, 205]);
    expect(regionIds({ region: "temple", side: "left" }, regions)).toEqual([204]);
  });
  test.each([
    ["an unknown type", [{ type: "rays" }], /layers\[0\]\.type/],
    ["an unknown region", [{ type: "clearance", regions: [{ region: "tail", level: "stop" }] }], /layers\[0\]\.regions\[0\]\.region: "tail"/],
    ["an unknown level", [{ type: "clearance", regions: [{ region: "temple", level: "maybe" }] }], /"maybe" is no level/],
    ["a probability above one", [{ type: "muscles", muscles: [{ muscle: "a", side: "left", probability: 40 }] }], /from 0 to 1/],
  ])("%s is refused", async (_, layers, reason) => {
    const { regions, count } = await coming;
    expect(() => readLayers(layers, regions, count)).toThrow(reason);
  });
});

test("another language says what it knows and leaves the rest in English", () => {
  addLanguage("de", { undo: "Rückgängig", tool: { paint: "Malen" }, intensity: { level: ["nichts"] } });
  const words = wordsIn("de-CH");
  expect([words.undo, words.tool.paint, words.tool.erase]).toEqual(["Rückgängig", "Malen", "Erase"]);
  expect(wordsIn("xx")).toBe(english);
});
