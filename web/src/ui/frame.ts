/** The frame that stands at once: heading, ways, stage with its labels, and room for the dock. */

import type { View, Way, ZoomTo } from "../stage/stage.ts";
import type { Words } from "../words.ts";
import { ICONS } from "./icons.ts";
import { Choice, make } from "./make.ts";
import { SILHOUETTE } from "./silhouette.ts";

export type ZoomButton = ZoomTo | "closer" | "further";

interface Orders {
  way(way: Way): void;
  view(view: View): void;
  zoom(to: ZoomButton): void;
  retry(): void;
}

export class Frame {
  readonly element: HTMLElement;
  readonly stage: HTMLElement;
  readonly area: HTMLElement;
  readonly pins: HTMLElement;
  readonly ways: Choice<Way>;
  readonly views: Choice<View>;
  readonly zooms: Choice<ZoomButton>;
  private readonly sides: [HTMLElement, HTMLElement];
  private readonly sidesRow: HTMLElement;
  private readonly spoken: HTMLElement;
  private readonly note: HTMLElement;
  private readonly trouble: HTMLElement;
  private readonly heading: HTMLElement;
  private readonly how: HTMLElement;
  private silence = 0;

  constructor(words: Words, orders: Orders) {
    this.ways = new Choice(
      words.way.label, "ways",
      [
        { value: "3d", text: words.way["3d"], html: ICONS.cube },
        { value: "flat", text: words.way.flat, html: ICONS.flat },
        { value: "list", text: words.way.list, html: ICONS.list },
      ],
      orders.way,
    );
    this.views = new Choice(
      words.view.label, "views",
      (["front", "back", "right", "left"] as const).map((value) => ({ value, text: words.view[value] })),
      orders.view,
    );
    this.zooms = new Choice(
      words.zoom.label, "zooms",
      [
        ...(["whole", "head", "hands", "feet"] as const).map((value) => ({ value: value as ZoomButton, text: words.zoom[value], html: ICONS[value] })),
        { value: "closer", text: words.zoom.in, html: ICONS.closer },
        { value: "further", text: words.zoom.out, html: ICONS.further },
      ],
      orders.zoom,
    );
    for (const one of ["closer", "further"] as const) this.zooms.button(one).classList.add("fine");
    this.sides = [make("span", { class: "side" }), make("span", { class: "side" })];
    this.sidesRow = make("div", { class: "sides" }, ...this.sides);
    this.spoken = make("div", { role: "status", "aria-live": "polite" });
    this.note = make("p", { class: "note", hidden: true });
    this.trouble = make("div", { class: "trouble", hidden: true, role: "alert" }, make("p", {}, words.failed), make("button", { type: "button", class: "plain", onclick: orders.retry }, words.tryAgain));
    this.pins = make("div", { class: "pins" });
    this.stage = make("div", { class: "stage", role: "application", tabindex: 0, "aria-label": words.chart, html: SILHOUETTE });
    this.area = make(
      "div", { class: "stage-area", "aria-busy": "true" },
      this.stage, this.pins, this.sidesRow, this.views.element, this.zooms.element, this.trouble,
      make("div", { class: "said" }, this.spoken),
    );
    this.heading = make("h2");
    this.how = make("p");
    this.element = make("div", { class: "chart" }, make("div", { class: "top" }, make("div", {}, this.heading, this.how, this.note), this.ways.element), this.area);
  }

  ask(heading: string, how: string): void {
    this.heading.textContent = heading;
    this.how.textContent = how;
    this.heading.hidden = heading === "";
  }

  say(text: string): void {
    clearTimeout(this.silence);
    // A reader says the same words again only when they came anew.
    if (this.spoken.textContent === text) this.spoken.textContent = "";
    this.spoken.textContent = text;
    this.silence = window.setTimeout(() => (this.spoken.textContent = ""), 7000);
  }

  /** What lies at the left and at the right edge of the screen. */
  label(left: string, right: string): void {
    if (this.sides[0].textContent !== left) this.sides[0].textContent = left;
    if (this.sides[1].textContent !== right) this.sides[1].textContent = right;
  }

  tell(note: string): void {
    this.note.textContent = note;
    this.note.hidden = note === "";
  }

  fail(failed: boolean): void {
    this.trouble.hidden = !failed;
    this.area.setAttribute("aria-busy", "false");
  }

  /** The list lies over the stage; what belongs to the stage steps back. */
  showList(list: boolean): void {
    for (const one of [this.stage, this.pins, this.sidesRow, this.views.element, this.zooms.element]) one.hidden = list;
  }
}
