/** What a tile leaves open is filled in when it is pressed: which needle, which place, which event. */

import type { ChartPoint } from "../core/points.ts";
import { newId } from "./entries.ts";
import type { Told } from "./entry.ts";
import type { SiteCards } from "./site-cards.ts";
import type { SoFar } from "./so-far.ts";
import { words } from "./words.ts";

export class Filling {
  private readonly soFar: SoFar;
  private readonly cards: SiteCards;
  private readonly say: (text: string) => void;

  constructor(soFar: SoFar, cards: SiteCards, say: (text: string) => void) {
    this.soFar = soFar;
    this.cards = cards;
    this.say = say;
  }

  /** The acts that come of a tile in a card, or in none. `chosen` is the needle that was chosen in the list. */
  fill({ kind, body }: Told, card: HTMLElement | null, button: HTMLElement, chosen: string | null): Told[] {
    switch (kind) {
      case "needle-in":
        return card ? this.needleIn(card, null) : [];
      case "twitch": case "needle-out": case "stays": {
        // The tile of a card was drawn for the needle of that moment; the button in a needle's own row means that needle.
        const named = card && !button.closest(".needle") ? null : (body["needle"] as string | null);
        const needle = named || this.needleMeant(card, chosen);
        if (!needle) this.say(card ? words.capture.noneIn(this.titleOf(card)) : words.capture.nothingIn);
        return needle ? [{ kind, body: { ...(kind === "twitch" ? { count: 1 } : {}), ...body, needle } }] : [];
      }
      case "reacted":
        // Somebody who saw something no longer saw nothing.
        return [{ kind, body: { ...body, reaction: body["reaction"] || newId() } }, ...this.undoing("no-reaction")];
      case "no-reaction":
        return [{ kind, body }, ...this.undoing("reacted")];
      case "step-taken":
        return [{ kind, body: { ...body, event: this.eventOf(button) || body["event"] } }];
      case "happened":
        return [{ kind, body: { ...body, event: body["event"] || newId() } }];
      default:
        return [{ kind, body }];
    }
  }

  needleIn(card: HTMLElement, point: ChartPoint | null): Told[] {
    const needle = newId();
    const { needle: _, ...preset } = this.cards.preset(card);
    const minutes = Number(card.dataset["minutes"]);
    const place = point && { vertices: point.vertices, weights: point.weights };
    return [
      { kind: "needle-in", body: { ...preset, needle, ...this.cards.place(card), ...(place ? { point: place } : {}) } },
      ...(minutes > 0 ? [{ kind: "stays", body: { needle, minutes } }] : []),
    ];
  }

  /** The event that the steps around an element are for. */
  eventOf(element: Element): string {
    const kind = element.closest<HTMLElement>("[data-steps]")?.dataset["steps"];
    return this.soFar.session.events.filter((one) => !kind || one.kind === kind).at(-1)?.id ?? "";
  }

  /** The needle that was chosen, else the one that went in last here. */
  private needleMeant(card: HTMLElement | null, chosen: string | null): string | null {
    const place = card && this.cards.place(card);
    const here = place ? this.soFar.insideAt(place.muscle, place.side) : this.soFar.inside;
    return (here.find(({ needle }) => needle === chosen) ?? here.at(-1))?.needle ?? null;
  }

  private undoing(kind: string): Told[] {
    return this.soFar.session.acts.filter((one) => one.kind === kind).map(({ id }) => ({ kind: "undone", body: { act: id } }));
  }

  private titleOf(card: HTMLElement): string {
    const { muscle, side } = this.cards.place(card);
    return this.cards.title(muscle, side);
  }
}
