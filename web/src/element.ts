/** `<body-chart>`: one element, three modes, three ways. What a page can say to it and hear from it is told in README.md. */

import type { Measured } from "./core/areas.ts";
import type { Body } from "./core/body.ts";
import { BodyFiles } from "./core/files.ts";
import type { PaintingDocument } from "./core/painting.ts";
import { whyNeutral, type Person } from "./core/person.ts";
import { Places, type Names } from "./core/places.ts";
import { POINT_KINDS, type ChartPoint, type PointKind } from "./core/points.ts";
import type { Chart } from "./modes/mode.ts";
import { PaintMode } from "./modes/paint.ts";
import { PointMode } from "./modes/point.ts";
import { ShowMode, type MuscleRef } from "./modes/show.ts";
import type { Drawing } from "./stage/drawing.ts";
import { emptyChannels, type Channels, type View, type Way, type ZoomTo } from "./stage/stage.ts";
import { Frame } from "./ui/frame.ts";
import { PlaceList } from "./ui/list.ts";
import { Sight } from "./sight.ts";
import { STYLE } from "./ui/style.ts";
import { wordsIn, type Words } from "./words.ts";

export type ModeName = "paint" | "point" | "show";

const MODES: ModeName[] = ["paint", "point", "show"];
const ATTRIBUTES = ["mode", "way", "view", "lang", "theme", "body-src", "person", "names", "drawings", "value", "heading", "kinds"] as const;
let sheet: CSSStyleSheet | null = null;

export class BodyChart extends HTMLElement {
  static readonly formAssociated = true;
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;

  private readonly internals = this.attachInternals();
  private readonly root = this.attachShadow({ mode: "open" });
  private readonly chart: Chart;
  private frame!: Frame;
  private list!: PlaceList;
  private work!: PaintMode | PointMode | ShowMode;
  private words: Words = wordsIn("en");
  private places = new Places(this.words);
  private body: Body | null = null;
  private channels: Channels | null = null;
  private loading: Promise<void> | null = null;
  private readonly files = new BodyFiles(() => this.bodySrc);
  private watching: (() => void)[] = [];
  private told: { person: Person | null; names: Names; value: boolean } = { person: null, names: {}, value: false };
  private readonly sight: Sight;

  constructor() {
    super();
    // The modes see this object, not the element, so that the page's side stays small.
    const self = this;
    this.chart = {
      get words() { return self.words; },
      get places() { return self.places; },
      get body() { return self.body; },
      get channels() { return self.channels; },
      get stage() { return self.sight.stage; },
      get scene() { return self.sight.scene; },
      get way() { return self.sight.shown.way; },
      get kinds() { return self.kinds; },
      footprints: () => this.files.footprints(),
      mirror: () => this.files.mirror(),
      say: (text) => this.frame.say(text),
      emit: (name, detail) => this.emit(name, detail),
      listChanged: () => this.drawList(),
      pinsChanged: () => this.sight.drawPins(),
    };
    this.sight = new Sight({
      get frame() { return self.frame; },
      get work() { return self.work; },
      get body() { return self.body; },
      get words() { return self.words; },
      get own() { return self.mode === "paint"; },
      isDark: () => this.isDark(),
      ended: () => this.remember(),
      wayChanged: (way) => {
        this.list.element.hidden = way !== "list";
        this.drawList();
        this.emit("way-change", { way });
      },
    });
    sheet ??= madeSheet();
    this.root.adoptedStyleSheets = [sheet];
    this.build();
  }

  // What a page can set and ask

  get mode(): ModeName {
    const said = this.getAttribute("mode") as ModeName;
    return MODES.includes(said) ? said : "paint";
  }

  set mode(mode: ModeName) {
    this.setAttribute("mode", mode);
  }

  get way(): Way {
    return this.sight.shown.way;
  }

  set way(way: Way) {
    this.setAttribute("way", way);
  }

  /** What mode `point` can place; the first is in the hand at the beginning. */
  get kinds(): PointKind[] {
    const said = (this.getAttribute("kinds") ?? "").split(/\s+/);
    const known = said.filter((one): one is PointKind => POINT_KINDS.includes(one as PointKind));
    return known.length ? [...new Set(known)] : [...POINT_KINDS];
  }

  get view(): View {
    return this.sight.scene?.view ?? this.sight.shown.view;
  }

  set view(view: View) {
    this.setAttribute("view", view);
  }

  get bodySrc(): string {
    const said = this.getAttribute("body-src");
    return said ? new URL(said.endsWith("/") ? said : `${said}/`, this.baseURI).href : new URL(/* @vite-ignore */ "./body/", import.meta.url).href;
  }

  set bodySrc(address: string) {
    this.setAttribute("body-src", address);
  }

  get person(): Person | null {
    return this.told.person;
  }

  set person(person: Person | null) {
    this.told.person = person;
    this.frame.tell(whyNeutral(person) === "under-18" ? this.words.neutralUnder18 : "");
    if (!this.body) return;
    this.body.become(person);
    this.sight.stage?.reshape(this.body);
    this.work.bodyReady();
  }

  get names(): Names {
    return this.told.names;
  }

  set names(names: Names | null) {
    this.told.names = names ?? {};
    this.rebuild();
  }

  /** The painting, as JSON that the server understands. */
  get painting(): PaintingDocument | null {
    return this.work instanceof PaintMode ? this.work.painting : null;
  }

  set painting(document: PaintingDocument | null) {
    if (!(this.work instanceof PaintMode)) throw new Error('painting: only a chart in mode "paint" holds one; give it to mode "show" as a layer');
    this.work.painting = document;
    this.remember();
  }

  get points(): ChartPoint[] {
    return this.work instanceof PointMode ? this.work.points : [];
  }

  set points(points: ChartPoint[]) {
    if (!(this.work instanceof PointMode)) throw new Error('points: only a chart in mode "point" holds them; give them to mode "show" as a layer');
    this.work.points = points;
    this.remember();
  }

  get layers(): unknown {
    return this.work instanceof ShowMode ? this.work.value : [];
  }

  set layers(layers: unknown) {
    if (!(this.work instanceof ShowMode)) throw new Error('layers: only a chart in mode "show" takes them');
    this.work.value = layers;
  }

  get highlight(): MuscleRef | null {
    return this.work instanceof ShowMode ? this.work.highlight : null;
  }

  set highlight(muscle: MuscleRef | null) {
    if (this.work instanceof ShowMode) this.work.highlight = muscle;
  }

  /** Zones to show for a moment, as `{title, regions: [{region, side, weight}]}`; `null` takes them away. */
  set zones(zones: unknown) {
    if (this.work instanceof ShowMode) this.work.zones = zones;
  }

  /** Resolves when the body can be painted. */
  get ready(): Promise<void> {
    return this.loading ?? Promise.resolve();
  }

  /** Areas and shares of what is painted, on the body as it is shown. */
  measure(): Measured | null {
    return this.work instanceof PaintMode ? this.work.measure() : null;
  }

  lookAt(to: ZoomTo, side: "left" | "right" = "right"): void {
    this.sight.lookAt(to, side);
  }

  undo(): void {
    if (this.work instanceof PaintMode) this.work.undo();
  }

  redo(): void {
    if (this.work instanceof PaintMode) this.work.redo();
  }

  clear(): void {
    if (this.work instanceof PaintMode) this.work.clear();
  }

  // Life

  connectedCallback(): void {
    // Only once: a chart that is moved within the page keeps what was painted since.
    if (this.hasAttribute("value") && !this.told.value) this.take(this.getAttribute("value"));
    this.told.value = true;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    const themed = (): void => this.sight.stage?.setTheme(this.isDark());
    const calmed = (): void => this.sight.scene?.setGentle(!calm.matches);
    dark.addEventListener("change", themed);
    calm.addEventListener("change", calmed);
    const sized = new ResizeObserver(() => this.sight.resize());
    sized.observe(this.frame.stage);
    this.watching = [
      () => dark.removeEventListener("change", themed),
      () => calm.removeEventListener("change", calmed),
      () => sized.disconnect(),
    ];
    // The frame is seen first; only then does the body come.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => this.load(), 0)));
  }

  disconnectedCallback(): void {
    for (const stop of this.watching) stop();
    this.sight.leave();
    this.loading = null;
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (before === value) return;
    switch (name) {
      case "mode":
      case "lang":
      case "kinds":
        this.words = wordsIn(this.getAttribute("lang"));
        return this.rebuild();
      case "way":
        return this.sight.go(value === "flat" || value === "list" ? value : "3d");
      case "view":
        return this.sight.turnTo(value === "back" || value === "left" || value === "right" ? value : "front");
      case "heading":
        return this.ask();
      case "theme":
        return this.sight.stage?.setTheme(this.isDark());
      case "person":
        this.person = value ? (JSON.parse(value) as Person) : null;
        return;
      case "names":
        this.names = value ? (JSON.parse(value) as Names) : {};
        return;
      case "value":
        // The mode may be written after the value; what a value means is known once all attributes are there.
        return this.isConnected ? this.take(value) : undefined;
      default:
        return;
    }
  }

  formResetCallback(): void {
    this.take(this.getAttribute("value"));
  }

  /** A value written in the page: a painting, points or layers, as the mode wants it. */
  private take(value: string | null): void {
    const parsed: unknown = value ? JSON.parse(value) : null;
    if (this.work instanceof PaintMode) this.work.painting = parsed as PaintingDocument | null;
    else if (this.work instanceof PointMode) this.work.points = parsed;
    else this.work.value = parsed;
    this.remember();
  }

  // Building

  private build(): void {
    this.places = new Places(this.words, this.told.names, this.mode === "paint");
    this.frame = new Frame(this.words, {
      way: (way) => (this.way = way),
      view: (view) => {
        this.sight.turnTo(view);
        this.frame.say(this.words.view[view]);
        this.frame.stage.focus({ preventScroll: true });
      },
      zoom: (to) => this.sight.zoom(to),
      retry: () => {
        this.loading = null;
        this.frame.fail(false);
        this.load();
      },
    });
    this.work = this.mode === "point" ? new PointMode(this.chart) : this.mode === "show" ? new ShowMode(this.chart) : new PaintMode(this.chart);
    this.list = new PlaceList(this.words, this.mode === "paint" ? this.words.list.search : this.words.list.searchMuscle, {
      pressed: (key, side) => this.work.rowPressed(key, side),
      hovered: (key, side) => this.work.rowHovered(key, side),
    });
    this.frame.area.prepend(this.list.element);
    this.frame.element.append(this.work.dock);
    this.list.element.classList.toggle("wordy", this.mode === "show");
    this.ask();
    this.frame.stage.addEventListener("keydown", (event) => this.sight.keyed(event));
    this.frame.element.addEventListener("keydown", (event) => {
      if (this.work.key(event)) event.preventDefault();
    });
    this.root.replaceChildren(this.frame.element);
    this.frame.ways.value = this.sight.shown.way;
    this.frame.views.value = this.sight.shown.view;
    this.frame.zooms.value = this.sight.shown.zoom;
    this.sight.label();
  }

  /** The heading: the page's own, if it has one. */
  private ask(): void {
    const own = this.getAttribute("heading");
    this.frame.ask(own ?? this.words.ask[this.mode], own === null ? this.words.askHow[this.mode] : "");
  }

  /** The words or the mode are others: the same body, a new frame. What was painted stays while the mode stays. */
  private rebuild(): void {
    const kept = this.work;
    const value = kept instanceof PaintMode ? kept.painting : kept instanceof PointMode ? kept.points : kept.value;
    this.sight.deafen();
    this.watching.splice(2).forEach((stop) => stop());
    this.build();
    if (kept.constructor === this.work.constructor) {
      if (this.work instanceof PaintMode) this.work.painting = value as PaintingDocument;
      else if (this.work instanceof PointMode) this.work.points = value;
      else this.work.value = value;
    }
    if (this.isConnected) {
      const sized = new ResizeObserver(() => this.sight.resize());
      sized.observe(this.frame.stage);
      this.watching.push(() => sized.disconnect());
    }
    if (this.sight.stage && this.body) this.sight.mount(this.sight.stage);
    this.person = this.told.person;
    this.sight.go(this.sight.shown.way);
  }

  private load(): void {
    if (this.loading || !this.isConnected) return;
    this.loading = this.loadNow().catch((error: unknown) => {
      console.error(error);
      this.frame.fail(true);
    });
  }

  private async loadNow(): Promise<void> {
    const drawings = this.hasAttribute("drawings");
    const coming = this.body ? Promise.resolve(this.body) : this.files.body();
    const scenes = drawings ? null : await import("./stage/scene.ts");
    this.body = await coming;
    this.body.become(this.told.person);
    this.channels ??= emptyChannels(this.body.count);
    if (!this.isConnected) return;
    const graphics = scenes?.drawing3d();
    if (scenes && graphics?.possible) {
      try {
        const scene = new scenes.BodyScene(this.body, this.channels, {
          gentle: !matchMedia("(prefers-reduced-motion: reduce)").matches,
          byProcessor: graphics.byProcessor,
          onFrame: () => this.sight.framed(),
          onLost: () => void this.draw(),
        });
        this.sight.mount(scene);
      } catch (error) {
        console.warn("No WebGL here, so the drawings are shown.", error);
      }
    }
    if (!this.sight.stage) await this.draw();
    this.frame.area.setAttribute("aria-busy", "false");
    const { hint } = this.words;
    const { way } = this.sight.shown;
    if (way !== "list" && this.mode === "paint") {
      const by = matchMedia("(pointer: coarse)").matches ? hint.touch : hint.mouse;
      this.frame.say(this.sight.scene ? by[way] : hint.drawing);
    }
    this.emit("ready", { drawings: this.sight.stage?.kind === "drawing" });
  }

  /** Line drawings instead of three dimensions. */
  private async draw(): Promise<void> {
    const { Drawing } = await import("./stage/drawing.ts");
    this.sight.stage?.destroy();
    const drawing: Drawing = new Drawing({
      fetchText: (name) => this.files.text(name),
      sex: () => { const { person } = this.told; return person?.sex && !whyNeutral(person) ? person.sex : "neutral"; },
      look: (region) => this.work.regionLook(region),
      pressed: (region) => this.work.regionPressed(region),
      hovered: (region) => this.work.regionHovered(region),
      changed: () => this.sight.framed(),
    });
    drawing.view = this.sight.shown.view;
    await drawing.load();
    this.sight.mount(drawing);
  }

  // Small things

  private drawList(): void {
    if (this.sight.shown.way === "list" && this.body) this.list.show(this.work.groups());
    if (this.sight.stage?.kind === "drawing") this.sight.stage.refresh([]);
    this.remember();
  }


  private isDark(): boolean {
    const said = this.getAttribute("theme");
    return said === "dark" || (said !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  }

  /** In a form the chart is a field: its value is the painting or the points, as JSON text. */
  private remember(): void {
    const { work } = this;
    if (work instanceof PaintMode) this.internals.setFormValue(work.canvas.isEmpty ? null : JSON.stringify(work.painting));
    else if (work instanceof PointMode) this.internals.setFormValue(work.points.length ? JSON.stringify(work.points) : null);
  }

  private emit(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function madeSheet(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(STYLE);
  return made;
}

