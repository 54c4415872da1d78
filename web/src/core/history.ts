/** What was changed, step by step, so that it can be taken back. */

import { VERTICES, type Painting } from "./painting.ts";

interface Change {
  vertex: number;
  before: number;
  after: number;
}
/** One step: for every layer what changed at which vertex. */
type Step = Map<string, Map<number, Change>>;

export class Canvas {
  readonly painting: Painting;
  private open: Step | null = null;
  private done: Step[] = [];
  private undone: Step[] = [];
  private readonly vertices: number;

  constructor(painting: Painting = new Map(), vertices: number = VERTICES) {
    this.painting = painting;
    this.vertices = vertices;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  get isEmpty(): boolean {
    for (const values of this.painting.values()) if (values.some((one) => one > 0)) return false;
    return true;
  }

  /** Begin a step: everything up to `finish` is taken back together. */
  begin(): void {
    this.open ??= new Map();
  }

  /** Paint one vertex; answers whether anything changed. */
  put(quality: string, vertex: number, intensity: number): boolean {
    let values = this.painting.get(quality);
    if (!values) {
      if (intensity === 0) return false;
      values = new Uint8Array(this.vertices);
      this.painting.set(quality, values);
    }
    const before = values[vertex]!;
    if (before === intensity) return false;
    values[vertex] = intensity;
    if (this.open) {
      let layer = this.open.get(quality);
      if (!layer) this.open.set(quality, (layer = new Map()));
      const known = layer.get(vertex);
      if (known) known.after = intensity;
      else layer.set(vertex, { vertex, before, after: intensity });
    }
    return true;
  }

  /** End the step; answers the vertices that it changed, or none when nothing did. */
  finish(): number[] {
    const step = this.open;
    this.open = null;
    if (!step) return [];
    const changed = new Set<number>();
    for (const layer of step.values()) {
      for (const one of layer.values()) if (one.before !== one.after) changed.add(one.vertex);
    }
    if (changed.size) {
      this.done.push(step);
      this.undone = [];
    }
    return [...changed];
  }

  /** Give up the open step, as if it had never begun. */
  cancel(): void {
    if (this.open) this.apply(this.open, "before");
    this.open = null;
  }

  undo(): boolean {
    const step = this.done.pop();
    if (!step) return false;
    this.apply(step, "before");
    this.undone.push(step);
    return true;
  }

  redo(): boolean {
    const step = this.undone.pop();
    if (!step) return false;
    this.apply(step, "after");
    this.done.push(step);
    return true;
  }

  private apply(step: Step, which: "before" | "after"): void {
    for (const [quality, layer] of step) {
      const values = this.painting.get(quality);
      if (values) for (const one of layer.values()) values[one.vertex] = one[which];
    }
  }
}
