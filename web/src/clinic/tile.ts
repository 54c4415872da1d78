/** What a button of the session does: the acts that stand in its value, so that the same button also works without scripts. */

import type { Body, Entry, Told } from "./entry.ts";
import type { Session } from "./fold.ts";
import { same } from "./written.ts";

/** Several acts at once that depend on what stands now. */
export type Special = "out-all" | "undo";

export interface Tile {
  acts: Told[];
  special: Special | null;
  body: Body;
}

/** The words that a part of the design system uses for a needle's own buttons. */
const SHORT: Record<string, string> = { out: "needle-out" };

export function tileOf(button: Element): Tile | null {
  if (button.hasAttribute("data-undo")) return { acts: [], special: "undo", body: {} };
  const several = button.getAttribute("data-acts");
  if (several) return { acts: (JSON.parse(several) as Told[]).map(plain), special: null, body: {} };
  const value = button instanceof HTMLInputElement || button instanceof HTMLButtonElement ? button.value : "";
  if (value.startsWith("{")) {
    const told = plain(JSON.parse(value) as Told);
    const special = told.kind === "undo" || told.kind === "out-all" ? told.kind : null;
    return { acts: special ? [] : [told], special, body: told.body };
  }
  const kind = button.getAttribute("data-act");
  const needle = button.getAttribute("data-needle");
  if (!kind) return null;
  return { acts: [{ kind: SHORT[kind] ?? kind, body: needle ? { needle } : {} }], special: null, body: {} };
}

function plain({ kind, body }: Partial<Told>): Told {
  return { kind: kind ?? "", body: { ...body } };
}

/** The standing acts that say what this tile says. Of pain only the last word counts. */
export function standingOf(tile: Tile, session: Session): Entry[] {
  const [told] = tile.acts;
  if (!told) return [];
  if (told.kind === "pain") {
    const place = (body: Body): string => JSON.stringify([body["when"], body["muscle"] ?? null, body["side"] ?? null]);
    const last = session.acts.filter(({ kind, body }) => kind === "pain" && place(body) === place(told.body)).at(-1);
    return last && same(last.body["value"], told.body["value"]) ? [last] : [];
  }
  if (told.kind === "positioned" || told.kind === "prepared") {
    const last = session.acts.filter(({ kind }) => kind === told.kind).at(-1);
    return last && holds(last.body, told.body) ? [last] : [];
  }
  return session.acts.filter(({ kind, body }) => kind === told.kind && holds(body, told.body));
}

/** Everything that was told for a tile with several acts, or with one. */
export function stands(tile: Tile, session: Session): boolean {
  return tile.acts.length > 0 && tile.acts.every((one) => standingOf({ ...tile, acts: [one] }, session).length > 0);
}

/** What is left open in a tile, such as the event of a step, is filled in when it is pressed. */
function holds(body: Body, told: Body): boolean {
  return Object.entries(told).every(([key, value]) => value === null || value === "" || same(body[key], value));
}
