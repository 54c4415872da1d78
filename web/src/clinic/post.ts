/** One sending of entries, and what came of it. */

import type { Clock } from "./clock.ts";
import type { Entry, KeptEntry } from "./entry.ts";

export type Came =
  | { kind: "kept"; kept: string[]; refused: { id: string; why: string }[] }
  /** Nothing more is written into this visit: its note is signed, or it was cancelled. */
  | { kind: "closed"; why: string; signed: boolean }
  | { kind: "signed-out" }
  /** Not this person's visit, or none at all. */
  | { kind: "denied"; why: string }
  /** The server cannot read this, or not so much at once. */
  | { kind: "unreadable"; why: string }
  /** Nothing is known about the entries: send them again. */
  | { kind: "failed"; reason: Failure; why: string; after: number };

export type Failure = "no-network" | "too-slow" | "server" | "fault";

export interface Wire {
  fetch: typeof fetch;
  clock: Clock;
  /** Changes when somebody signs in again, so it is asked for each time. */
  token: () => string;
  device: string;
}

const PATIENCE_MS = 15_000;

/** `who`: whose page this is. All tabs share one session, and somebody else may have signed in since: then the server has it wait here. */
export async function post(wire: Wire, visit: string, entries: Entry[], who: string): Promise<Came> {
  const came = await ask(wire, visit, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": wire.token() },
    body: JSON.stringify({ device: wire.device, who, entries }),
  });
  if ("kind" in came) return came;
  const { told } = came;
  const list = <T>(name: string): T[] => (Array.isArray(told[name]) ? (told[name] as T[]) : []);
  return { kind: "kept", kept: list<string>("kept"), refused: list<{ id: string; why: string }>("refused") };
}

/** What others wrote since. */
export async function since(wire: Wire, visit: string, head: number): Promise<Came | { kind: "came"; entries: KeptEntry[]; head: number }> {
  const came = await ask(wire, `${visit}?after=${head}`, { headers: { Accept: "application/json" } });
  if ("kind" in came) return came;
  const { entries, head: now } = came.told;
  return { kind: "came", entries: Array.isArray(entries) ? (entries as KeptEntry[]) : [], head: typeof now === "number" ? now : head };
}

async function ask(wire: Wire, address: string, how: RequestInit): Promise<Exclude<Came, { kind: "kept" }> | { told: Record<string, unknown> }> {
  const asked = Date.now();
  let answer: Response;
  let told: Record<string, unknown> | null;
  try {
    answer = await wire.fetch(address, { ...how, credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    told = await read(answer);
  } catch (error) {
    const slow = error instanceof DOMException && error.name === "TimeoutError";
    return { kind: "failed", reason: slow ? "too-slow" : "no-network", why: "", after: 0 };
  }
  wire.clock.heard(answer.headers.get("Date"), asked, Date.now());
  const why = typeof told?.["why"] === "string" ? told["why"] : "";
  // A page that asks for signing in answers with a way to it; following that would look like success.
  if (answer.type === "opaqueredirect" || (answer.status >= 300 && answer.status < 400)) return { kind: "signed-out" };
  if (answer.ok && told) return { told };
  switch (answer.status) {
    case 409: return { kind: "closed", why, signed: told?.["signed"] !== false };
    case 401: return { kind: "signed-out" };
    // With a reason, this person may not; without one, the sign of a forged request did not fit, as after signing in anew.
    case 403: return why ? { kind: "denied", why } : { kind: "signed-out" };
    case 404: case 410: return { kind: "denied", why };
    case 400: case 413: case 415: case 422: return { kind: "unreadable", why };
    case 500: return { kind: "failed", reason: "fault", why, after: 0 };
    default: return { kind: "failed", reason: "server", why, after: 1000 * Number(answer.headers.get("Retry-After") ?? 0) || 0 };
  }
}

/** A JSON object, or null: a page of a hotel's network is none. */
async function read(answer: Response): Promise<Record<string, unknown> | null> {
  try {
    const told: unknown = JSON.parse(await answer.text());
    return typeof told === "object" && told !== null && !Array.isArray(told) ? (told as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
