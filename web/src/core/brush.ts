/** Which vertices does a brush touch? Those that can be reached over the skin, so that an arm does not paint the trunk beside it. */

import type { Body } from "./body.ts";

/** A place on the skin: one triangle, three weights, and the point itself in metres. */
export interface SkinPoint {
  triangle: number;
  weights: [number, number, number];
  point: [number, number, number];
}

/** Skin that faces away from the brush by more than this (cosine) is the other side of a finger or an ear. */
const FACING = -0.25;

/** The vertices within `radius` metres of a place, by way of the skin; always at least the nearest one. */
export function touched(body: Body, normals: Float32Array, at: SkinPoint, radius: number): number[] {
  const { positions, firstOf, neighbours, triangles } = body;
  const [x, y, z] = at.point;
  const corners = [0, 1, 2].map((k) => triangles[3 * at.triangle + k]!);
  const away = (v: number): number => Math.hypot(positions[3 * v]! - x, positions[3 * v + 1]! - y, positions[3 * v + 2]! - z);
  let [nx, ny, nz] = [0, 0, 0];
  corners.forEach((v, k) => {
    nx += normals[3 * v]! * at.weights[k]!;
    ny += normals[3 * v + 1]! * at.weights[k]!;
    nz += normals[3 * v + 2]! * at.weights[k]!;
  });
  const nearest = corners.reduce((best, v) => (away(v) < away(best) ? v : best));
  const seen = new Set(corners);
  const inside: number[] = [];
  const waiting = [...corners];
  while (waiting.length) {
    const v = waiting.pop()!;
    if (away(v) > radius && !corners.includes(v)) continue;
    if (nx * normals[3 * v]! + ny * normals[3 * v + 1]! + nz * normals[3 * v + 2]! < FACING) continue;
    if (away(v) <= radius || v === nearest) inside.push(v);
    for (let n = firstOf[v]!; n < firstOf[v + 1]!; n += 1) {
      const next = neighbours[n]!;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return inside;
}
