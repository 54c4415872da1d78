import { describe, expect, test } from "vitest";
import { measure, NO_SKIN, triangleAreas, vertexAreas } from "../src/core/areas.ts";
import { touched } from "../src/core/brush.ts";
import { encode, readPainting, TOPOLOGY } from "../src/core/painting.ts";
import { normalsOf } from "../src/stage/normals.ts";
import { body as coming } from "./body-files.ts";

describe("a square metre of two triangles and one that is no skin", () => {
  const vertices = new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);
  const triangles = new Uint16Array([0, 1, 2, 0, 2, 3, 1, 3, 0]);
  const regionOf = new Uint8Array([7, 8, NO_SKIN]);
  const areas = triangleAreas(vertices, triangles, regionOf);

  test("is ten thousand square centimetres", () => expect([...areas]).toEqual([5000, 5000, 0]));

  test("is shared among its corners by thirds", () => {
    expect([...vertexAreas(areas, triangles, 4)].map(Math.round)).toEqual([3333, 1667, 3333, 1667]);
  });

  test("is painted where its corners are", () => {
    const found = measure(new Map([["aching", new Uint8Array([4, 0, 8, 0])]]), areas, triangles, regionOf, 4);
    expect(found.area_cm2).toBeCloseTo(6666.67, 1);
    expect(found.percent).toBeCloseTo(66.667, 2);
    expect(found.regions.map((one) => [one.id, +one.share.toFixed(4), one.intensity])).toEqual([[7, 0.6667, 6], [8, 0.6667, 6]]);
  });

  test("counts the strongest of several layers once", () => {
    const layers = new Map([["aching", new Uint8Array([4, 0, 0, 0])], ["burning", new Uint8Array([9, 0, 0, 0])]]);
    const found = measure(layers, areas, triangles, regionOf, 4);
    expect(found.regions[0]!.intensity).toBe(9);
    expect(found.area_cm2).toBeCloseTo(3333.33, 1);
  });
});

describe("on the neutral body", () => {
  test("the skin of the regions is what regions.json says", async () => {
    const body = await coming;
    const all = measure(new Map([["aching", new Uint8Array(body.count).fill(5)]]), body.areas, body.triangles, body.regionOf, body.count);
    expect(all.percent).toBeCloseTo(100, 6);
    expect(all.area_cm2).toBeCloseTo(all.skin_cm2, 4);
    const region = all.regions.find((one) => one.id === 204)!;
    expect(region.share).toBeCloseTo(1, 6);
    // regions.json was measured on its average body, half a percent of stature away.
    expect(Math.abs(region.area_cm2 / body.regions[204]!.area_cm2! - 1)).toBeLessThan(0.05);
  });

  test("painting one region paints most of it and little beside it", async () => {
    const body = await coming;
    const values = new Uint8Array(body.count);
    for (const v of body.verticesOf(204)) values[v] = 6;
    const document = { needlepoint: 1, topology: TOPOLOGY, layers: [{ quality: "aching", values: encode(values) }] };
    const found = measure(readPainting(document), body.areas, body.triangles, body.regionOf, body.count);
    const own = found.regions.find((one) => one.id === 204)!;
    expect(own.share).toBeGreaterThan(0.85);
    expect(own.area_cm2 / found.area_cm2).toBeGreaterThan(0.85);
    expect(own.intensity).toBeCloseTo(6, 9);
  });

  test("a brush on the left hand does not paint the thigh beside it", async () => {
    const body = await coming;
    const normals = normalsOf(body.positions, body.triangles);
    const palm = body.regionOf.indexOf(162);
    const corner = body.triangles[3 * palm]! * 3;
    const point = [...body.positions.slice(corner, corner + 3)] as [number, number, number];
    const inside = touched(body, normals, { triangle: palm, weights: [1, 0, 0], point }, 0.4);
    const names = new Set(inside.map((v) => body.regions[body.regionOfVertex[v]!]?.name));
    expect([...names].filter((name) => name?.includes("thigh"))).toEqual([]);
    expect(inside.length).toBeGreaterThan(20);
  });

  test("the finest brush still paints the nearest vertex", async () => {
    const body = await coming;
    const normals = normalsOf(body.positions, body.triangles);
    const corner = body.triangles[0]! * 3;
    const point = [...body.positions.slice(corner, corner + 3)] as [number, number, number];
    expect(touched(body, normals, { triangle: 0, weights: [1, 0, 0], point }, 1e-6)).toEqual([body.triangles[0]]);
  });
});
