/** Paint: where it hurts, how strong, and how it feels. */

import { QUALITIES, QUALITY_LOOK } from "../appearance.ts";
import { measure, type Measured } from "../core/areas.ts";
import { touched, type SkinPoint } from "../core/brush.ts";
import { Canvas } from "../core/history.ts";
import { readPainting, strongest, writePainting, type PaintingDocument } from "../core/painting.ts";
import { softened } from "../core/soften.ts";
import { PaintDock, type Tool } from "../ui/paint-dock.ts";
import { say, type Quality } from "../words.ts";
import { regionGroups } from "./groups.ts";
import type { Chart, ListGroup, Mode, Pin, RegionLook } from "./mode.ts";

/** Brush radius in pixels of the screen: the nearer one looks, the finer it paints. */
const RADIUS: Record<"small" | "middle" | "large", number> = { small: 8, middle: 15, large: 27 };
/** No brush is finer than the skin's mesh, in metres. */
const FINEST = 0.0065;
/** From this share on a region counts as painted in the list and the drawings. */
const MOSTLY = 0.5;
const PARTLY = 0.1;
const NAMED = 0.15;
const SAMPLES = 24;

export class PaintMode implements Mode {
  readonly paints = true;
  readonly dock: HTMLElement;
  canvas = new Canvas();
  tool: Tool = "paint";
  quality: Quality = "aching";
  intensity = 5;
  brush: keyof typeof RADIUS = "middle";
  private readonly chart: Chart;
  private readonly ui: PaintDock;
  private last: { x: number; y: number } | null = null;
  private over: number | null = null;
  private measured: Measured | null = null;
  private erasedAny = false;

  constructor(chart: Chart) {
    this.chart = chart;
    this.ui = new PaintDock(chart.words, {
      tool: (tool) => this.set({ tool }),
      quality: (quality) => this.set({ quality, tool: "paint" }),
      intensity: (intensity) => this.set({ intensity, tool: this.tool === "turn" ? "turn" : "paint" }),
      brush: (brush) => this.set({ brush }),
      undo: () => this.undo(),
      redo: () => this.redo(),
      mirror: () => void this.mirror(),
      clear: () => this.clear(),
    });
    this.dock = this.ui.element;
    this.refresh();
  }

  get turns(): boolean {
    return this.tool === "turn";
  }

  private set(what: Partial<Pick<PaintMode, "tool" | "quality" | "intensity" | "brush">>): void {
    Object.assign(this, what);
    this.refresh();
    this.chart.emit("tool-change", { tool: this.tool, quality: this.quality, intensity: this.intensity, brush: this.brush });
  }

  // What is painted

  get painting(): PaintingDocument {
    return writePainting(this.canvas.painting);
  }

  set painting(document: PaintingDocument | null) {
    this.canvas = new Canvas(document ? readPainting(document) : new Map());
    this.measured = null;
    this.bodyReady();
    this.refresh();
    this.chart.listChanged();
  }

  measure(): Measured | null {
    const { body } = this.chart;
    if (!body) return null;
    this.measured ??= measure(this.canvas.painting, body.areas, body.triangles, body.regionOf, body.count);
    return this.measured;
  }

  bodyReady(): void {
    const { body } = this.chart;
    this.measured = null;
    if (!body) return;
    for (let v = 0; v < body.count; v += 1) this.show(v);
    this.chart.stage?.refresh(["a", "b"]);
    this.refresh();
  }

  /** Fill the channels of these vertices and of those around them. */
  private showAll(changed: Iterable<number>): Set<number> {
    const { body } = this.chart;
    const around = new Set<number>(changed);
    if (!body) return around;
    for (const v of [...around]) for (let n = body.firstOf[v]!; n < body.firstOf[v + 1]!; n += 1) around.add(body.neighbours[n]!);
    for (const v of around) this.show(v);
    return around;
  }

  private show(v: number): void {
    const { channels, body } = this.chart;
    if (!channels || !body) return;
    for (let n = 0; n < 4; n += 1) channels.a[4 * v + n] = channels.b[4 * v + n] = 0;
    for (const [quality, values] of this.canvas.painting) {
      // A quality that this chart does not know is shown as "something else".
      const known = QUALITIES.indexOf(quality as Quality);
      const n = known < 0 ? QUALITIES.length - 1 : known;
      const into = n < 4 ? channels.a : channels.b;
      into[4 * v + (n % 4)] = Math.max(into[4 * v + (n % 4)]!, softened(body, values, v));
    }
  }

  // Strokes

  begin(at: SkinPoint, x: number, y: number): boolean {
    if (this.turns) return false;
    this.canvas.begin();
    this.erasedAny = false;
    this.last = { x, y };
    this.dab([at]);
    return true;
  }

  stroke(points: { x: number; y: number }[]): void {
    const { scene } = this.chart;
    if (!scene || !this.last) return;
    const step = Math.max(3, RADIUS[this.brush] / 2);
    const hits: SkinPoint[] = [];
    for (const next of points) {
      const long = Math.hypot(next.x - this.last.x, next.y - this.last.y);
      const samples = Math.min(SAMPLES, Math.max(1, Math.ceil(long / step)));
      for (let n = 1; n <= samples; n += 1) {
        const t = n / samples;
        const hit = scene.pick(this.last.x + (next.x - this.last.x) * t, this.last.y + (next.y - this.last.y) * t);
        if (hit) hits.push(hit);
      }
      this.last = next;
    }
    this.dab(hits);
  }

  end(givenUp: boolean): void {
    this.last = null;
    if (givenUp) {
      this.canvas.cancel();
      this.bodyReady();
      return;
    }
    this.tell(this.canvas.finish());
  }

  private dab(hits: SkinPoint[]): void {
    const { body, scene } = this.chart;
    if (!body || !scene || !hits.length) return;
    const radius = Math.max(FINEST, RADIUS[this.brush] * scene.metresPerPixel());
    const changed = new Set<number>();
    for (const hit of hits) for (const v of touched(body, scene.normals, hit, radius)) if (this.put(v)) changed.add(v);
    if (changed.size) scene.refresh(["a", "b"], this.showAll(changed));
    const ring = hits.at(-1)!;
    scene.showBrush(ring, radius);
  }

  /** Paint or erase one vertex. Erasing takes away every quality there. */
  private put(v: number): boolean {
    if (this.tool !== "erase" && this.intensity > 0) return this.canvas.put(this.quality, v, this.intensity);
    let any = false;
    for (const quality of this.canvas.painting.keys()) any = this.canvas.put(quality, v, 0) || any;
    this.erasedAny ||= any;
    return any;
  }

  /** Say in words what a step did, and tell the page. */
  private tell(changed: number[], sentence?: string): void {
    const { chart } = this;
    if (!changed.length || !chart.body) return;
    this.measured = null;
    const place = chart.places.where(chart.body, changed);
    const erases = this.tool === "erase" || this.intensity === 0;
    const said =
      sentence ??
      (erases
        ? say(chart.words.erased, { place })
        : say(chart.words.painted, { place, quality: chart.words.quality[this.quality].toLowerCase(), intensity: this.intensity }));
    chart.say(said);
    this.changed(place, said);
  }

  private changed(place: string, said: string): void {
    this.refresh();
    this.chart.listChanged();
    this.chart.emit("painting-change", { painting: this.painting, place, said, measured: this.measure() });
  }

  // Commands

  undo(): void {
    if (this.canvas.undo()) this.after(this.chart.words.undone);
  }

  redo(): void {
    if (this.canvas.redo()) this.after(this.chart.words.redone);
  }

  clear(): void {
    const { body } = this.chart;
    if (!body || this.canvas.isEmpty) return;
    this.canvas.begin();
    for (const quality of [...this.canvas.painting.keys()]) for (let v = 0; v < body.count; v += 1) this.canvas.put(quality, v, 0);
    this.canvas.finish();
    this.after(this.chart.words.cleared);
  }

  /** What is painted on one side appears on the other too; where both are painted, the stronger stays. */
  async mirror(): Promise<void> {
    const { body, words } = this.chart;
    if (!body) return;
    if (this.canvas.isEmpty) return this.chart.say(words.nothingToMirror);
    const other = await this.chart.mirror();
    this.canvas.begin();
    for (const [quality, values] of this.canvas.painting) {
      const before = values.slice();
      for (let v = 0; v < body.count; v += 1) {
        if (before[v]! > before[other[v]!]!) this.canvas.put(quality, other[v]!, before[v]!);
      }
    }
    const changed = this.canvas.finish();
    this.chart.stage?.refresh(["a", "b"], this.showAll(changed));
    this.tell(changed, `${words.mirrored}: ${this.chart.places.where(body, changed)}`);
  }

  private after(said: string): void {
    this.bodyReady();
    this.chart.say(said);
    this.changed("", said);
  }

  // Pointer, drawings, list

  hover(at: SkinPoint | null): void {
    const { scene } = this.chart;
    if (!scene) return;
    scene.showBrush(this.turns ? null : at, Math.max(FINEST, RADIUS[this.brush] * scene.metresPerPixel()));
  }

  regionPressed(id: number): void {
    const { body } = this.chart;
    if (!body) return;
    const off = this.tool === "erase" || this.intensity === 0 || this.stateOf(id) === "true";
    this.canvas.begin();
    const same = off && this.tool !== "erase" && this.intensity > 0 && this.lookOf(id)?.quality !== this.quality;
    for (const v of body.verticesOf(id)) {
      if (off && !same) for (const quality of this.canvas.painting.keys()) this.canvas.put(quality, v, 0);
      else this.canvas.put(this.quality, v, this.intensity);
    }
    const changed = this.canvas.finish();
    this.chart.stage?.refresh(["a", "b"], this.showAll(changed));
    const place = placeOfRegion(this.chart, id);
    const { words } = this.chart;
    const said = off && !same
      ? say(words.erased, { place })
      : say(words.painted, { place, quality: words.quality[this.quality].toLowerCase(), intensity: this.intensity });
    this.tell(changed, said);
  }

  tapped(): void {
    /* A tap is a stroke already. */
  }

  regionHovered(id: number | null): void {
    const { body, channels, stage } = this.chart;
    if (id === this.over || !body || !channels) return;
    this.over = id;
    for (let v = 0; v < body.count; v += 1) channels.d[4 * v + 3] = id !== null && body.regionOfVertex[v] === id ? 255 : 0;
    stage?.refresh(["d"]);
  }

  private stateOf(id: number): "true" | "false" | "mixed" {
    const share = this.measure()?.regions.find((one) => one.id === id)?.share ?? 0;
    return share > MOSTLY ? "true" : share > PARTLY ? "mixed" : "false";
  }

  /** The quality that covers most of a region, and how strong it is. */
  private lookOf(id: number): { quality: Quality; strength: number } | null {
    const { body } = this.chart;
    if (!body) return null;
    let best: { quality: Quality; strength: number } | null = null;
    let most = 0;
    for (const [quality, values] of this.canvas.painting) {
      let [sum, area] = [0, 0];
      for (let v = 0; v < body.count; v += 1) {
        if (body.regionOfVertex[v] !== id || !values[v]) continue;
        area += body.vertexAreas[v]!;
        sum += body.vertexAreas[v]! * values[v]!;
      }
      if (area > most) {
        most = area;
        best = { quality: QUALITIES.includes(quality as Quality) ? (quality as Quality) : "other", strength: Math.round(sum / area) };
      }
    }
    return best;
  }

  regionLook(id: number): RegionLook | null {
    if (this.stateOf(id) === "false") return null;
    const found = this.lookOf(id);
    return found && { ...QUALITY_LOOK[found.quality], strength: found.strength };
  }

  groups(): ListGroup[] {
    const { body, places, words } = this.chart;
    if (!body) return [];
    return regionGroups(body, places, words, (region) => {
      const pressed = this.stateOf(region.id);
      const found = pressed === "false" ? null : this.lookOf(region.id);
      const part = pressed === "mixed" ? `, ${words.list.part}` : "";
      const name = places.sided(region);
      return {
        text: found ? `${words.sideWord[region.side]} · ${found.strength}` : words.sideWord[region.side],
        label: found ? `${name}: ${words.quality[found.quality].toLowerCase()} ${found.strength}${part}` : name,
        pressed,
      };
    });
  }

  rowPressed(key: string, side: "left" | "right"): void {
    const region = this.chart.body?.regions.find((one) => one.name === key && one.side === side);
    if (region) this.regionPressed(region.id);
  }

  rowHovered(key: string | null, side: "left" | "right"): void {
    this.regionHovered(this.chart.body?.regions.find((one) => one.name === key && one.side === side)?.id ?? null);
  }

  pins(): Pin[] {
    return [];
  }

  pinPressed(): void {
    /* There are no pins while painting. */
  }

  key(event: KeyboardEvent): boolean {
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && letter === "z") {
      if (event.shiftKey) this.redo();
      else this.undo();
      return true;
    }
    return false;
  }

  private refresh(): void {
    const { body, words, places } = this.chart;
    const measured = this.measure();
    let soFar = "";
    if (body && measured) {
      // A stroke spills a little into the regions beside it; only those that hold a good part of it are named.
      const regions = measured.regions
        .sort((p, q) => q.area_cm2 - p.area_cm2)
        .filter((one, n) => n === 0 || one.share > NAMED || one.area_cm2 > NAMED * measured.area_cm2)
        .map((one) => body.regions[one.id]!);
      soFar = places.listed(regions, 4);
    }
    this.ui.show({
      tool: this.tool, quality: this.quality, intensity: this.intensity, brush: this.brush, flat: this.chart.way === "flat", still: this.chart.stage?.kind === "drawing",
      canUndo: this.canvas.canUndo, canRedo: this.canvas.canRedo, empty: this.canvas.isEmpty, soFar: soFar || words.places.none,
    });
  }

  /** Something outside changed, such as the way. */
  wayChanged(): void {
    this.refresh();
  }

  /** The strongest intensity at every vertex. */
  strongest(): Uint8Array {
    return strongest(this.canvas.painting);
  }
}

function placeOfRegion(chart: Chart, id: number): string {
  const region = chart.body?.regions[id];
  return region ? chart.places.sided(region) : "";
}
