/** The cards of the places that are needled: those of the plan, and those that came up. */

import { make } from "../ui/make.ts";
import type { Body } from "./entry.ts";
import { words } from "./words.ts";

export interface Place {
  muscle: string;
  side: string;
}

export class SiteCards {
  current: HTMLElement | null = null;
  private readonly root: HTMLElement;

  constructor(root: HTMLElement) {
    this.root = root;
    this.choose(this.all[0] ?? null);
  }

  get all(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>("[data-site]")].filter((one) => one.dataset["site"]);
  }

  of(muscle: string | null, side: string | null): HTMLElement | null {
    return this.all.find((one) => one.dataset["site"] === `${muscle}/${side}`) ?? null;
  }

  /** The card around an element. */
  around(element: Element): HTMLElement | null {
    return element.closest<HTMLElement>("[data-site]");
  }

  place(card: HTMLElement): Place {
    const [muscle = "", side = ""] = (card.dataset["site"] ?? "").split("/");
    return { muscle, side };
  }

  title(muscle: string | null, side: string | null): string {
    const card = this.of(muscle, side);
    const name = card?.dataset["title"] ?? card?.querySelector("h2, h3, h4")?.textContent?.trim();
    if (name) return name;
    const plain = [muscle?.replaceAll("-", " "), side && (words.capture.side[side] ?? side)].filter(Boolean).join(", ");
    return plain.charAt(0).toUpperCase() + plain.slice(1);
  }

  choose(card: HTMLElement | null): void {
    this.current = card;
    for (const one of this.all) {
      one.classList.toggle("is-current", one === card);
      if (one === card) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
  }

  /** What the plan, or the choice in the card, says of the needle. */
  preset(card: HTMLElement): Body {
    const button = [...card.querySelectorAll("button")].find((one) => one.value.includes('"needle-in"'));
    const planned = button ? ((JSON.parse(button.value) as { body?: Body }).body ?? {}) : {};
    const chosen = card.querySelector<HTMLSelectElement>("select[data-needle]")?.value;
    return { length_mm: null, diameter_mm: null, ...planned, ...(chosen ? (JSON.parse(chosen) as Body) : {}) };
  }

  /** A card for a place that is not in the plan. */
  add(muscle: string, side: string, title: string): HTMLElement {
    const template = this.root.querySelector<HTMLTemplateElement>("template[data-site-template]");
    const card = (template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined) ?? plainCard();
    card.dataset["site"] = `${muscle}/${side}`;
    card.dataset["title"] = title;
    card.classList.add("is-unplanned");
    // The words that belong to one card only.
    card.id = `site-${muscle}-${side}`;
    const heading = card.querySelector<HTMLElement>("[data-site-title]") ?? card.querySelector<HTMLElement>("h2, h3, h4");
    if (heading) {
      heading.textContent = title;
      if (!card.querySelector("[data-not-in-plan], .chip--late")) heading.after(make("p", { class: "small", "data-not-in-plan": true }, words.capture.notInPlan));
    }
    card.setAttribute("aria-label", title);
    for (const unseen of card.querySelectorAll(".tile .unseen")) unseen.textContent = `, ${title}`;
    const last = this.all.at(-1);
    if (last) last.after(card);
    else if (template) template.before(card);
    else this.root.append(card);
    return card;
  }
}

/** For a page without a template of its own. */
function plainCard(): HTMLElement {
  const tile = (kind: string, symbol: string, text: string, body: Body): HTMLElement =>
    make("button", { type: "button", class: `tile${kind === "needle-in" ? " tile--primary" : ""}`, value: JSON.stringify({ kind, body }) }, make("span", { class: `symbol is-${symbol}`, "aria-hidden": "true" }), text);
  return make(
    "section", { class: "card" }, make("h3"),
    make("div", { class: "tiles" },
      tile("needle-in", "needle", words.capture.needleIn, {}), tile("twitch", "twitch", words.capture.twitch, { count: 1 }), tile("needle-out", "out", words.capture.outWhole, { intact: true })),
  );
}
