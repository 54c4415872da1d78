import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode, PaintingError, readPainting, STRONGEST, TOPOLOGY, VERTICES, writePainting } from "../src/core/painting.ts";

/** Patches as people paint them: runs of one intensity with gaps between. */
const painted = (vertices: number) =>
  fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: STRONGEST })), { maxLength: 60 }).map((runs) => {
    const values = new Uint8Array(vertices);
    let at = 0;
    for (const [gap, length, value] of runs) {
      at += gap;
      values.fill(value, at, Math.min(vertices, at + length));
      at += length;
    }
    return values;
  });

describe("a painting is stored as text and comes back as it was", () => {
  test("whatever was painted", () => {
    fc.assert(fc.property(painted(2000), (values) => {
      const text = encode(values);
      expect(decode(text, 2000)).toEqual(values);
      expect(encode(decode(text, 2000))).toBe(text);
    }));
  });

  test("whatever stands at single vertices", () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 300, maxLength: 300, max: STRONGEST }), (values) => {
      expect(decode(encode(values), 300)).toEqual(values);
    }));
  });

  test("nothing painted is the empty text", () => expect(encode(new Uint8Array(VERTICES))).toBe(""));

  test("the last vertex of the body can be painted", () => {
    const values = new Uint8Array(VERTICES);
    values[VERTICES - 1] = 7;
    expect(decode(encode(values))[VERTICES - 1]).toBe(7);
  });

  test("one run is three small numbers", () => {
    const values = new Uint8Array(VERTICES).fill(5, 300, 310);
    expect(encode(values)).toBe(Buffer.from([0xac, 0x02, 10, 5]).toString("base64url"));
  });
});

describe("what is no painting is refused with a reason", () => {
  const text = (...bytes: number[]): string => Buffer.from(bytes).toString("base64url");
  test.each([
    ["letters that are none", "a+b/", /not base64url/],
    ["padding", "AAEF====", /not base64url/],
    ["a single letter left over", "AAEFA", /not base64url/],
    ["a number cut short", text(0x80), /break off within a number/],
    ["a run cut short", text(0, 1), /break off within a run/],
    ["an intensity of eleven", text(0, 1, 11), /11 is outside 1 to 10/],
    ["an intensity of nought", text(0, 1, 0), /0 is outside 1 to 10/],
    ["a run of nothing", text(0, 0, 5), /run of no vertices/],
    ["a run beyond the last vertex", text(95, 6, 5), /ends at vertex 101, but the body has 100/],
    ["a number that is too large", text(0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 5), /too large/],
    ["two runs that should be one", text(0, 1, 5, 0, 1, 5), /one shortest form/],
    ["a number written too long", text(0x80, 0x00, 1, 5), /one shortest form/],
    ["stray bits at the end", "AAEG_B", /one shortest form|break off/],
  ])("%s", (_, values, reason) => expect(() => decode(values, 100)).toThrow(reason));

  test("random text never makes anything but a painting or a PaintingError", () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (values) => {
      try {
        expect(encode(decode(values, 500))).toBe(values);
      } catch (error) {
        expect(error).toBeInstanceOf(PaintingError);
      }
    }));
  });

  test.each([
    ["a list", [], /an object with/],
    ["another body", { needlepoint: 1, topology: "other", layers: [] }, /"other" is another body/],
    ["no layers", { needlepoint: 1, topology: TOPOLOGY }, /layers: a list of layers is missing/],
    ["a layer without quality", { topology: TOPOLOGY, layers: [{ values: "" }] }, /layers\[0\]\.quality/],
    ["a layer without values", { topology: TOPOLOGY, layers: [{ quality: "aching" }] }, /layers\[0\]\.values: text is missing/],
    ["two layers of one quality", { topology: TOPOLOGY, layers: [{ quality: "aching", values: "" }, { quality: "aching", values: "" }] }, /two layers/],
    ["faulty values", { topology: TOPOLOGY, layers: [{ quality: "aching", values: "AAAF" }] }, /layers\[0\]\.values: a run of no/],
  ])("%s", (_, document, reason) => expect(() => readPainting(document)).toThrow(reason));
});

test("a document comes back the same, without the layers on which nothing is painted", () => {
  const document = { needlepoint: 1 as const, topology: TOPOLOGY, layers: [{ quality: "aching", values: encode(new Uint8Array(VERTICES).fill(3, 5, 9)) }] };
  const painting = readPainting(document);
  painting.set("burning", new Uint8Array(VERTICES));
  expect(writePainting(painting)).toEqual(document);
});
