/** What is shown, in words: every colour and pattern with its meaning. */

import { LEVEL_LOOK, LEVELS, SHOW_LOOK, swatch } from "../appearance.ts";
import type { ReadLayer } from "../core/layers.ts";
import type { Painting } from "../core/painting.ts";
import type { MuscleRef } from "../modes/show.ts";
import { say, type Words } from "../words.ts";
import { make } from "./make.ts";

interface Orders {
  toggle(layer: number): void;
  time(n: number): void;
  compare(): void;
  muscle(muscle: MuscleRef | null): void;
  choose(muscle: MuscleRef | null): void;
}

interface State {
  hidden: ReadonlySet<number>;
  time: number;
  compares: boolean;
  lit: MuscleRef | null;
  area(painting: Painting): number;
  title(muscle: string): string;
}

export class Legend {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly orders: Orders;
  private readonly body: HTMLElement;
  private readonly passing: HTMLElement;

  constructor(words: Words, orders: Orders) {
    this.words = words;
    this.orders = orders;
    this.body = make("div", { class: "legend" });
    this.passing = make("div", { class: "legend", hidden: true });
    this.element = make("div", { class: "dock", role: "region", "aria-label": words.show.legend }, this.body, this.passing);
  }

  show(layers: ReadLayer[], state: State): void {
    const { show } = this.words;
    // The button or slider that was used is made anew; the keyboard must not lose it.
    const root = this.element.getRootNode() as Document | ShadowRoot;
    const held = (root.activeElement as HTMLElement | null)?.dataset.key;
    this.body.replaceChildren(
      ...(layers.length ? layers.map((layer, n) => this.section(layer, n, state)) : [make("p", { class: "so-far" }, show.nothing)]),
    );
    if (held) this.body.querySelector<HTMLElement>(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  private section(layer: ReadLayer, n: number, state: State): HTMLElement {
    const { show } = this.words;
    const names = {
      painting: show.painting, timeline: show.painting, clearance: show.clearance, hazards: show.hazards,
      muscles: show.muscles, zones: show.zones, points: show.points,
    };
    const title = layer.title ?? names[layer.type];
    const off = state.hidden.has(n);
    return make(
      "section", {},
      make(
        "h3", {}, title,
        make("button", { type: "button", "data-key": `toggle-${n}`, "aria-label": `${off ? show.show : show.hide}: ${title}`, onclick: () => this.orders.toggle(n) }, off ? show.show : show.hide),
      ),
      off ? null : this.content(layer, n, state),
    );
  }

  private content(layer: ReadLayer, n: number, state: State): HTMLElement {
    const { show, kind } = this.words;
    switch (layer.type) {
      case "painting":
        return make("div", { class: "stack" }, this.ramp("heat", show.paintingScale), make("small", {}, `${Math.round(state.area(layer.painting))} cm²`));
      case "timeline":
        return this.timeline(layer, n, state);
      case "clearance":
        return make(
          "ul", {},
          ...LEVELS.filter((level) => layer.regions.some((one) => one.level === level)).reverse().map((level) =>
            make("li", { html: swatch(LEVEL_LOOK[level], 4) }, make("span", {}, make("b", {}, show.level[level]), make("small", {}, show.levelMeans[level]))),
          ),
        );
      case "hazards":
        return make(
          "ul", {},
          ...[...new Set(layer.regions.map((one) => one.title))].map((one) => make("li", { html: swatch(SHOW_LOOK.hazard, 2) }, make("span", {}, one))),
        );
      case "zones":
        return this.zones(layer);
      case "muscles":
        return make("div", {}, this.muscles(layer, state), this.ramp("likely", show.musclesScale));
      case "points":
        return make(
          "ul", {},
          ...(["trigger-point", "needle-site"] as const).filter((one) => layer.points.some((point) => point.kind === one)).map((one) =>
            make("li", {}, make("span", { class: `pin badge ${one}`, "aria-hidden": "true" }), make("span", {}, kind[one])),
          ),
        );
    }
  }

  private zones({ regions }: Extract<ReadLayer, { type: "zones" }>): HTMLElement {
    const { show } = this.words;
    const spills = regions.some((one) => one.weight === "spill");
    return make(
      "ul", {},
      make("li", { html: swatch(SHOW_LOOK.zoneMain, 6) }, make("span", {}, show.zoneMain)),
      spills && make("li", { html: swatch(SHOW_LOOK.zoneSpill, 4) }, make("span", {}, show.zoneSpill)),
    );
  }

  /** The meaning of zones that are shown for a moment. */
  showZones(layer: Extract<ReadLayer, { type: "zones" }> | null): void {
    this.passing.hidden = !layer;
    this.passing.replaceChildren(...(layer ? [make("section", {}, make("h3", {}, layer.title ?? this.words.show.zones), this.zones(layer))] : []));
  }

  private ramp(which: "heat" | "likely", [low, high]: string[]): HTMLElement {
    return make("div", { class: "scale" }, make("div", { class: `ramp ${which}` }), make("div", { class: "ends" }, make("span", {}, low), make("span", {}, high)));
  }

  private muscles(layer: Extract<ReadLayer, { type: "muscles" }>, state: State): HTMLElement {
    const { side, show } = this.words;
    const { muscle: hover, choose } = this.orders;
    const best = [...layer.muscles].sort((p, q) => q.probability - p.probability).slice(0, 8);
    return make(
      "ol", {},
      ...best.map((one) => {
        const ref = { id: one.muscle, side: one.side };
        const lit = state.lit?.id === ref.id && state.lit.side === ref.side;
        const percent = Math.round(100 * one.probability);
        return make(
          "li", {},
          make(
            "button",
            {
              type: "button", "aria-pressed": String(lit), "data-key": `muscle-${ref.id}-${ref.side}`, onclick: () => choose(lit ? null : ref),
              onpointerenter: () => hover(ref), onpointerleave: () => hover(null), onfocus: () => hover(ref), onblur: () => hover(null),
            },
            bar(percent),
            make("span", {}, say(side[one.side], { name: state.title(one.muscle) }), " ", make("b", {}, say(show.probability, { n: percent }))),
          ),
        );
      }),
    );
  }

  private timeline(layer: Extract<ReadLayer, { type: "timeline" }>, n: number, state: State): HTMLElement {
    const { show } = this.words;
    const last = layer.paintings.length - 1;
    const label = layer.paintings[state.time]?.label ?? "";
    const [before, after] = [layer.paintings[0]!, layer.paintings[last]!].map((one) => Math.round(state.area(one.painting)));
    const output = make("output", {}, label);
    const slider = make("input", {
      type: "range", min: 0, max: last, step: 1, value: state.time, "aria-label": show.time, "aria-valuetext": label, "data-key": `time-${n}`,
      oninput: () => {
        const at = Number(slider.value);
        output.textContent = layer.paintings[at]?.label ?? "";
        slider.setAttribute("aria-valuetext", output.textContent);
        this.orders.time(at);
      },
    });
    const compare = make("button", { type: "button", class: "plain", "data-key": `compare-${n}`, "aria-pressed": String(state.compares), onclick: () => this.orders.compare() }, show.compare);
    const means = (["gone", "stayed", "fresh"] as const).map((one) =>
      make("li", { html: swatch(SHOW_LOOK[one], 6) }, make("span", {}, show.compareMeans[one])),
    );
    return make(
      "div", { class: "stack" },
      state.compares ? make("ul", {}, ...means) : make("div", { class: "times" }, output, last > 0 ? slider : null),
      state.compares ? null : this.ramp("heat", show.paintingScale),
      make("small", {}, say(show.change, { before: before!, after: after! })),
      last > 0 ? make("div", {}, compare) : null,
    );
  }
}

/** A bar as long as a percentage. Its length is set here, because a strict page forbids styles written into HTML. */
function bar(percent: number): HTMLElement {
  const filled = make("i");
  filled.style.inlineSize = `${percent}%`;
  return make("span", { class: "bar", "aria-hidden": "true" }, filled);
}
