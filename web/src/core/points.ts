/** Trigger points and needle sites: a triangle and three weights, so that they move with every body by themselves. */

import type { Region } from "./areas.ts";
import type { Body } from "./body.ts";
import type { SkinPoint } from "./brush.ts";

export const POINT_KINDS = ["trigger-point", "needle-site"] as const;
export type PointKind = (typeof POINT_KINDS)[number];

export interface ChartPoint {
  kind: PointKind;
  vertices: [number, number, number];
  weights: [number, number, number];
  /** Id of the muscle that it lies in. */
  muscle: string | null;
  side: "left" | "right" | "midline";
  /** Name of the region, as in regions.json. */
  region: string;
}

export class PointError extends Error {
  override name = "PointError";
}

/** Nearer to the middle than this, in metres, a point has no side. */
const MIDDLE = 0.004;

export function pointAt(body: Body, kind: PointKind, at: SkinPoint, muscle: string | null): ChartPoint {
  const corner = (k: number): number => body.triangles[3 * at.triangle + k]!;
  const region: Region | undefined = body.regions[body.regionOfTriangle(at.triangle)];
  const x = at.point[0];
  return {
    kind,
    vertices: [corner(0), corner(1), corner(2)],
    weights: at.weights.map((one) => Math.round(one * 1e4) / 1e4) as [number, number, number],
    muscle,
    side: Math.abs(x) < MIDDLE ? "midline" : x > 0 ? "left" : "right",
    region: region?.name ?? "",
  };
}

/** Points in a JSON value. Throws PointError naming the place when one of them is none. */
export function readPoints(value: unknown, vertices: number): ChartPoint[] {
  if (!Array.isArray(value)) throw new PointError("points: a list is missing");
  return value.map((one: unknown, n) => {
    const point = one as Partial<ChartPoint> | null;
    const where = `points[${n}]`;
    if (typeof point !== "object" || point === null) throw new PointError(`${where}: a point is an object`);
    if (point.kind !== "trigger-point" && point.kind !== "needle-site") {
      throw new PointError(`${where}.kind: is ${JSON.stringify(point.kind)}, not trigger-point or needle-site`);
    }
    const three = (list: unknown): list is [number, number, number] =>
      Array.isArray(list) && list.length === 3 && list.every((x) => typeof x === "number" && Number.isFinite(x));
    if (!three(point.vertices) || point.vertices.some((v) => !Number.isInteger(v) || v < 0 || v >= vertices)) {
      throw new PointError(`${where}.vertices: three vertex numbers from 0 to ${vertices - 1} are wanted`);
    }
    if (!three(point.weights) || point.weights.some((w) => w < 0) || Math.abs(point.weights.reduce((a, b) => a + b) - 1) > 0.01) {
      throw new PointError(`${where}.weights: three numbers that add up to 1 are wanted`);
    }
    if (point.side !== "left" && point.side !== "right" && point.side !== "midline") {
      throw new PointError(`${where}.side: is ${JSON.stringify(point.side)}, not left, right or midline`);
    }
    const { kind, vertices: v, weights, side } = point;
    return { kind, vertices: v, weights, side, muscle: point.muscle ?? null, region: point.region ?? "" };
  });
}

/** Where a point lies on the body as it is now, in metres. */
export function placeOf(body: Body, point: Pick<ChartPoint, "vertices" | "weights">): [number, number, number] {
  const out: [number, number, number] = [0, 0, 0];
  point.vertices.forEach((v, k) => {
    for (let axis = 0; axis < 3; axis += 1) out[axis]! += point.weights[k]! * body.positions[3 * v + axis]!;
  });
  return out;
}
