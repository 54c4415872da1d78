/** The tools for painting, within reach of a thumb. */

import { QUALITIES, QUALITY_LOOK, swatch } from "../appearance.ts";
import type { Quality, Words } from "../words.ts";
import { ICONS } from "./icons.ts";
import { Choice, iconButton, make } from "./make.ts";

export type Tool = "paint" | "erase" | "turn";
export type Brush = "small" | "middle" | "large";

interface Orders {
  tool(tool: Tool): void;
  quality(quality: Quality): void;
  intensity(intensity: number): void;
  brush(brush: Brush): void;
  undo(): void;
  redo(): void;
  mirror(): void;
  clear(): void;
}

interface State {
  tool: Tool;
  quality: Quality;
  intensity: number;
  brush: Brush;
  flat: boolean;
  /** A line drawing can be neither turned nor moved. */
  still: boolean;
  canUndo: boolean;
  canRedo: boolean;
  empty: boolean;
  soFar: string;
}

export class PaintDock {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly tools: Choice<Tool>;
  private readonly qualities: Choice<Quality>;
  private readonly brushes: Choice<Brush>;
  private readonly slider: HTMLInputElement;
  private readonly number: HTMLElement;
  private readonly word: HTMLElement;
  private readonly soFar: HTMLElement;
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly mirror: HTMLButtonElement;
  private readonly clear: HTMLButtonElement;

  constructor(words: Words, orders: Orders) {
    this.words = words;
    this.tools = new Choice(
      words.tool.label, "tools",
      (["paint", "erase", "turn"] as const).map((value) => ({ value, text: words.tool[value], html: ICONS[value] })),
      orders.tool,
    );
    this.qualities = new Choice(
      words.quality.label, "qualities",
      QUALITIES.map((value) => ({ value, text: words.quality[value], html: swatch(QUALITY_LOOK[value]) })),
      orders.quality,
    );
    this.brushes = new Choice(
      words.brush.label, "brushes",
      (["small", "middle", "large"] as const).map((value, n) => ({
        value, text: `${words.brush.label}: ${words.brush[value]}`, title: words.brush[value],
        html: `<i class="dot-${n + 1}"></i>`,
      })),
      orders.brush,
    );
    this.slider = make("input", {
      type: "range", min: 0, max: 10, step: 1, "aria-label": words.intensity.label,
      oninput: () => orders.intensity(Number(this.slider.value)),
    });
    this.number = make("span", { class: "number", "aria-hidden": "true" });
    this.word = make("span", { class: "word", "aria-hidden": "true" });
    this.undo = iconButton(ICONS.undo, words.undo, orders.undo, "only");
    this.redo = iconButton(ICONS.redo, words.redo, orders.redo, "only");
    this.mirror = iconButton(ICONS.mirror, words.mirror, orders.mirror);
    this.clear = iconButton(ICONS.clear, words.clear, orders.clear, "narrow-only");
    this.soFar = make("p", { class: "so-far" });
    this.element = make(
      "div", { class: "dock" },
      make("div", { class: "row spread" }, this.tools.element, make("div", { class: "row steps" }, this.undo, this.redo)),
      make(
        "div", {},
        make("div", { class: "label quiet" }, words.intensity.label),
        make("div", { class: "strength" }, this.number, this.slider, this.word),
      ),
      make("div", {}, make("div", { class: "label quiet" }, words.quality.label), this.qualities.element),
      make("div", { class: "row spread last" }, this.brushes.element, make("div", { class: "row" }, this.mirror, this.clear)),
      this.soFar,
    );
  }

  show(state: State): void {
    const { words } = this;
    this.tools.value = state.tool;
    this.tools.button("turn").querySelector("span")!.textContent = state.flat ? words.tool.move : words.tool.turn;
    this.tools.button("turn").hidden = state.still;
    this.qualities.value = state.quality;
    this.brushes.value = state.brush;
    const level = words.intensity.level[state.intensity] ?? "";
    this.slider.value = String(state.intensity);
    this.slider.setAttribute("aria-valuetext", `${state.intensity}, ${level}`);
    this.slider.style.setProperty("--slide", QUALITY_LOOK[state.quality].colour);
    this.number.textContent = String(state.intensity);
    this.word.textContent = level;
    this.undo.disabled = !state.canUndo;
    this.redo.disabled = !state.canRedo;
    this.mirror.disabled = this.clear.disabled = state.empty;
    this.soFar.replaceChildren(state.empty ? state.soFar : make("span", {}, make("b", {}, `${words.places.label}: `), state.soFar));
  }
}
