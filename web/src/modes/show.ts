/** Show: what is known, laid upon the body. */

import { LEVEL_LOOK, LEVELS, SHOW_LOOK } from "../appearance.ts";
import { measure, type Measured } from "../core/areas.ts";
import type { SkinPoint } from "../core/brush.ts";
import type { Footprints, Side } from "../core/footprints.ts";
import { coverOf, readLayers, type ReadLayer } from "../core/layers.ts";
import { strongest, type Painting } from "../core/painting.ts";
import { softened } from "../core/soften.ts";
import { Legend } from "../ui/legend.ts";
import { say } from "../words.ts";
import { regionGroups } from "./groups.ts";
import type { Chart, ListGroup, Mode, Pin, RegionLook } from "./mode.ts";

export interface MuscleRef {
  id: string;
  side: Side;
}

export class ShowMode implements Mode {
  readonly paints = false;
  readonly turns = true;
  readonly dock: HTMLElement;
  private readonly chart: Chart;
  private readonly legend: Legend;
  private told: unknown = [];
  private layers: ReadLayer[] = [];
  private readonly hidden = new Set<number>();
  private prints: Footprints | null = null;
  private lit: MuscleRef | null = null;
  private hovered = "";
  private time = 0;
  private compares = false;
  private sizes = new WeakMap<Painting, Measured>();
  private zoned: Extract<ReadLayer, { type: "zones" }> | null = null;

  constructor(chart: Chart) {
    this.chart = chart;
    this.legend = new Legend(chart.words, {
      toggle: (n) => {
        if (!this.hidden.delete(n)) this.hidden.add(n);
        this.fill();
      },
      time: (n) => {
        this.time = n;
        this.fill(false);
      },
      compare: () => {
        this.compares = !this.compares;
        this.fill();
      },
      muscle: (muscle) => this.enter(muscle),
      choose: (muscle) => {
        this.highlight = muscle;
        this.chart.emit("muscle-select", muscle && this.muscleDetail(muscle));
      },
    });
    this.dock = this.legend.element;
    this.refresh();
  }

  get value(): unknown {
    return this.told;
  }

  set value(layers: unknown) {
    const { body } = this.chart;
    this.told = layers ?? [];
    // Before the body has come nothing can be checked but the names of its regions; so it waits.
    this.layers = body ? readLayers(this.told, body.regions, body.count) : [];
    const timeline = this.layers.find((one) => one.type === "timeline");
    this.time = timeline ? timeline.paintings.length - 1 : 0;
    this.compares = timeline?.compare ?? false;
    this.fill();
  }

  get highlight(): MuscleRef | null {
    return this.lit;
  }

  set highlight(muscle: MuscleRef | null) {
    this.lit = muscle;
    this.light(muscle);
    this.refresh();
  }

  /** Zones to show for the moment, such as those of the muscle under the pointer; the layers stay as they are. */
  set zones(zones: unknown) {
    const { body, channels, stage } = this.chart;
    if (!body || !channels) return;
    this.zoned = zones ? (readLayers([{ ...zones, type: "zones" }], body.regions, body.count)[0] as typeof this.zoned) : null;
    this.fillZones();
    this.legend.showZones(this.zoned);
    stage?.refresh(["b"]);
  }

  bodyReady(): void {
    this.sizes = new WeakMap();
    this.value = this.told;
    void this.chart.footprints().then((prints) => {
      this.prints = prints;
      this.fill();
    });
  }

  /** Fill every channel anew. The legend stays as it is while somebody drags its slider. */
  private fill(legendToo = true): void {
    const { body, channels, stage } = this.chart;
    if (legendToo) this.refresh();
    this.chart.listChanged();
    this.chart.pinsChanged();
    if (!body || !channels) return;
    for (const name of ["a", "b", "c", "d"] as const) channels[name].fill(0);
    this.layers.forEach((layer, n) => {
      if (this.hidden.has(n)) return;
      if (layer.type === "clearance") {
        LEVELS.forEach((level, k) => this.cover(layer.regions.filter((one) => one.level === level), channels.a, k));
      } else if (layer.type === "hazards") this.cover(layer.regions, channels.b, 1);
      else if (layer.type === "painting") this.heat(layer.painting);
      else if (layer.type === "timeline") this.timeline(layer);
      else if (layer.type === "muscles") this.shade(layer.muscles);
    });
    this.fillZones();
    this.light(this.lit);
    stage?.refresh(["a", "b", "c", "d"]);
  }

  private fillZones(): void {
    const { channels } = this.chart;
    const own = this.layers.filter((one, n) => one.type === "zones" && !this.hidden.has(n)) as NonNullable<typeof this.zoned>[];
    const regions = (this.zoned ? [this.zoned] : own).flatMap((one) => one.regions);
    for (let n = 0; n < channels!.b.length; n += 4) channels!.b[n + 2] = channels!.b[n + 3] = 0;
    this.cover(regions.filter((one) => one.weight === "main"), channels!.b, 2);
    this.cover(regions.filter((one) => one.weight === "spill"), channels!.b, 3);
  }

  private cover(regions: { id: number }[], into: Uint8Array, at: number): void {
    const { body } = this.chart;
    if (!regions.length || !body) return;
    coverOf(body, new Set(regions.map((one) => one.id)), (v, cover) => {
      into[4 * v + at] = Math.max(into[4 * v + at]!, cover);
    });
  }

  private heat(painting: Painting): void {
    const { channels, body } = this.chart;
    const top = strongest(painting, body!.count);
    for (let v = 0; v < top.length; v += 1) channels!.b[4 * v] = softened(body!, top, v);
  }

  private timeline(layer: Extract<ReadLayer, { type: "timeline" }>): void {
    const { channels, body } = this.chart;
    if (!this.compares) return this.heat(layer.paintings[this.time]?.painting ?? new Map());
    const [first, last] = [layer.paintings[0]!, layer.paintings.at(-1)!].map((one) => strongest(one.painting, body!.count));
    const [gone, stayed, fresh] = [new Uint8Array(body!.count), new Uint8Array(body!.count), new Uint8Array(body!.count)];
    for (let v = 0; v < body!.count; v += 1) {
      const [then, now] = [first![v]! > 0, last![v]! > 0];
      if (then || now) (then ? (now ? stayed : gone) : fresh)[v] = 10;
    }
    [gone, stayed, fresh].forEach((values, k) => {
      for (let v = 0; v < body!.count; v += 1) channels!.d[4 * v + k] = softened(body!, values, v);
    });
  }

  private shade(muscles: { muscle: string; side: Side; probability: number }[]): void {
    const { channels } = this.chart;
    // The likeliest muscle of those over each other gives the tone.
    for (const { muscle, side, probability } of [...muscles].sort((p, q) => p.probability - q.probability)) {
      this.prints?.each(muscle, side, (v, weight) => {
        const at = 4 * v;
        if (weight < 40 && channels!.c[at]! > weight) return;
        channels!.c[at] = Math.max(channels!.c[at]!, weight);
        channels!.c[at + 1] = Math.round(probability * channels!.c[at]!);
      });
    }
  }

  private light(muscle: MuscleRef | null): void {
    const { channels, stage } = this.chart;
    if (!channels) return;
    for (let n = 2; n < channels.c.length; n += 4) channels.c[n] = 0;
    if (muscle) this.prints?.each(muscle.id, muscle.side, (v, weight) => (channels.c[4 * v + 2] = weight));
    stage?.refresh(["c"]);
  }

  // Pointer

  begin(): boolean {
    return false;
  }

  stroke(): void {
    /* Nothing is drawn here. */
  }

  end(): void {
    /* Nothing is drawn here. */
  }

  hover(at: SkinPoint | null): void {
    const { body } = this.chart;
    if (!body) return;
    if (!at) return this.enter(null);
    const shown = this.muscles();
    const here = (this.prints?.under(at, body.triangles) ?? []).filter((one) => shown.some((m) => m.muscle === one.id && m.side === one.side));
    const likely = (one: MuscleRef): number => shown.find((m) => m.muscle === one.id && m.side === one.side)!.probability;
    const best = here.sort((p, q) => likely(q) - likely(p))[0];
    if (best) return this.enter({ id: best.id, side: best.side });
    this.enter(null);
    this.regionHovered(body.regionOfTriangle(at.triangle));
  }

  /** The pointer (or the keyboard) is on a muscle: light it up, name it, tell the page. */
  private enter(muscle: MuscleRef | null): void {
    const key = muscle ? muscle.id + muscle.side : "";
    if (key === this.hovered) return;
    this.hovered = key;
    this.light(muscle ?? this.lit);
    if (muscle) this.chart.say(this.muscleDetail(muscle).title);
    this.chart.emit("muscle-hover", muscle && this.muscleDetail(muscle));
  }

  private muscleDetail({ id, side }: MuscleRef): { id: string; side: Side; title: string } {
    const { words, places } = this.chart;
    return { id, side, title: say(words.side[side], { name: places.muscle(id, this.prints?.muscle(id)?.title) }) };
  }

  private muscles(): { muscle: string; side: Side; probability: number }[] {
    return this.layers.flatMap((one, n) => (one.type === "muscles" && !this.hidden.has(n) ? one.muscles : []));
  }

  tapped(region: number): void {
    this.regionPressed(region);
  }

  regionHovered(id: number | null): void {
    const key = `region ${id}`;
    if (id === null || key === this.hovered) return;
    this.hovered = key;
    const region = this.chart.body?.regions[id];
    if (!region) return;
    const state = this.stateOf(id);
    this.chart.say([this.chart.places.sided(region), ...state].join(": "));
    this.chart.emit("region-hover", { id, name: region.name, side: region.side });
  }

  regionPressed(id: number): void {
    const region = this.chart.body?.regions[id];
    if (region) this.chart.emit("region-select", { id, name: region.name, side: region.side });
  }

  /** What is shown of a region, in words. */
  private stateOf(id: number): string[] {
    const { show } = this.chart.words;
    return this.layers.flatMap((layer, n): string[] => {
      if (this.hidden.has(n)) return [];
      if (layer.type === "clearance") {
        const found = layer.regions.find((one) => one.id === id);
        return found ? [found.why ? `${show.level[found.level]} (${found.why})` : show.level[found.level]] : [];
      }
      if (layer.type === "hazards") return layer.regions.filter((one) => one.id === id).map((one) => one.title);
      if (layer.type === "zones") {
        const found = layer.regions.find((one) => one.id === id);
        return found ? [`${layer.title ?? show.zones}, ${found.weight === "main" ? show.zoneMain : show.zoneSpill}`] : [];
      }
      const painting = layer.type === "painting" ? layer.painting : layer.type === "timeline" ? layer.paintings[this.time]?.painting : null;
      if (!painting) return [];
      const found = this.measured(painting)?.regions.find((one) => one.id === id);
      return found && found.share > 0.04 ? [`${show.painting} ${Math.round(found.intensity)}`] : [];
    });
  }

  regionLook(id: number): RegionLook | null {
    for (const layer of this.layers) {
      if (layer.type === "clearance") {
        const found = layer.regions.find((one) => one.id === id);
        if (found) return { ...LEVEL_LOOK[found.level], strength: 5 };
      }
      if (layer.type === "zones") {
        const found = layer.regions.find((one) => one.id === id);
        if (found) return { ...SHOW_LOOK[found.weight === "main" ? "zoneMain" : "zoneSpill"], strength: 5 };
      }
      if (layer.type === "hazards" && layer.regions.some((one) => one.id === id)) return { ...SHOW_LOOK.hazard, strength: 2 };
    }
    const said = this.stateOf(id);
    return said.length ? { ...SHOW_LOOK.heat, strength: 6 } : null;
  }

  // List, legend, pins

  groups(): ListGroup[] {
    const { body, places, words } = this.chart;
    if (!body) return [];
    const muscles = this.muscles();
    const rows = [...new Set(muscles.map((one) => one.muscle))].map((id) => {
      const title = places.muscle(id, this.prints?.muscle(id)?.title);
      const button = (side: Side): ListGroup["rows"][number]["left"] => {
        const found = muscles.find((one) => one.muscle === id && one.side === side);
        if (!found) return null;
        const percent = say(words.show.probability, { n: Math.round(100 * found.probability) });
        const lit = this.lit?.id === id && this.lit.side === side;
        return { text: `${words.sideWord[side]} · ${percent}`, label: `${say(words.side[side], { name: title })}: ${percent}`, pressed: lit ? "true" : "false" };
      };
      return { key: `muscle:${id}`, title, search: places.muscleSearchText(id, title), left: button("left"), right: button("right") };
    });
    const regions = regionGroups(body, places, words, (region) => {
      const state = this.stateOf(region.id);
      if (!state.length) return null;
      return { text: `${words.sideWord[region.side]}: ${state.join(", ")}`, label: `${places.sided(region)}: ${state.join(", ")}`, pressed: null };
    });
    return rows.length ? [{ key: "muscles", title: words.list.muscles, count: "", rows }, ...regions] : regions;
  }

  rowPressed(key: string, side: Side): void {
    if (key.startsWith("muscle:")) {
      const id = key.slice("muscle:".length);
      const same = this.lit?.id === id && this.lit.side === side;
      this.highlight = same ? null : { id, side };
      this.chart.emit("muscle-select", this.lit && this.muscleDetail(this.lit));
      this.chart.listChanged();
      return;
    }
    const region = this.chart.body?.regions.find((one) => one.name === key && one.side === side);
    if (region) this.regionPressed(region.id);
  }

  rowHovered(key: string | null, side: Side): void {
    this.enter(key?.startsWith("muscle:") ? { id: key.slice("muscle:".length), side } : null);
  }

  pins(): Pin[] {
    const { words, places } = this.chart;
    return this.layers
      .flatMap((one, n) => (one.type === "points" && !this.hidden.has(n) ? one.points : []))
      .map((point, n) => {
        const muscle = point.muscle ? say(words.side[point.side], { name: places.muscle(point.muscle, this.prints?.muscle(point.muscle)?.title) }) : point.region;
        return { point, number: n + 1, chosen: false, label: `${say(words.point.number, { kind: words.kind[point.kind], n: n + 1 })}: ${muscle}` };
      });
  }

  pinPressed(n: number): void {
    const pin = this.pins()[n];
    if (!pin) return;
    this.chart.say(pin.label);
    this.chart.emit("point-select", { point: pin.point, index: n });
  }

  key(): boolean {
    return false;
  }

  wayChanged(): void {
    /* The legend is the same in every way. */
  }

  private measured(painting: Painting): Measured | null {
    const { body } = this.chart;
    if (!body) return null;
    let found = this.sizes.get(painting);
    if (!found) this.sizes.set(painting, (found = measure(painting, body.areas, body.triangles, body.regionOf, body.count)));
    return found;
  }

  private refresh(): void {
    const area = (painting: Painting): number => this.measured(painting)?.area_cm2 ?? 0;
    this.legend.show(this.layers, {
      hidden: this.hidden, time: this.time, compares: this.compares, lit: this.lit, area,
      title: (id) => this.chart.places.muscle(id, this.prints?.muscle(id)?.title),
    });
  }
}

