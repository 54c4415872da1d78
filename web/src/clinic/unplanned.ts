/** A tap at a muscle that is not in the plan: one more tap says that it is meant, or which planned muscle was meant. */

import { make } from "../ui/make.ts";
import { words } from "./words.ts";

export interface Asked {
  title: string;
  instead: { title: string; card: HTMLElement }[];
  /** `null`: a needle into this muscle all the same. */
  chosen: (card: HTMLElement | null) => void;
  /** Nothing is meant. */
  given: () => void;
}

export function unplanned(root: HTMLElement, { title, instead, chosen, given }: Asked): void {
  const place = root.querySelector<HTMLElement>("[data-unplanned]") ?? made(root);
  const close = (): void => {
    place.hidden = true;
    place.replaceChildren();
  };
  const button = (kind: string, text: string, then: () => void): HTMLButtonElement => make("button", { type: "button", class: kind, onclick: () => { close(); then(); } }, text);
  const first = button("tile tile--primary", words.capture.unplannedDo, () => chosen(null));
  place.replaceChildren(make(
    "div", { class: "says is-weigh unplanned", role: "group", "aria-labelledby": "unplanned-title" },
    make("span", { class: "symbol", "aria-hidden": "true" }),
    make("p", { class: "says__title", id: "unplanned-title" }, words.capture.unplanned(title)),
    make("div", { class: "tiles tiles--two" }, first, ...instead.map((one) => button("tile", words.capture.instead(one.title), () => chosen(one.card))), button("tile", words.capture.cancel, given)),
  ));
  place.hidden = false;
  place.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    close();
    given();
  };
  first.focus();
}

function made(root: HTMLElement): HTMLElement {
  const place = make("div", { "data-unplanned": true });
  const chart = root.querySelector("body-chart");
  const before = chart?.closest(".capture__chart") ?? chart;
  if (before) before.after(place);
  else root.prepend(place);
  return place;
}
