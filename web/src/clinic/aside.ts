/** Entries that the server did not take. None is thrown away: each can be read, copied into an addendum, tried again, and only then removed. */

import { make } from "../ui/make.ts";
import type { Entries } from "./entries.ts";
import type { Entry } from "./entry.ts";
import type { Waiting } from "./shelves.ts";
import { clockTime } from "./timers.ts";
import { words } from "./words.ts";

export class Aside {
  private readonly entries: Entries;
  private shown = "";
  private describing: (entry: Entry) => string | null = () => null;

  constructor(entries: Entries) {
    this.entries = entries;
    entries.on((news) => {
      if (news.kind === "state") this.draw(news.state.aside);
    });
  }

  describe(by: (entry: Entry) => string | null): void {
    this.describing = by;
    this.draw(this.entries.state.aside);
  }

  private draw(aside: Waiting[]): void {
    const told = aside.map(({ entry }) => inWords(entry, this.describing(entry)));
    if (told.join("\n") === this.shown) return;
    this.shown = told.join("\n");
    const place = document.querySelector<HTMLElement>("[data-set-aside]") ?? made();
    place.hidden = aside.length === 0;
    place.replaceChildren(
      make("h2", { id: "set-aside-title" }, words.aside.title(aside.length)),
      make("ul", { class: "set-aside__list" }, ...aside.map((one, n) => this.item(one, told[n]!))),
    );
  }

  private item({ entry, aside }: Waiting, text: string): HTMLElement {
    const addendum = document.querySelector<HTMLTextAreaElement>("textarea[data-addendum]");
    const remove = make("button", { type: "button", class: "button button--quiet", disabled: true, onclick: () => {
      // Once to ask, once to do it.
      if (remove.textContent === words.aside.removeSure) void this.entries.discard([entry.id]);
      else remove.textContent = words.aside.removeSure;
    } }, words.aside.remove);
    const copied = (): void => { remove.disabled = false; };
    const copy = make("button", { type: "button", class: "button", onclick: async () => {
      await navigator.clipboard.writeText(text);
      copy.textContent = words.aside.copied;
      copied();
    } }, words.aside.copy);
    const into = addendum && make("button", { type: "button", class: "button", onclick: () => {
      addendum.value = [addendum.value, text].filter(Boolean).join("\n");
      addendum.dispatchEvent(new Event("input", { bubbles: true }));
      copied();
    } }, words.aside.intoAddendum);
    return make(
      "li", { class: "set-aside__item" },
      make("p", {}, text),
      make("p", { class: "small" }, aside?.why || (aside?.signed ? words.aside.signed : aside?.again ? words.aside.denied : words.aside.unreadable)),
      make("div", { class: "acts" }, copy, into, !aside?.signed && make("button", { type: "button", class: "button button--quiet", onclick: () => void this.entries.retry([entry.id]) }, words.aside.retry), remove),
    );
  }
}

/** An entry as a line that a person can read. `known`: what it was, by somebody who knows its needle. */
export function inWords({ kind, at, body }: Entry, known: string | null = null): string {
  const when = `${at.slice(0, 10)} ${clockTime(at)}`;
  if (kind === "wrote") return `${when} ${String(body["field"])}: ${plain(body["value"])}`;
  if (known) return `${when} ${known}`;
  const told = Object.entries(body).filter(([, value]) => value !== null).map(([key, value]) => `${key.replaceAll("_", " ")} ${plain(value)}`);
  return `${when} ${words.capture.kind[kind] ?? kind}${told.length ? `: ${told.join(", ")}` : ""}`;
}

/** The beginning of an id tells it apart, and can be read aloud. */
function plain(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? value.slice(0, 8) : value;
}

function made(): HTMLElement {
  const place = make("section", { class: "set-aside card", "data-set-aside": true, "aria-labelledby": "set-aside-title" });
  (document.querySelector("main") ?? document.body).prepend(place);
  return place;
}
