/** Which acts stand, and which were taken back: the same judgement as `needlepoint.treat.undo`, which see for the reasons. */

import type { Entry } from "./entry.ts";
import { same } from "./written.ts";

export interface Sorted {
  standing: Entry[];
  undone: Entry[];
  odd: { act: Entry; reason: Odd }[];
}

export type Odd = "moved" | "nothing" | "circle" | "never-in" | "in-twice" | "out-twice" | "out-before-in" | "no-event" | "yet-needled";

/** By time, and by id where two share it. */
export function inOrder(a: Entry, b: Entry): number {
  return Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** An act stands unless an undo of it stands. Doubles count once. */
export function sortOut(acts: Iterable<Entry>): Sorted {
  const byId = new Map<string, Entry>();
  const moved: Entry[] = [];
  for (const act of [...acts].sort(inOrder)) {
    const known = byId.get(act.id);
    if (!known) byId.set(act.id, act);
    else if (!sameAct(known, act) && !moved.some((one) => sameAct(one, act))) moved.push(act);
  }
  const targets = new Map([...byId.values()].filter(({ kind }) => kind === "undone").map(({ id, body }) => [id, String(body["act"])]));
  const circles = new Set([...targets.keys()].filter((one) => comesBack(one, targets)));
  const gone = goneOf(targets, circles);
  const standing = [...byId.values()].filter(({ id }) => !gone.has(id));
  return {
    standing: standing.filter(({ id }) => !circles.has(id)),
    undone: [...byId.values(), ...moved].filter(({ id }) => gone.has(id)),
    odd: [
      ...moved.filter(({ id }) => !gone.has(id)).map((act) => ({ act, reason: "moved" as const })),
      ...standing.filter(({ id }) => circles.has(id)).map((act) => ({ act, reason: "circle" as const })),
      ...standing.filter(({ id }) => !byId.has(targets.get(id) ?? id)).map((act) => ({ act, reason: "nothing" as const })),
    ],
  };
}

function sameAct(one: Entry, other: Entry): boolean {
  return one.kind === other.kind && Date.parse(one.at) === Date.parse(other.at) && same(one.body, other.body);
}

function comesBack(start: string, targets: Map<string, string>): boolean {
  const seen = new Set<string>();
  for (let at = targets.get(start)!; targets.has(at) && !seen.has(at); at = targets.get(at)!) {
    if (at === start) return true;
    seen.add(at);
  }
  return false;
}

/** Judged from the outermost undo inwards; what goes round in a circle takes nothing back. */
function goneOf(targets: Map<string, string>, circles: Set<string>): Set<string> {
  const depth = (undo: string): number => {
    let steps = 0;
    for (let at = undo; targets.has(at) && !circles.has(at); at = targets.get(at)!) steps += 1;
    return steps;
  };
  const gone = new Set<string>();
  for (const undo of [...targets.keys()].sort((a, b) => depth(b) - depth(a))) {
    if (!gone.has(undo) && !circles.has(undo)) gone.add(targets.get(undo)!);
  }
  return gone;
}
