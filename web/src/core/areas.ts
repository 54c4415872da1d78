/** How large is what was painted, and which regions does it cover? The server computes the same figures. */

import { strongest, type Painting } from "./painting.ts";

/** Triangles of this region are inside the mouth, nose or eye sockets: no skin. */
export const NO_SKIN = 255;

export interface Region {
  id: number;
  name: string;
  side: "left" | "right";
  area_cm2?: number;
}

export interface RegionPainted {
  id: number;
  /** 0 to 1 of the region. */
  share: number;
  area_cm2: number;
  /** Mean intensity (0–10) of what is painted of it. */
  intensity: number;
}

export interface Measured {
  area_cm2: number;
  /** Percent of all visible skin. */
  percent: number;
  skin_cm2: number;
  regions: RegionPainted[];
}

/** The skin of each triangle in cm²; 0 where no skin is. */
export function triangleAreas(vertices: Float32Array, triangles: Uint16Array, regionOf: Uint8Array): Float64Array {
  const areas = new Float64Array(regionOf.length);
  for (let t = 0; t < areas.length; t += 1) {
    if (regionOf[t] === NO_SKIN) continue;
    const [a, b, c] = [triangles[3 * t]! * 3, triangles[3 * t + 1]! * 3, triangles[3 * t + 2]! * 3];
    const ux = vertices[b]! - vertices[a]!, uy = vertices[b + 1]! - vertices[a + 1]!, uz = vertices[b + 2]! - vertices[a + 2]!;
    const vx = vertices[c]! - vertices[a]!, vy = vertices[c + 1]! - vertices[a + 1]!, vz = vertices[c + 2]! - vertices[a + 2]!;
    areas[t] = (Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2) * 1e4;
  }
  return areas;
}

/** The skin that belongs to each vertex in cm²: a third of every triangle that it is a corner of. */
export function vertexAreas(areas: Float64Array, triangles: Uint16Array, vertices: number): Float64Array {
  const out = new Float64Array(vertices);
  for (let n = 0; n < triangles.length; n += 1) out[triangles[n]!]! += areas[Math.floor(n / 3)]! / 3;
  return out;
}

/** Areas and shares of a painting on a body whose triangles have these areas. */
export function measure(painting: Painting, areas: Float64Array, triangles: Uint16Array, regionOf: Uint8Array, vertices: number): Measured {
  const top = strongest(painting, vertices);
  const whole = new Float64Array(256);
  const painted = new Float64Array(256);
  const weighed = new Float64Array(256);
  let skin = 0;
  let area = 0;
  for (let t = 0; t < areas.length; t += 1) {
    const here = areas[t]!;
    if (here === 0) continue;
    const region = regionOf[t]!;
    const [a, b, c] = [top[triangles[3 * t]!]!, top[triangles[3 * t + 1]!]!, top[triangles[3 * t + 2]!]!];
    const corners = (a > 0 ? 1 : 0) + (b > 0 ? 1 : 0) + (c > 0 ? 1 : 0);
    skin += here;
    whole[region]! += here;
    painted[region]! += (here / 3) * corners;
    weighed[region]! += (here / 3) * (a + b + c);
    area += (here / 3) * corners;
  }
  const regions: RegionPainted[] = [];
  for (let id = 0; id < NO_SKIN; id += 1) {
    if (painted[id]! === 0) continue;
    regions.push({
      id,
      share: painted[id]! / whole[id]!,
      area_cm2: painted[id]!,
      intensity: weighed[id]! / painted[id]!,
    });
  }
  return { area_cm2: area, percent: skin ? (100 * area) / skin : 0, skin_cm2: skin, regions };
}
