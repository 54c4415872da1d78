/** The parametric adult: from parameters to vertices. One skin for every sex, age, stature and weight. */

/** Most from 0 to 1. `sex` 0 female, 1 male; `age` 0 is 25 years, 1 is 90; `fat` above 0 adds to the greatest weight. */
export interface Parameters {
  sex: number;
  age: number;
  muscle: number;
  weight: number;
  height: number;
  fat: number;
}

/** The part of body_model.json that is needed here. */
export interface Model {
  components: number;
  corner_scores: number[][];
  fat_scores: number[][];
}

export class Shape {
  readonly model: Model;
  readonly mean: Float32Array;
  readonly morphs: Float32Array[];
  readonly triangles: Uint16Array;

  constructor(model: Model, mean: Float32Array, morphs: Float32Array[], triangles: Uint16Array) {
    this.model = model;
    this.mean = mean;
    this.morphs = morphs;
    this.triangles = triangles;
  }

  /** How much of each component do these parameters take? */
  scores({ sex, age, muscle, weight, height, fat }: Parameters): number[] {
    const { corner_scores: corners, fat_scores: fatScores, components } = this.model;
    const out = new Array<number>(components).fill(0);
    let corner = 0;
    for (const s of two(sex)) for (const a of two(age)) for (const m of three(muscle)) for (const w of three(weight)) {
      for (const h of two(height)) {
        const row = corners[corner]!;
        const share = s * a * m * w * h;
        corner += 1;
        if (share === 0) continue;
        for (let k = 0; k < components; k += 1) out[k]! += share * row[k]!;
      }
    }
    for (let k = 0; k < components; k += 1) out[k]! += fat * ((1 - sex) * fatScores[0]![k]! + sex * fatScores[1]![k]!);
    return out;
  }

  /** Where every vertex lies, in metres: y up, z to the front, x to the patient's left. */
  vertices(parameters: Parameters): Float32Array {
    const out = new Float64Array(this.mean);
    this.scores(parameters).forEach((score, k) => {
      const by = this.morphs[k]!;
      for (let n = 0; n < out.length; n += 1) out[n]! += score * by[n]!;
    });
    return new Float32Array(out);
  }

  /** From the soles to the crown, in metres. */
  stature(parameters: Parameters): number {
    const scores = this.scores(parameters);
    let low = Infinity;
    let high = -Infinity;
    for (let n = 1; n < this.mean.length; n += 3) {
      let y = this.mean[n]!;
      for (let k = 0; k < scores.length; k += 1) y += scores[k]! * this.morphs[k]![n]!;
      if (y < low) low = y;
      if (y > high) high = y;
    }
    return high - low;
  }

  /** The volume that the skin encloses, in litres. */
  litres(v: Float32Array): number {
    const t = this.triangles;
    let six = 0;
    for (let n = 0; n < t.length; n += 3) {
      const [a, b, c] = [t[n]! * 3, t[n + 1]! * 3, t[n + 2]! * 3];
      const [bx, by, bz] = [v[b]!, v[b + 1]!, v[b + 2]!];
      const [cx, cy, cz] = [v[c]!, v[c + 1]!, v[c + 2]!];
      six += v[a]! * (by * cz - bz * cy) + v[a + 1]! * (bz * cx - bx * cz) + v[a + 2]! * (bx * cy - by * cx);
    }
    return (six / 6) * 1000;
  }
}

function two(value: number): [number, number] {
  return [1 - value, value];
}

function three(value: number): [number, number, number] {
  return [Math.max(0, 1 - 2 * value), 1 - Math.abs(2 * value - 1), Math.max(0, 2 * value - 1)];
}
