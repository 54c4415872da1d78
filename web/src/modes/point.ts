/** Point: trigger points and needle sites, with the muscle named as the pointer moves. */

import type { SkinPoint } from "../core/brush.ts";
import { DRAWN, type Footprints, type MuscleHere, type Side } from "../core/footprints.ts";
import { pointAt, readPoints, type ChartPoint, type PointKind } from "../core/points.ts";
import { VERTICES } from "../core/painting.ts";
import { ICONS } from "../ui/icons.ts";
import { Choice, iconButton, make } from "../ui/make.ts";
import { say } from "../words.ts";
import { regionGroups } from "./groups.ts";
import type { Chart, ListButton, ListGroup, Mode, Pin, RegionLook } from "./mode.ts";

/** Keys of the list that are muscles begin with this; the others are regions. */
const MUSCLE = "muscle:";

export class PointMode implements Mode {
  readonly paints = false;
  readonly dock: HTMLElement;
  kind: PointKind;
  private readonly chart: Chart;
  private readonly kinds: Choice<PointKind | "turn">;
  private readonly items: HTMLElement;
  private list: ChartPoint[] = [];
  private chosen = -1;
  private turning = false;
  private aim: SkinPoint | null = null;
  private prints: Footprints | null = null;
  private lit = "";
  /** Muscles under each placed point, for choosing between those that lie over each other. */
  private readonly under = new WeakMap<ChartPoint, MuscleHere[]>();

  constructor(chart: Chart) {
    this.chart = chart;
    const { words } = chart;
    this.kind = chart.kinds[0]!;
    this.kinds = new Choice(
      words.kind.label, "tools many",
      [
        ...chart.kinds.map((value) => ({ value, text: words.kind[value], html: value === "needle-site" ? ICONS.needle : ICONS.trigger })),
        { value: "turn", text: words.tool.turn, html: ICONS.turn },
      ],
      (value) => {
        this.turning = value === "turn";
        if (value !== "turn") this.kind = value;
        this.refresh();
        chart.listChanged();
      },
    );
    this.items = make("div", { class: "items" });
    this.dock = make("div", { class: "dock" }, make("div", { class: "row" }, this.kinds.element), this.items);
    this.refresh();
  }

  get turns(): boolean {
    return this.turning;
  }

  get points(): ChartPoint[] {
    return this.list.map((one) => ({ ...one }));
  }

  set points(value: unknown) {
    this.list = readPoints(value ?? [], this.chart.body?.count ?? VERTICES);
    this.chosen = -1;
    this.refresh();
    this.chart.pinsChanged();
  }

  bodyReady(): void {
    const { body, channels } = this.chart;
    if (!body || !channels) return;
    channels.c.fill(0);
    void this.chart.footprints().then((prints) => {
      this.prints = prints;
      this.light(null);
      this.chart.listChanged();
    });
    this.refresh();
  }

  begin(at: SkinPoint): boolean {
    if (this.turning) return false;
    this.aim = at;
    this.name(at);
    return true;
  }

  stroke(points: { x: number; y: number }[]): void {
    const last = points.at(-1);
    const hit = last && this.chart.scene?.pick(last.x, last.y);
    if (!hit) return;
    this.aim = hit;
    this.name(hit);
  }

  end(givenUp: boolean): void {
    const { aim } = this;
    this.aim = null;
    if (aim && !givenUp) this.place(aim);
    this.light(null);
  }

  hover(at: SkinPoint | null): void {
    const { scene } = this.chart;
    if (this.aim) return;
    scene?.showBrush(this.turning ? null : at, Math.max(0.004, 7 * (scene?.metresPerPixel() ?? 0)));
    if (at) this.name(at);
    else this.light(null);
  }

  /** Say which muscle is here and light it up. */
  private name(at: SkinPoint): void {
    const { body, words, places } = this.chart;
    if (!body || !this.prints) return;
    const here = this.prints.under(at, body.triangles);
    const first = here[0];
    const key = here.map((one) => one.id + one.side).join();
    if (key === this.lit) return;
    this.light(first ?? null, key);
    const said = here.map((one) => this.muscleWords(one)).join(" · ");
    this.chart.say(first ? said : words.point.nothingHere);
    this.chart.emit("muscle-hover", first ? { id: first.id, side: first.side, title: say(words.side[first.side], { name: places.muscle(first.id, first.title) }) } : null);
  }

  private muscleWords(muscle: MuscleHere): string {
    const { words, places } = this.chart;
    const name = say(words.side[muscle.side], { name: places.muscle(muscle.id, muscle.title) });
    return muscle.depth.startsWith("deep") ? `${name} (${words.point.deep})` : name;
  }

  private light(muscle: { id: string; side: Side } | null, key = ""): void {
    const { channels, stage } = this.chart;
    if (!channels || (this.lit === key && !key)) return;
    this.lit = key;
    for (let n = 2; n < channels.c.length; n += 4) channels.c[n] = 0;
    if (muscle) this.prints?.each(muscle.id, muscle.side, (v, weight) => (channels.c[4 * v + 2] = weight));
    stage?.refresh(["c"]);
  }

  /** Put a point here; in the muscle nearest to the surface, which can be changed afterwards. */
  private place(at: SkinPoint): void {
    const { body } = this.chart;
    if (!body) return;
    const here = this.prints?.under(at, body.triangles) ?? [];
    this.add(pointAt(body, this.kind, at, here[0]?.id ?? null), here);
  }

  private add(point: ChartPoint, here: MuscleHere[]): void {
    this.under.set(point, here);
    this.list.push(point);
    this.chosen = this.list.length - 1;
    this.changed(this.placedWords(point));
  }

  private placedWords(point: ChartPoint): string {
    const { words } = this.chart;
    return say(words.point.placed, { kind: words.kind[point.kind], place: point.muscle ? this.title(point) : this.where(point) });
  }

  private title(point: ChartPoint): string {
    const { places, words } = this.chart;
    if (!point.muscle) return words.point.noMuscle;
    return say(words.side[point.side], { name: places.muscle(point.muscle, this.prints?.muscle(point.muscle)?.title) });
  }

  private where(point: ChartPoint): string {
    const { body, places, words } = this.chart;
    const region = body?.regions.find((one) => one.name === point.region && (point.side === "midline" || one.side === point.side));
    if (!region) return point.region;
    return point.side === "midline" ? places.title(region) : say(words.side[point.side], { name: places.title(region) });
  }

  private changed(said: string): void {
    this.chart.say(said);
    this.refresh();
    this.chart.pinsChanged();
    this.chart.listChanged();
    this.chart.emit("points-change", { points: this.points, said });
  }

  private remove(n: number): void {
    const [gone] = this.list.splice(n, 1);
    this.chosen = -1;
    if (gone) this.changed(say(this.chart.words.point.removed, { kind: this.chart.words.kind[gone.kind] }));
  }

  private refresh(): void {
    const { words } = this.chart;
    this.kinds.value = this.turning ? "turn" : this.kind;
    const held = document.activeElement;
    this.items.replaceChildren(
      ...(this.list.length ? [] : [make("p", { class: "so-far" }, words.point.none)]),
      ...this.list.map((point, n) => this.item(point, n)),
    );
    if (held === document.body) this.items.querySelector<HTMLElement>(".is-chosen button")?.focus({ preventScroll: true });
  }

  private item(point: ChartPoint, n: number): HTMLElement {
    const { words } = this.chart;
    const chosen = n === this.chosen;
    const badge = make("span", { class: `pin badge ${point.kind}`, "aria-hidden": "true" }, make("span", {}, String(n + 1)));
    const name = make("span", {}, words.kind[point.kind], ": ", this.title(point), make("small", {}, this.where(point)));
    const item = make(
      "div", { class: `item ${chosen ? "is-chosen" : ""}` },
      make("button", { type: "button", "aria-pressed": String(chosen), onclick: () => this.pinPressed(n) }, badge, name),
      iconButton(ICONS.cross, `${words.point.remove} ${n + 1}`, () => this.remove(n), "only"),
    );
    const here = this.under.get(point) ?? [];
    if (!chosen || here.length < 2) return item;
    return make("div", {}, item, this.muscleChoice(point, here));
  }

  private muscleChoice(point: ChartPoint, here: MuscleHere[]): HTMLElement {
    const { words } = this.chart;
    return make(
      "div", { class: "muscles-here", role: "group", "aria-label": words.point.muscle },
      ...here.map((one) =>
        make(
          "button",
          {
            type: "button", "aria-pressed": String(one.id === point.muscle),
            onclick: () => {
              point.muscle = one.id;
              this.changed(this.placedWords(point));
            },
          },
          this.muscleWords(one),
        ),
      ),
    );
  }

  // Drawings and list

  regionPressed(id: number): void {
    const { body } = this.chart;
    if (!body || this.turning) return;
    // A drawing tells the region only, so the point goes to its middle.
    const at = middleOf(this.chart, body.verticesOf(id));
    if (at) this.place(at);
  }

  tapped(): void {
    /* A tap is a point already. */
  }

  regionHovered(): void {
    /* A drawing names its regions by itself. */
  }

  regionLook(): RegionLook | null {
    return null;
  }

  groups(): ListGroup[] {
    const { words, places, body } = this.chart;
    if (!body) return [];
    const button = (side: Side, name: string, placed: number): ListButton => ({
      text: placed ? `${words.sideWord[side]} · ${placed}` : words.sideWord[side],
      label: `${say(words.point.place, { kind: words.kind[this.kind].toLowerCase() })}: ${say(words.side[side], { name })}`,
      pressed: null,
    });
    const rows = (this.prints?.muscles ?? []).map(({ id, title: given }) => {
      const title = places.muscle(id, given);
      const of = (side: Side): ListButton => button(side, title, this.list.filter((one) => one.muscle === id && one.side === side).length);
      return { key: MUSCLE + id, title, search: places.muscleSearchText(id, given), left: of("left"), right: of("right") };
    });
    rows.sort((p, q) => p.title.localeCompare(q.title));
    const regions = regionGroups(body, places, words, (region) =>
      button(region.side, places.title(region), this.list.filter((one) => one.region === region.name && one.side === region.side).length),
    );
    return rows.length ? [{ key: "muscles", title: words.list.muscles, count: "", rows }, ...regions] : regions;
  }

  rowPressed(key: string, side: Side): void {
    const { body } = this.chart;
    if (!body) return;
    if (!key.startsWith(MUSCLE)) {
      const region = body.regions.find((one) => one.name === key && one.side === side);
      const at = region && middleOf(this.chart, body.verticesOf(region.id));
      if (at) this.place(at);
      return;
    }
    const muscle = key.slice(MUSCLE.length);
    const inside: number[] = [];
    this.prints?.each(muscle, side, (v, weight) => {
      if (weight > DRAWN) inside.push(v);
    });
    const at = middleOf(this.chart, inside);
    if (at) this.add({ ...pointAt(body, this.kind, at, muscle), side }, this.prints?.under(at, body.triangles) ?? []);
  }

  rowHovered(key: string | null, side: Side): void {
    const id = key?.startsWith(MUSCLE) ? key.slice(MUSCLE.length) : null;
    this.light(id ? { id, side } : null, id ? id + side : "");
    this.chart.emit("muscle-hover", id ? { id, side, title: say(this.chart.words.side[side], { name: this.chart.places.muscle(id, this.prints?.muscle(id)?.title) }) } : null);
  }

  pins(): Pin[] {
    return this.list.map((point, n) => ({
      point, number: n + 1, chosen: n === this.chosen,
      label: `${say(this.chart.words.point.number, { kind: this.chart.words.kind[point.kind], n: n + 1 })}: ${this.title(point)}, ${this.where(point)}`,
    }));
  }

  pinPressed(n: number): void {
    this.chosen = this.chosen === n ? -1 : n;
    this.refresh();
    this.chart.pinsChanged();
    const point = this.list[n];
    if (point) this.chart.emit("point-select", { point: this.chosen === n ? { ...point } : null, index: n });
  }

  key(event: KeyboardEvent): boolean {
    if ((event.key === "Delete" || event.key === "Backspace") && this.chosen >= 0) {
      this.remove(this.chosen);
      return true;
    }
    return false;
  }

  wayChanged(): void {
    const turn = this.kinds.button("turn");
    turn.querySelector("span")!.textContent = this.chart.words.tool[this.chart.way === "flat" ? "move" : "turn"];
    turn.hidden = this.chart.stage?.kind === "drawing";
  }
}

/** The place on the skin in the middle of these vertices. */
function middleOf(chart: Chart, vertices: number[]): SkinPoint | null {
  const { body } = chart;
  if (!body || !vertices.length) return null;
  const p = body.positions;
  const middle = [0, 1, 2].map((axis) => vertices.reduce((sum, v) => sum + p[3 * v + axis]!, 0) / vertices.length);
  const away = (v: number): number => Math.hypot(p[3 * v]! - middle[0]!, p[3 * v + 1]! - middle[1]!, p[3 * v + 2]! - middle[2]!);
  const nearest = vertices.reduce((best, v) => (away(v) < away(best) ? v : best));
  for (let n = 0; n < body.triangles.length; n += 1) {
    if (body.triangles[n] !== nearest) continue;
    const weights: [number, number, number] = [0, 0, 0];
    weights[n % 3] = 1;
    return { triangle: Math.floor(n / 3), weights, point: [p[3 * nearest]!, p[3 * nearest + 1]!, p[3 * nearest + 2]!] };
  }
  return null;
}

