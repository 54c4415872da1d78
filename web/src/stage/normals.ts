/** Vertex normals, each face weighted by its angle there and the root of its area: no seams where the mesh changes its density. */
export function normalsOf(v: Float32Array, t: Uint16Array): Float32Array {
  const out = new Float32Array(v.length);
  for (let n = 0; n < t.length; n += 3) {
    const corner = [t[n]! * 3, t[n + 1]! * 3, t[n + 2]! * 3] as const;
    const [a, b, c] = corner;
    const e = [
      [v[b]! - v[a]!, v[b + 1]! - v[a + 1]!, v[b + 2]! - v[a + 2]!],
      [v[c]! - v[b]!, v[c + 1]! - v[b + 1]!, v[c + 2]! - v[b + 2]!],
      [v[a]! - v[c]!, v[a + 1]! - v[c + 1]!, v[a + 2]! - v[c + 2]!],
    ] as [number, number, number][];
    const [p, q] = [e[0]!, e[1]!];
    const x = p[1] * q[2] - p[2] * q[1], y = p[2] * q[0] - p[0] * q[2], z = p[0] * q[1] - p[1] * q[0];
    const root = Math.sqrt(Math.max(Math.hypot(x, y, z), 1e-15));
    for (let k = 0; k < 3; k += 1) {
      const [u, w] = [e[k]!, e[(k + 2) % 3]!];
      const cosine = -(u[0] * w[0] + u[1] * w[1] + u[2] * w[2]) / Math.max(Math.hypot(...u) * Math.hypot(...w), 1e-15);
      const much = Math.acos(Math.min(1, Math.max(-1, cosine))) / root;
      const at = corner[k]!;
      out[at]! += x * much;
      out[at + 1]! += y * much;
      out[at + 2]! += z * much;
    }
  }
  for (let n = 0; n < out.length; n += 3) {
    const length = Math.max(Math.hypot(out[n]!, out[n + 1]!, out[n + 2]!), 1e-12);
    out[n]! /= length;
    out[n + 1]! /= length;
    out[n + 2]! /= length;
  }
  return out;
}
