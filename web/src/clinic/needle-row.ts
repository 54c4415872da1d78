/** One needle in the list: its number, place, time and twitches, and the buttons for a twitch and for taking it out. */

import { make } from "../ui/make.ts";
import { elapsed } from "./timers.ts";
import type { Needle } from "./fold.ts";
import { words } from "./words.ts";

export interface NeedleShown {
  number: number;
  title: string;
  chosen: boolean;
  /** Minutes after which a needle without a time of its own is loud. */
  loudAfter: number | null;
}

export class NeedleRow {
  readonly element: HTMLElement;
  private readonly number: HTMLButtonElement;
  private readonly place = make("b");
  private readonly about = make("span");
  private readonly timer: HTMLElement;
  private readonly word = make("span", { class: "timer__word" });
  private readonly minutes = make("span", { class: "timer__minutes" });
  private readonly count = make("span", { class: "number" });
  private readonly acts: HTMLElement;

  constructor({ needle }: Needle) {
    this.number = make("button", { type: "button", class: "needle__number", "data-choose": needle });
    this.timer = make("span", { class: "timer" }, make("span", { class: "symbol is-clock", "aria-hidden": "true" }), this.word, " ", this.minutes);
    this.acts = make(
      "div", { class: "needle__acts" },
      make("button", { type: "button", class: "button", "data-act": "twitch", "data-needle": needle }, make("span", { class: "symbol is-twitch", "aria-hidden": "true" }), words.capture.twitch, " ", this.count),
      make("button", { type: "button", class: "button", value: JSON.stringify({ kind: "needle-out", body: { needle, intact: true } }) }, make("span", { class: "symbol is-out", "aria-hidden": "true" }), words.capture.outWhole),
      make("button", { type: "button", class: "button button--quiet needle__broken", value: JSON.stringify({ kind: "needle-out", body: { needle, intact: false } }) }, words.capture.outBroken),
    );
    for (const button of this.acts.querySelectorAll("button")) button.append(make("span", { class: "unseen" }));
    this.element = make(
      "li", { class: "needle", "data-needle": needle }, this.number, make("div", { class: "needle__place" }, this.place, this.about), this.timer, this.acts,
    );
  }

  show(needle: Needle, { number, title, chosen, loudAfter }: NeedleShown): void {
    const out = needle.out_at !== null;
    this.number.textContent = String(number);
    this.number.setAttribute("aria-label", words.capture.choose(number));
    this.number.setAttribute("aria-pressed", String(chosen));
    this.number.disabled = out;
    this.place.textContent = title;
    this.about.textContent = about(needle);
    this.count.textContent = String(needle.twitches);
    for (const unseen of this.acts.querySelectorAll(".unseen")) unseen.textContent = `, ${words.capture.at(words.capture.needle(number), title)}`;
    this.acts.hidden = out;
    this.element.classList.toggle("is-chosen", chosen && !out);
    this.element.classList.toggle("is-gone", out);
    this.time(needle, number, title, loudAfter);
  }

  private time(needle: Needle, number: number, title: string, loudAfter: number | null): void {
    const { timer } = this;
    if (needle.out_at !== null) {
      delete timer.dataset["since"];
      timer.classList.remove("is-due", "is-late");
      this.element.classList.remove("is-late");
      this.word.textContent = needle.intact === false ? words.capture.broken : words.capture.out;
      this.minutes.textContent = elapsed(Math.floor((Date.parse(needle.out_at) - Date.parse(needle.in_at)) / 1000));
      return;
    }
    const minutes = needle.stays_minutes ?? loudAfter;
    timer.dataset["since"] = needle.in_at;
    timer.dataset["name"] = words.capture.at(words.capture.needle(number), title);
    if (minutes === null) delete timer.dataset["due"];
    else timer.dataset["due"] = new Date(Date.parse(needle.in_at) + minutes * 60_000).toISOString();
  }
}

function about({ length_mm, diameter_mm, twitches, lot, stays_minutes }: Needle): string {
  const size = length_mm !== null && diameter_mm !== null ? words.capture.size(length_mm, diameter_mm) : words.capture.noSize;
  return [size, lot && words.capture.lot(lot), twitches && words.capture.twitches(twitches), stays_minutes && words.capture.stays(stays_minutes)].filter(Boolean).join(", ");
}

/** A list of rows that keeps its elements, so that a finger or the focus on one of them stays where it is. */
export class NeedleRows {
  private readonly rows = new Map<string, NeedleRow>();
  private readonly list: HTMLElement;

  constructor(list: HTMLElement) {
    this.list = list;
    list.replaceChildren();
  }

  show(needles: Needle[], shown: (needle: Needle) => NeedleShown): void {
    // Those that are in come first.
    const ordered = [...needles.filter(({ out_at }) => out_at === null), ...needles.filter(({ out_at }) => out_at !== null)];
    for (const [id, row] of this.rows) {
      if (ordered.some(({ needle }) => needle === id)) continue;
      row.element.remove();
      this.rows.delete(id);
    }
    ordered.forEach((needle, n) => {
      let row = this.rows.get(needle.needle);
      if (!row) this.rows.set(needle.needle, (row = new NeedleRow(needle)));
      row.show(needle, shown(needle));
      if (this.list.children[n] !== row.element) this.list.insertBefore(row.element, this.list.children[n] ?? null);
    });
  }
}
