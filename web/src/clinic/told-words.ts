/** Acts in words, for the line beside the undo and for those who listen. */

import type { Entry } from "./entry.ts";
import type { SoFar } from "./so-far.ts";
import { words } from "./words.ts";

export type TitleOf = (muscle: string | null, side: string | null) => string;

/** "Needle 4 in, upper trapezius, left"; of several in one tap only the kind and how many. */
export function inWords(acts: Entry[], soFar: SoFar, titleOf: TitleOf): string {
  const [first] = acts;
  if (!first) return words.capture.undoNothing;
  const alike = acts.filter(({ kind }) => kind === first.kind);
  if (alike.length > 1) return words.capture.several(alike.length, words.capture.kind[first.kind] ?? first.kind);
  return one(acts.find(({ kind }) => kind === "needle-in") ?? first, soFar, titleOf);
}

/** What the page calls this kind of event. */
function titleOfEvent(kind: unknown): string | undefined {
  if (typeof kind !== "string" || typeof document === "undefined") return undefined;
  const box = document.querySelector(`[data-act-form="happened"] input[name="kind"][value="${CSS.escape(kind)}"]`)?.closest("label")?.querySelector(".choice__box > span");
  return box?.firstChild?.textContent?.trim() || undefined;
}

function one({ kind, body }: Entry, soFar: SoFar, titleOf: TitleOf): string {
  const said = words.capture.kind[kind] ?? kind;
  const needle = typeof body["needle"] === "string" ? soFar.needle(body["needle"]) : null;
  if (needle) {
    const number = words.capture.needle(soFar.numberOf(needle.needle));
    const what = kind === "needle-in" ? ` ${words.capture.in}` : kind === "needle-out" ? ` ${words.capture.out}` : `: ${kind === "twitch" ? words.capture.twitches(needle.twitches) : said}`;
    return words.capture.at(`${number}${what}`, titleOf(needle.muscle, needle.side));
  }
  const title = kind === "happened" ? titleOfEvent(body["kind"]) : undefined;
  const detail = title ?? [body["value"], body["position"], body["skin"], body["kind"], body["reason"]].find((value) => typeof value === "string" || typeof value === "number");
  const when = typeof body["when"] === "string" ? ` ${words.capture.when[body["when"]] ?? body["when"]}` : "";
  const where = typeof body["muscle"] === "string" ? `, ${titleOf(body["muscle"], body["side"] as string | null)}` : "";
  const text = `${said}${when}${detail === undefined ? "" : `${title ? ":" : ""} ${title ?? String(detail).replaceAll("-", " ")}`}${where}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
