/** From acts to a session, as `needlepoint.treat.fold` does it on the server: what the page shows at once, also without a network. */

import type { Entry } from "./entry.ts";
import { sortOut, type Odd } from "./undo.ts";

export interface Needle {
  needle: string;
  muscle: string | null;
  side: string | null;
  in_at: string;
  /** `null` while it is in. */
  out_at: string | null;
  intact: boolean | null;
  length_mm: number | null;
  diameter_mm: number | null;
  lot: string | null;
  point: SkinPlace | null;
  depth_mm: number | null;
  twitches: number;
  stays_minutes: number | null;
  stimulated: number;
}

export interface SkinPlace {
  vertices: [number, number, number];
  weights: [number, number, number];
}

export interface Pain {
  value: number | null;
  when: string;
  muscle: string | null;
  side: string | null;
}

export interface Happening {
  id: string;
  kind: string;
  muscle: string | null;
  side: string | null;
  at: string;
}

export interface Event extends Happening {
  grade: string;
  needle: string | null;
  text: string;
  /** The steps that were answered. */
  steps: string[];
}

export interface Session {
  /** Acts that stand, in order. */
  acts: Entry[];
  undone: Entry[];
  odd: { act: Entry; reason: Odd }[];
  needles: Needle[];
  pain: Pain[];
  position: string | null;
  preparation: string | null;
  reactions: Happening[];
  none_seen: boolean;
  events: Event[];
  advised: string[];
  not_done: string | null;
}

/** Acts of one kind with what they say, in order. */
type Of = (kind: string) => { act: Entry; body: Record<string, unknown> }[];

/** What was done? In which order the acts came, and how often, does not matter. */
export function sessionOf(acts: Iterable<Entry>): Session {
  const { standing, undone, odd } = sortOut(acts);
  const of: Of = (kind) => standing.filter((act) => act.kind === kind).map((act) => ({ act, body: act.body }));
  const needles = needlesIn(of, odd);
  const events = eventsIn(of, needles, odd);
  const notDone = of("not-done").at(-1);
  if (needles.length) for (const { act } of of("not-done")) odd.push({ act, reason: "yet-needled" });
  return {
    acts: standing, undone, odd, needles, events,
    pain: painIn(of),
    position: text(of("positioned").at(-1)?.body["position"]),
    preparation: text(of("prepared").at(-1)?.body["skin"]),
    reactions: toldLast(of("reacted"), "reaction").map(({ first, last }) => ({ id: String(last["reaction"]), ...placeOf(last), at: first })),
    none_seen: of("no-reaction").length > 0,
    advised: [...new Set(of("advised").flatMap(({ body }) => body["what"] as string[]))].sort(),
    // An empty reason still says that it was not done.
    not_done: notDone && !needles.length ? String(notDone.body["reason"] ?? "") : null,
  };
}

/** The needles that did not come out yet. */
export function stillIn(session: Session): Needle[] {
  return session.needles.filter(({ out_at }) => out_at === null);
}

function needlesIn(of: Of, odd: Session["odd"]): Needle[] {
  const found = new Map<string, Needle>();
  for (const { act, body } of of("needle-in")) {
    const id = String(body["needle"]);
    if (found.has(id)) odd.push({ act, reason: "in-twice" });
    else found.set(id, newNeedle(id, act, body));
  }
  const each = (kind: string, tell: (needle: Needle, body: Record<string, unknown>, act: Entry) => void): void => {
    for (const { act, body } of of(kind)) {
      const needle = found.get(String(body["needle"]));
      if (needle) tell(needle, body, act);
      else odd.push({ act, reason: "never-in" });
    }
  };
  each("needle-out", (needle, { intact }, act) => {
    // An out is matched by the needle that it names, not by the clock.
    if (needle.out_at !== null) odd.push({ act, reason: "out-twice" });
    else {
      needle.out_at = act.at;
      if (Date.parse(act.at) < Date.parse(needle.in_at)) odd.push({ act, reason: "out-before-in" });
    }
    // One who saw that it was broken outweighs all who saw nothing.
    if (intact === false || (intact === true && needle.intact === null)) needle.intact = intact;
  });
  each("twitch", (needle, { count }) => { needle.twitches += typeof count === "number" ? count : 1; });
  each("stays", (needle, { minutes }) => { needle.stays_minutes = number(minutes); });
  for (const { act, body } of of("stimulated")) {
    const named = [...new Set(body["needles"] as string[])];
    if (named.some((id) => !found.has(id))) odd.push({ act, reason: "never-in" });
    for (const id of named) if (found.has(id)) found.get(id)!.stimulated += 1;
  }
  return [...found.values()];
}

function newNeedle(needle: string, act: Entry, body: Record<string, unknown>): Needle {
  return {
    needle, muscle: text(body["muscle"]), side: text(body["side"]), in_at: act.at, out_at: null, intact: null,
    length_mm: number(body["length_mm"]), diameter_mm: number(body["diameter_mm"]), lot: text(body["lot"]),
    point: (body["point"] as SkinPlace | null | undefined) ?? null, depth_mm: number(body["depth_mm"]),
    twitches: 0, stays_minutes: null, stimulated: 0,
  };
}

/** The last word of each time and place. */
function painIn(of: Of): Pain[] {
  const last = new Map<string, Pain>();
  for (const { body } of of("pain")) {
    const one = { value: number(body["value"]), when: String(body["when"]), muscle: text(body["muscle"]), side: text(body["side"]) };
    last.set(JSON.stringify([one.when, one.muscle, one.side]), one);
  }
  return [...last.values()];
}

function eventsIn(of: Of, needles: Needle[], odd: Session["odd"]): Event[] {
  const happened = of("happened");
  for (const { act, body } of happened) {
    const needle = text(body["needle"]);
    if (needle !== null && !needles.some((one) => one.needle === needle)) odd.push({ act, reason: "never-in" });
  }
  const steps = of("step-taken");
  for (const { act, body } of steps) if (!happened.some((one) => one.body["event"] === body["event"])) odd.push({ act, reason: "no-event" });
  return toldLast(happened, "event").map(({ first, last }) => ({
    id: String(last["event"]), ...placeOf(last), at: first, grade: String(last["grade"]), needle: text(last["needle"]), text: text(last["text"]) ?? "",
    steps: [...new Set(steps.filter(({ body }) => body["event"] === last["event"]).map(({ body }) => String(body["step"])))],
  }));
}

/** For each id, since when it is told and what was told last. */
function toldLast(found: { act: Entry; body: Record<string, unknown> }[], id: string): { first: string; last: Record<string, unknown> }[] {
  const told = new Map<unknown, { first: string; last: Record<string, unknown> }>();
  for (const { act, body } of found) told.set(body[id], { first: told.get(body[id])?.first ?? act.at, last: body });
  return [...told.values()];
}

function placeOf(body: Record<string, unknown>): { kind: string; muscle: string | null; side: string | null } {
  return { kind: String(body["kind"]), muscle: text(body["muscle"]), side: text(body["side"]) };
}

/** A text, or null: an empty box tells nothing. */
function text(told: unknown): string | null {
  return typeof told === "string" && told.trim() !== "" ? told : null;
}

function number(told: unknown): number | null {
  return typeof told === "number" ? told : null;
}
