/** The line that says what was done last, with the one big button that takes it back. */

import { make } from "../ui/make.ts";
import { tileOf } from "./tile.ts";
import { clockTime } from "./timers.ts";
import { words } from "./words.ts";

export class UndoBar {
  private readonly place: HTMLElement;
  private readonly text: HTMLElement;
  private readonly undo: HTMLButtonElement;
  private readonly back: HTMLButtonElement;

  constructor(root: HTMLElement) {
    this.place = root.querySelector<HTMLElement>("#undo, .undo") ?? root.appendChild(make("div", { class: "undo", id: "undo" }));
    // A screen reader hears here what each tap has done.
    this.text = this.place.querySelector<HTMLElement>(".undo__words") ?? make("p", { class: "undo__words", role: "status" });
    const own = this.place.querySelector<HTMLButtonElement>("button");
    this.undo = make("button", { type: "button", class: own?.className ?? "button", "data-undo": true, "data-letter": "u" }, make("span", { class: "symbol is-undo", "aria-hidden": "true" }), words.capture.undo);
    this.back = make("button", { type: "button", class: "button", "data-back": true }, words.capture.back);
    this.place.replaceChildren(this.text, make("div", { class: "acts" }, this.back, this.undo));
    root.querySelectorAll<HTMLButtonElement>("button").forEach((one) => {
      // One way to take back is enough; the page's own is for those without scripts.
      if (one !== this.undo && tileOf(one)?.special === "undo") one.hidden = true;
    });
  }

  show(last: { words: string; at: string } | null, undone: string | null): void {
    this.place.classList.toggle("undo--nothing", !last && !undone);
    const said = undone ? words.capture.undone(undone) : (last?.words ?? words.capture.undoNothing);
    const time = !undone && last ? make("small", {}, clockTime(last.at)) : null;
    if (this.text.firstChild?.textContent !== said) this.text.replaceChildren(said, ...(time ? [time] : []));
    this.back.hidden = !undone;
    this.undo.disabled = !last;
    this.undo.title = last ? words.capture.undoWhat(last.words) : "";
  }
}
