/** Everything about the one body: its files read once, its neighbours and its regions ready to ask. */

import { NO_SKIN, triangleAreas, vertexAreas, type Region } from "./areas.ts";
import { decodeGlb } from "./glb.ts";
import { parametersOf, type Calibration, type Person } from "./person.ts";
import { Shape, type Model, type Parameters } from "./shape.ts";

/** Fetches one of the body's files by its name. */
export type Fetcher = (name: string) => Promise<ArrayBuffer>;

export class Body {
  readonly shape: Shape;
  readonly calibration: Calibration;
  readonly triangles: Uint16Array;
  readonly regions: Region[];
  /** Region of each triangle; NO_SKIN where there is none. */
  readonly regionOf: Uint8Array;
  /** Region that a vertex belongs to most. */
  readonly regionOfVertex: Uint8Array;
  readonly light: Uint8Array;
  readonly count: number;
  /** Neighbours of vertex v are `neighbours[firstOf[v]]` up to `firstOf[v + 1]`. */
  readonly firstOf: Uint32Array;
  readonly neighbours: Uint16Array;
  positions: Float32Array;
  areas: Float64Array;
  vertexAreas: Float64Array;

  constructor(files: { shape: Shape; light: Uint8Array; regions: Region[]; regionOf: Uint8Array; calibration: Calibration }) {
    this.shape = files.shape;
    this.calibration = files.calibration;
    this.triangles = files.shape.triangles;
    this.light = files.light;
    this.regions = files.regions;
    this.regionOf = files.regionOf;
    this.count = this.shape.mean.length / 3;
    [this.firstOf, this.neighbours] = neighboursOf(this.triangles, this.count);
    this.positions = this.shape.mean;
    this.areas = this.vertexAreas = new Float64Array(0);
    this.become(null);
    this.regionOfVertex = mostlyOf(this);
  }

  /** Take the shape of this person; nobody is the neutral body. */
  become(person: Person | null): void {
    this.take(parametersOf(person, this.shape, this.calibration));
  }

  /** Take the shape of these parameters. */
  take(parameters: Parameters): void {
    this.positions = this.shape.vertices(parameters);
    this.areas = triangleAreas(this.positions, this.triangles, this.regionOf);
    this.vertexAreas = vertexAreas(this.areas, this.triangles, this.count);
  }

  region(id: number): Region | undefined {
    return this.regions[id];
  }

  /** The vertices that belong to a region. */
  verticesOf(region: number): number[] {
    const out: number[] = [];
    for (let v = 0; v < this.count; v += 1) if (this.regionOfVertex[v] === region) out.push(v);
    return out;
  }

  /** Which of three corners counts most? */
  regionOfTriangle(triangle: number): number {
    return this.regionOf[triangle] ?? NO_SKIN;
  }
}

/** Reads the body. `mirror.bin` and the footprints come later, and only when somebody needs them. */
export async function loadBody(fetcher: Fetcher): Promise<Body> {
  const [glb, model, calibration, regions, regionOf] = await Promise.all(
    ["body.glb", "body_model.json", "calibration.json", "regions.json", "regions.bin"].map(fetcher),
  );
  const decoded = decodeGlb(glb!);
  const parsed = json<Model>(model!);
  const morphs = decoded.morphs.slice(0, parsed.components).map((one) => one.by);
  return new Body({
    shape: new Shape(parsed, decoded.mean, morphs, decoded.triangles),
    light: decoded.light,
    regions: json<{ regions: Region[] }>(regions!).regions,
    regionOf: new Uint8Array(regionOf!),
    calibration: json<Calibration>(calibration!),
  });
}

/** The same vertex on the other side, for every vertex. */
export async function loadMirror(fetcher: Fetcher): Promise<Uint16Array> {
  return new Uint16Array(await fetcher("mirror.bin"));
}

export function json<T>(bytes: ArrayBuffer): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}

function neighboursOf(triangles: Uint16Array, count: number): [Uint32Array, Uint16Array] {
  const firstOf = new Uint32Array(count + 1);
  for (let n = 0; n < triangles.length; n += 1) firstOf[triangles[n]! + 1]! += 2;
  for (let v = 0; v < count; v += 1) firstOf[v + 1]! += firstOf[v]!;
  const at = firstOf.slice();
  const neighbours = new Uint16Array(firstOf[count]!);
  for (let n = 0; n < triangles.length; n += 3) {
    const [a, b, c] = [triangles[n]!, triangles[n + 1]!, triangles[n + 2]!];
    neighbours[at[a]!++] = b;
    neighbours[at[a]!++] = c;
    neighbours[at[b]!++] = c;
    neighbours[at[b]!++] = a;
    neighbours[at[c]!++] = a;
    neighbours[at[c]!++] = b;
  }
  return [firstOf, neighbours];
}

function mostlyOf(body: Body): Uint8Array {
  const out = new Uint8Array(body.count).fill(NO_SKIN);
  const best = new Float64Array(body.count);
  const sums = new Map<number, number>();
  for (let t = 0; t < body.regionOf.length; t += 1) {
    const region = body.regionOf[t]!;
    if (region === NO_SKIN) continue;
    for (let k = 0; k < 3; k += 1) {
      const v = body.triangles[3 * t + k]!;
      const key = v * 256 + region;
      const sum = (sums.get(key) ?? 0) + body.areas[t]!;
      sums.set(key, sum);
      if (sum > best[v]!) {
        best[v] = sum;
        out[v] = region;
      }
    }
  }
  return out;
}
