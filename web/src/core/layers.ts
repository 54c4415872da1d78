/** What `show` can lay upon the body, as JSON, and how it becomes values at the vertices. */

import type { Level } from "../appearance.ts";
import { NO_SKIN, type Region } from "./areas.ts";
import type { Body } from "./body.ts";
import type { Side } from "./footprints.ts";
import { readPainting, type Painting, type PaintingDocument } from "./painting.ts";
import { readPoints, type ChartPoint } from "./points.ts";

/** A region by its name in regions.json, or its id; no side means both. */
export interface RegionRef {
  region: string | number;
  side?: Side | "both" | null;
}

export type Layer =
  | { type: "painting"; title?: string; painting: PaintingDocument }
  | { type: "timeline"; title?: string; compare?: boolean; paintings: { label: string; painting: PaintingDocument }[] }
  | { type: "clearance"; title?: string; regions: (RegionRef & { level: Level; why?: string })[] }
  | { type: "hazards"; title?: string; regions: (RegionRef & { title: string })[] }
  | { type: "muscles"; title?: string; muscles: { muscle: string; side: Side; probability: number }[] }
  | { type: "zones"; title?: string; regions: (RegionRef & { weight: "main" | "spill" })[] }
  | { type: "points"; title?: string; points: ChartPoint[] };

export class LayerError extends Error {
  override name = "LayerError";
}

/** A layer that was read: regions are ids, paintings are values. */
export type ReadLayer =
  | { type: "painting"; title?: string; painting: Painting }
  | { type: "timeline"; title?: string; compare: boolean; paintings: { label: string; painting: Painting }[] }
  | { type: "clearance"; title?: string; regions: { id: number; level: Level; why?: string }[] }
  | { type: "hazards"; title?: string; regions: { id: number; title: string }[] }
  | { type: "muscles"; title?: string; muscles: { muscle: string; side: Side; probability: number }[] }
  | { type: "zones"; title?: string; regions: { id: number; weight: "main" | "spill" }[] }
  | { type: "points"; title?: string; points: ChartPoint[] };

const TYPES = ["painting", "timeline", "clearance", "hazards", "muscles", "zones", "points"];

/** The layers in a JSON value. Throws LayerError naming the place of the first fault. */
export function readLayers(value: unknown, regions: Region[], vertices: number): ReadLayer[] {
  if (!Array.isArray(value)) throw new LayerError("layers: a list is missing");
  return value.map((one: unknown, n) => {
    const where = `layers[${n}]`;
    const layer = one as Layer;
    if (typeof layer !== "object" || layer === null || !TYPES.includes(layer.type)) {
      throw new LayerError(`${where}.type: is none of ${TYPES.join(", ")}`);
    }
    try {
      return readLayer(layer, regions, vertices);
    } catch (error) {
      throw new LayerError(`${where}.${(error as Error).message}`);
    }
  });
}

function readLayer(layer: Layer, regions: Region[], vertices: number): ReadLayer {
  const { title } = layer;
  switch (layer.type) {
    case "painting":
      return { type: "painting", title, painting: readPainting(layer.painting, vertices) };
    case "timeline": {
      if (!Array.isArray(layer.paintings) || !layer.paintings.length) throw new LayerError("paintings: a list is missing");
      const paintings = layer.paintings.map(({ label, painting }) => ({ label: String(label), painting: readPainting(painting, vertices) }));
      return { type: "timeline", title, compare: layer.compare ?? false, paintings };
    }
    case "clearance":
      return {
        type: "clearance", title,
        regions: each(layer.regions, regions, ({ level, why }, n) => {
          if (!["clear", "adapt", "weigh", "stop"].includes(level)) throw new LayerError(`regions[${n}].level: "${level}" is no level`);
          return { level, why };
        }),
      };
    case "hazards":
      return { type: "hazards", title, regions: each(layer.regions, regions, (one) => ({ title: String(one.title ?? "") })) };
    case "zones":
      return {
        type: "zones", title,
        regions: each(layer.regions, regions, ({ weight }) => ({ weight: weight === "spill" ? ("spill" as const) : ("main" as const) })),
      };
    case "muscles":
      if (!Array.isArray(layer.muscles)) throw new LayerError("muscles: a list is missing");
      layer.muscles.forEach(({ side, probability }, n) => {
        if (side !== "left" && side !== "right") throw new LayerError(`muscles[${n}].side: is neither left nor right`);
        if (typeof probability !== "number" || !(probability >= 0 && probability <= 1)) {
          throw new LayerError(`muscles[${n}].probability: is not a number from 0 to 1`);
        }
      });
      return { type: "muscles", title, muscles: layer.muscles };
    case "points":
      return { type: "points", title, points: readPoints(layer.points, vertices) };
  }
}

function each<T extends RegionRef, R extends object>(
  refs: T[], regions: Region[], rest: (one: T, n: number) => R,
): (R & { id: number })[] {
  if (!Array.isArray(refs)) throw new LayerError("regions: a list is missing");
  return refs.flatMap((one, n) => {
    const ids = regionIds(one, regions);
    if (!ids.length) throw new LayerError(`regions[${n}].region: ${JSON.stringify(one.region)} is no region of this body`);
    return ids.map((id) => ({ ...rest(one, n), id }));
  });
}

/** Which region ids does a reference mean? */
export function regionIds(ref: RegionRef, regions: Region[]): number[] {
  if (typeof ref.region === "number") return regions[ref.region] ? [ref.region] : [];
  const wanted = ref.region.trim().toLowerCase();
  const sides = ref.side === "left" || ref.side === "right" ? [ref.side] : ["left", "right"];
  return regions.filter((one) => one.name.toLowerCase() === wanted && sides.includes(one.side)).map((one) => one.id);
}

/** How much of the skin around each vertex lies in these regions, 0–255; its half is a smooth border. */
export function coverOf(body: Body, ids: ReadonlySet<number>, tell: (vertex: number, cover: number) => void): void {
  const inside = new Float64Array(body.count);
  const whole = new Float64Array(body.count);
  for (let t = 0; t < body.regionOf.length; t += 1) {
    const region = body.regionOf[t]!;
    if (region === NO_SKIN) continue;
    const area = body.areas[t]!;
    const belongs = ids.has(region);
    for (let k = 0; k < 3; k += 1) {
      const v = body.triangles[3 * t + k]!;
      whole[v]! += area;
      if (belongs) inside[v]! += area;
    }
  }
  for (let v = 0; v < body.count; v += 1) if (inside[v]! > 0) tell(v, Math.round((255 * inside[v]!) / whole[v]!));
}
