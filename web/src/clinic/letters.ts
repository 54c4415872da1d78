/** Letters that do what a tile does, shown on it. They can be turned off, as they get in the way of voice control (WCAG 2.1.4). */

import { make } from "../ui/make.ts";

const OFF = "needlepoint-letters-off";

export class Letters {
  on: boolean;
  private readonly root: HTMLElement;
  private readonly current: () => HTMLElement | null;
  private readonly chosen: (n: number) => void;

  constructor(root: HTMLElement, current: () => HTMLElement | null, chosen: (n: number) => void, signal: AbortSignal) {
    this.root = root;
    this.current = current;
    this.chosen = chosen;
    this.on = remembered() !== "1";
    document.addEventListener("keydown", (event) => this.pressed(event), { signal });
    this.show();
  }

  turn(on: boolean): void {
    this.on = on;
    remember(on ? "" : "1");
    this.show();
  }

  /** Write the letters on the tiles, also on those that came since. */
  show(): void {
    for (const tile of this.root.querySelectorAll<HTMLElement>("[data-letter]")) {
      const shown = tile.querySelector(":scope > kbd");
      if (!this.on) {
        shown?.remove();
        tile.removeAttribute("aria-keyshortcuts");
      } else if (!shown) {
        const letter = tile.dataset["letter"]!.toUpperCase();
        tile.append(make("kbd", { class: "letter", "aria-hidden": "true" }, letter));
        tile.setAttribute("aria-keyshortcuts", letter);
      }
    }
  }

  private pressed(event: KeyboardEvent): void {
    if (!this.on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented || !this.root.isConnected) return;
    const at = event.composedPath()[0];
    if (at instanceof HTMLElement && (at.isContentEditable || at.matches("input:not([type=radio], [type=checkbox]), textarea, select"))) return;
    if (document.querySelector("dialog[open]")) return;
    if (/^[1-9]$/.test(event.key)) this.chosen(Number(event.key));
    else {
      const tile = this.find(event.key.toLowerCase());
      if (!tile) return;
      tile.click();
      if (tile.localName === "summary") tile.focus();
    }
    event.preventDefault();
  }

  /** The tile of the chosen card, else the one that belongs to no card. */
  private find(letter: string): HTMLElement | null {
    if (!/^[a-z]$/.test(letter)) return null;
    const [inCard] = this.current()?.querySelectorAll<HTMLElement>(`[data-letter="${letter}"]`) ?? [];
    return inCard ?? [...this.root.querySelectorAll<HTMLElement>(`[data-letter="${letter}"]`)].find((one) => !one.closest("[data-site]")) ?? null;
  }
}

function remembered(): string {
  try {
    return localStorage.getItem(OFF) ?? "";
  } catch {
    return "";
  }
}

function remember(value: string): void {
  try {
    localStorage.setItem(OFF, value);
  } catch {
    // It holds for this page then.
  }
}
