/** Signing out while entries wait on this device is asked about first. They stay here and are sent when the same person signs in again. */

import { make } from "../ui/make.ts";
import type { Entries } from "./entries.ts";
import { words } from "./words.ts";

export function guardSignOut(entries: Entries): void {
  document.addEventListener("submit", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-sign-out]");
    const n = entries.state.waiting;
    if (!form || !n) return;
    event.preventDefault();
    entries.again();
    ask(n, () => form.submit());
  }, true);
}

function ask(n: number, go: () => void): void {
  const dialog = make(
    "dialog", { class: "card", "aria-labelledby": "sign-out-title" },
    make("h2", { id: "sign-out-title" }, words.signOut.title(n)),
    make("p", {}, words.signOut.text),
    make("div", { class: "acts" },
      make("button", { type: "button", class: "button button--primary", onclick: () => dialog.close() }, words.signOut.stay),
      make("button", { type: "button", class: "button", onclick: go }, words.signOut.go)),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
