/** A few triangles of the body by themselves: those that changed since the last frame. */

import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Mesh, Scene, type RawShaderMaterial } from "three";
import type { Body } from "../core/body.ts";

export class Patch {
  readonly scene = new Scene();
  readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>;
  private readonly triangles: Uint16Array;
  private readonly firstOf: Uint32Array;
  private readonly around: Uint16Array;
  private readonly taken: Uint8Array;
  private readonly index: BufferAttribute;

  constructor(body: Body, of: BufferGeometry, material: RawShaderMaterial) {
    this.triangles = body.triangles;
    this.taken = new Uint8Array(body.triangles.length / 3);
    [this.firstOf, this.around] = trianglesAround(body.triangles, body.count);
    this.index = new BufferAttribute(new Uint16Array(body.triangles.length), 1);
    this.index.setUsage(DynamicDrawUsage);
    this.mesh = new Mesh(new BufferGeometry(), material);
    this.mesh.geometry.setIndex(this.index);
    this.mesh.frustumCulled = false;
    this.scene.add(this.mesh);
    this.follow(of);
  }

  /** Use the vertices of another geometry; they are the same ones, not copies. */
  follow(of: BufferGeometry): void {
    for (const [name, attribute] of Object.entries(of.attributes)) this.mesh.geometry.setAttribute(name, attribute);
  }

  /** Take every triangle that touches one of these vertices; answers whether there are any. */
  take(vertices: Iterable<number>): boolean {
    const into = this.index.array as Uint16Array;
    const marked: number[] = [];
    let length = 0;
    for (const v of vertices) {
      for (let n = this.firstOf[v]!; n < this.firstOf[v + 1]!; n += 1) {
        const triangle = this.around[n]!;
        if (this.taken[triangle]) continue;
        this.taken[triangle] = 1;
        marked.push(triangle);
        for (let k = 0; k < 3; k += 1) into[length++] = this.triangles[3 * triangle + k]!;
      }
    }
    for (const triangle of marked) this.taken[triangle] = 0;
    if (!length) return false;
    this.index.clearUpdateRanges();
    this.index.addUpdateRange(0, length);
    this.index.needsUpdate = true;
    this.mesh.geometry.setDrawRange(0, length);
    return true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
  }
}

function trianglesAround(triangles: Uint16Array, count: number): [Uint32Array, Uint16Array] {
  const firstOf = new Uint32Array(count + 1);
  for (let n = 0; n < triangles.length; n += 1) firstOf[triangles[n]! + 1]! += 1;
  for (let v = 0; v < count; v += 1) firstOf[v + 1]! += firstOf[v]!;
  const at = firstOf.slice();
  const around = new Uint16Array(triangles.length);
  for (let n = 0; n < triangles.length; n += 1) around[at[triangles[n]!]!++] = Math.floor(n / 3);
  return [firstOf, around];
}
