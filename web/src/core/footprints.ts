/** Where muscles lie under the skin: weights at vertices of the left side, and by the mirror map of the right. */

import type { SkinPoint } from "./brush.ts";

export type Side = "left" | "right";

export interface Muscle {
  id: string;
  title: string;
  /** How deep it lies, such as `superficial` or `deep`. */
  depth: string;
}

interface Listed extends Muscle {
  /** Where its records begin in footprints.bin, in bytes. */
  offset: number;
  /** How many records of three bytes: vertex (16 bits, little-endian) and weight (8 bits). */
  count: number;
}

export interface FootprintList {
  topology: string;
  muscles: Listed[];
}

/** A muscle is drawn where its interpolated weight is above this, of 255. */
export const DRAWN = 0.45 * 255;
const RECORD = 3;

export class FootprintError extends Error {
  override name = "FootprintError";
}

/** A muscle on one side. */
export interface MuscleHere extends Muscle {
  side: Side;
  /** Interpolated weight, 0–255. */
  weight: number;
}

export class Footprints {
  readonly muscles: Muscle[];
  private readonly fields = new Map<string, Map<number, number>>();
  private readonly mirror: Uint16Array;

  constructor(list: FootprintList, records: ArrayBuffer, mirror: Uint16Array) {
    this.mirror = mirror;
    this.muscles = list.muscles.map(({ id, title, depth }) => ({ id, title, depth }));
    const view = new DataView(records);
    const total = list.muscles.reduce((sum, one) => sum + one.count, 0);
    if (total * RECORD !== records.byteLength) {
      throw new FootprintError(`footprints.bin holds ${records.byteLength} bytes, footprints.json tells of ${total * RECORD}`);
    }
    for (const { id, offset, count } of list.muscles) {
      const field = new Map<number, number>();
      for (let n = 0; n < count; n += 1) {
        const at = offset + n * RECORD;
        field.set(view.getUint16(at, true), view.getUint8(at + 2));
      }
      this.fields.set(id, field);
    }
  }

  muscle(id: string): Muscle | undefined {
    return this.muscles.find((one) => one.id === id);
  }

  /** Calls back for every vertex of a muscle with its weight (0–255). */
  each(id: string, side: Side, tell: (vertex: number, weight: number) => void): void {
    for (const [vertex, weight] of this.fields.get(id) ?? []) tell(side === "left" ? vertex : this.mirror[vertex]!, weight);
  }

  /** The muscles under a place, those near the surface first and then the smaller ones. */
  under(at: SkinPoint, triangles: Uint16Array): MuscleHere[] {
    const corners = [0, 1, 2].map((k) => triangles[3 * at.triangle + k]!);
    const found: MuscleHere[] = [];
    for (const muscle of this.muscles) {
      const field = this.fields.get(muscle.id)!;
      for (const side of ["left", "right"] as const) {
        let weight = 0;
        corners.forEach((v, k) => {
          weight += at.weights[k]! * (field.get(side === "left" ? v : this.mirror[v]!) ?? 0);
        });
        if (weight > DRAWN) found.push({ ...muscle, side, weight });
      }
    }
    const size = (one: MuscleHere): number => this.fields.get(one.id)!.size;
    return found.sort((a, b) => depthRank(a.depth) - depthRank(b.depth) || size(a) - size(b));
  }
}

function depthRank(depth: string): number {
  const word = depth.toLowerCase();
  if (word.startsWith("superficial") || word === "1") return 0;
  return word.startsWith("deep") || word === "3" ? 2 : 1;
}
