/** Softer edges for the eye: what is stored are whole numbers at the vertices; what is shown is a line and not the teeth of the mesh. */

import type { Body } from "./body.ts";

/** A painted vertex is never shown fainter than this, of 255. */
const LEAST = 132;

/** Half for being painted, half for how strong: 0 for nothing, from 141 to 255 for an intensity of 1 to 10. */
export function shade(intensity: number): number {
  return intensity ? 128 + 12.7 * intensity : 0;
}

/** What to show at a vertex: half its own, half its neighbours'. */
export function softened(body: Body, values: Uint8Array, v: number): number {
  const [from, to] = [body.firstOf[v]!, body.firstOf[v + 1]!];
  let around = 0;
  for (let n = from; n < to; n += 1) around += shade(values[body.neighbours[n]!]!);
  const own = shade(values[v]!);
  const mixed = 0.5 * own + (0.5 * around) / (to - from);
  return Math.round(own ? Math.max(mixed, LEAST) : mixed);
}
