/** The body chart of the session: a tap at a muscle puts a needle in, and each needle that is in is a pin. */

import type { ChartPoint } from "../core/points.ts";
import type { BodyChart } from "../element.ts";
import type { Needle } from "./fold.ts";

export interface Taps {
  /** The body was tapped where no needle is. */
  tapped(point: ChartPoint): void;
  /** The pin of a needle was taken away. */
  removed(needle: string): void;
  /** The pin of a needle was given to another muscle, of those that lie over each other. */
  moved(needle: string, point: ChartPoint): void;
  chosen(needle: string | null): void;
}

export class ChartTaps {
  private readonly chart: BodyChart;
  private pinned: { needle: string; key: string }[] = [];

  constructor(chart: BodyChart, taps: Taps) {
    this.chart = chart;
    chart.addEventListener("points-change", (event) => this.changed((event as CustomEvent<{ points: ChartPoint[] }>).detail.points, taps));
    chart.addEventListener("point-select", (event) => {
      const { point, index } = (event as CustomEvent<{ point: ChartPoint | null; index: number }>).detail;
      taps.chosen(point ? (this.pinned[index]?.needle ?? null) : null);
    });
  }

  /** Show these needles and nothing else. What is shown already stays, with what was chosen on it. */
  show(needles: Needle[]): void {
    const pins = needles.filter((one) => one.point && one.muscle);
    this.pinned = pins.map((one) => ({ needle: one.needle, key: keyOf({ ...one.point!, muscle: one.muscle }) }));
    if (!("points" in this.chart)) {
      void customElements.whenDefined("body-chart").then(() => this.show(needles));
      return;
    }
    const now = this.chart.points.map(keyOf);
    if (now.length === pins.length && now.every((key, n) => key === this.pinned[n]!.key)) return;
    this.chart.points = pins.map(({ point, muscle, side }) => ({
      kind: "needle-site", vertices: point!.vertices, weights: point!.weights, muscle, side: (side ?? "midline") as ChartPoint["side"], region: "",
    }));
  }

  private changed(points: ChartPoint[], taps: Taps): void {
    const { pinned } = this;
    if (points.length > pinned.length) return taps.tapped(points.at(-1)!);
    if (points.length < pinned.length) {
      const gone = pinned.find(({ key }, n) => !points[n] || keyOf(points[n]!) !== key);
      if (gone) taps.removed(gone.needle);
      return;
    }
    pinned.forEach(({ needle, key }, n) => {
      if (keyOf(points[n]!) !== key) taps.moved(needle, points[n]!);
    });
  }
}

function keyOf({ vertices, weights, muscle }: Pick<ChartPoint, "vertices" | "weights" | "muscle">): string {
  return JSON.stringify([vertices, weights, muscle]);
}
