/** Tells whether what was written is kept, waits or is not kept: in words, and to a screen reader when it changes. */

import { make } from "../ui/make.ts";
import type { Entries, State } from "./entries.ts";
import { words } from "./words.ts";

type Sort = "kept" | "waiting" | "not-kept";

/** Shorter than this nobody needs to be told that something is on its way. */
const QUIET_MS = 1200;
const PLACES = "#saved, [data-entries-status]";

export class Saved {
  private readonly entries: Entries;
  private readonly again: HTMLButtonElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shown: { sort: Sort; text: string } = { sort: "kept", text: words.kept };

  constructor(entries: Entries) {
    this.entries = entries;
    this.again = make("button", { type: "button", class: "button button--quiet", hidden: true, onclick: () => entries.again() }, words.tryNow);
    entries.on((news) => {
      if (news.kind === "state") this.hear(news.state);
    });
  }

  /** Parts of the page may have come anew. */
  refresh(): void {
    const places = document.querySelectorAll<HTMLElement>(PLACES);
    for (const place of places) this.write(place);
    const [first] = places;
    if (first && !this.again.isConnected) first.after(this.again);
  }

  private hear(state: State): void {
    clearTimeout(this.timer);
    const next = told(state, this.entries.who);
    const show = (): void => {
      this.shown = next;
      this.again.hidden = state.trouble === null;
      if (next.sort !== "kept" && !document.querySelector(PLACES)) makePlace();
      this.refresh();
    };
    // What is kept within a moment is not worth a word; what is not kept is told at once.
    if (next.sort === "waiting" && !state.trouble) this.timer = setTimeout(show, QUIET_MS);
    else show();
  }

  private write(place: HTMLElement): void {
    const { sort, text } = this.shown;
    const line = place.querySelector<HTMLElement>(".saved__words") ?? place.appendChild(make("span", { class: "saved__words" }));
    // Writing the same again would make a screen reader say it again.
    if (line.textContent === text && place.dataset["state"] === sort) return;
    place.classList.remove("is-kept", "is-waiting", "is-not-kept");
    place.classList.add(`is-${sort}`);
    place.dataset["state"] = sort;
    if (line.textContent !== text) line.textContent = text;
  }
}

/** The state in words. */
export function told(state: State, who: string): { sort: Sort; text: string } {
  const { waiting, fleeting, others, aside, trouble, why } = state;
  const parts: string[] = [];
  if (fleeting) parts.push(words.fleeting(fleeting));
  if (aside.length) parts.push(`${words.aside.title(aside.length)}.`);
  if (waiting && who) parts.push(`${words.waiting(waiting)}${trouble ? `: ${(why || words.trouble[trouble]).replace(/\.$/, "")}` : ""}.`);
  if (others) parts.push(who ? words.others(others) : words.nobody(others));
  if (!parts.length) return { sort: "kept", text: words.kept };
  return { sort: fleeting || aside.length ? "not-kept" : "waiting", text: parts.join(" ") };
}

function makePlace(): void {
  const place = make("p", { class: "saved is-kept", id: "saved", role: "status", "aria-live": "polite" }, make("span", { class: "symbol", "aria-hidden": "true" }));
  (document.querySelector("main") ?? document.body).prepend(place);
}
