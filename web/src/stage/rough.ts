/** Far fewer triangles from the same vertices: all vertices of one small cube become the first of them. */

import type { Body } from "../core/body.ts";

/** Metres; where the mesh is finer than this it is thinned, on the face less. */
const CUBE = 0.016;
const FACE_CUBE = 0.008;
const FACE = /^(eye|nose|mouth|cheek|chin|forehead|ear|jaw|temporomandibular)/;

export function roughTriangles(body: Body): Uint16Array {
  const { positions, triangles } = body;
  const first = new Map<string, number>();
  const stands = new Uint16Array(body.count);
  const face = new Set(body.regions.filter((one) => FACE.test(one.name)).map((one) => one.id));
  for (let v = 0; v < body.count; v += 1) {
    const cube = face.has(body.regionOfVertex[v]!) ? FACE_CUBE : CUBE;
    const at = [0, 1, 2].map((axis) => Math.floor(positions[3 * v + axis]! / cube));
    const key = `${cube} ${at.join(" ")}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, v);
    stands[v] = known ?? v;
  }
  const out: number[] = [];
  for (let n = 0; n < triangles.length; n += 3) {
    const [a, b, c] = [stands[triangles[n]!]!, stands[triangles[n + 1]!]!, stands[triangles[n + 2]!]!];
    if (a !== b && b !== c && c !== a) out.push(a, b, c);
  }
  return new Uint16Array(out);
}
