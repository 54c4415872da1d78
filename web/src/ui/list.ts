/** The list: every place by name, for a keyboard, a screen reader, or whoever would rather read than draw. */

import { matches } from "../core/places.ts";
import type { ListGroup, ListRow } from "../modes/mode.ts";
import { say, type Words } from "../words.ts";
import { ICONS } from "./icons.ts";
import { make } from "./make.ts";

interface Orders {
  pressed(key: string, side: "left" | "right"): void;
  hovered(key: string | null, side: "left" | "right"): void;
}

export class PlaceList {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly orders: Orders;
  private readonly search: HTMLInputElement;
  private readonly rows: HTMLElement;
  private readonly count: HTMLElement;
  private readonly open = new Set<string>();
  private groups: ListGroup[] = [];

  constructor(words: Words, label: string, orders: Orders) {
    this.words = words;
    this.orders = orders;
    this.search = make("input", {
      type: "search", placeholder: label, "aria-label": label, autocomplete: "off", enterkeyhint: "search",
      oninput: () => this.draw(),
    });
    this.count = make("p", { class: "unseen", role: "status" });
    this.rows = make("div", { class: "rows" });
    this.element = make(
      "div", { class: "list", hidden: true },
      make("div", { class: "find", html: ICONS.search }, this.search), this.count, this.rows,
    );
  }

  focus(): void {
    this.search.focus();
  }

  /** New content. Rows that are already there change in place, so that the keyboard does not lose its button. */
  show(groups: ListGroup[]): void {
    const same = this.shape(groups) === this.shape(this.groups);
    this.groups = groups;
    if (!same || !this.rows.childElementCount) return this.draw();
    for (const group of groups) {
      const count = this.rows.querySelector(`details[data-key="${group.key}"] .count`);
      if (count) count.textContent = group.count;
      for (const row of group.rows) {
        for (const side of ["left", "right"] as const) {
          const button = this.rows.querySelector<HTMLButtonElement>(`button[data-key="${CSS.escape(row.key)}"][data-side="${side}"]`);
          if (button && row[side]) this.fill(button, row, side);
        }
      }
    }
  }

  private shape(groups: ListGroup[]): string {
    return groups.map((group) => group.key + group.rows.map((row) => `${row.key}${row.left ? 1 : 0}${row.right ? 1 : 0}`).join()).join();
  }

  private draw(): void {
    const typed = this.search.value.trim();
    const found = this.groups
      .map((group) => ({ ...group, rows: typed ? group.rows.filter((row) => matches(row.search, typed)) : group.rows }))
      .filter((group) => group.rows.length);
    const total = found.reduce((sum, group) => sum + group.rows.length, 0);
    const { none, found: many, foundOne } = this.words.list;
    this.count.textContent = typed ? (total === 0 ? none : total === 1 ? foundOne : say(many, { n: total })) : "";
    this.rows.replaceChildren(
      ...found.map((group) => this.group(group, Boolean(typed) || found.length === 1)),
      ...(total ? [] : [make("p", { class: "empty" }, none)]),
    );
  }

  private group(group: ListGroup, opened: boolean): HTMLElement {
    const details = make(
      "details", { "data-key": group.key, open: opened || this.open.has(group.key) },
      make("summary", {}, make("span", {}, group.title), make("span", { class: "count" }, group.count)),
      ...group.rows.map((row) =>
        make(
          "div", { class: "entry" }, make("span", {}, row.title),
          make("div", { class: "both" }, this.button(row, "right"), this.button(row, "left")),
        ),
      ),
    );
    details.addEventListener("toggle", () => {
      if (details.open) this.open.add(group.key);
      else this.open.delete(group.key);
    });
    return details;
  }

  private button(row: ListRow, side: "left" | "right"): HTMLElement {
    if (!row[side]) return make("span");
    const { pressed, hovered } = this.orders;
    const button = make("button", {
      type: "button", "data-key": row.key, "data-side": side,
      onclick: () => pressed(row.key, side),
      onpointerenter: () => hovered(row.key, side), onpointerleave: () => hovered(null, side),
      onfocus: () => hovered(row.key, side), onblur: () => hovered(null, side),
    });
    this.fill(button, row, side);
    return button;
  }

  private fill(button: HTMLButtonElement, row: ListRow, side: "left" | "right"): void {
    const state = row[side]!;
    if (state.pressed) button.setAttribute("aria-pressed", state.pressed);
    button.setAttribute("aria-label", state.label);
    button.textContent = state.text;
    if (state.swatch) button.insertAdjacentHTML("afterbegin", state.swatch);
  }
}
