/** A server of entries as the clinic's is, that can be told to misbehave. */

import type { Entry, KeptEntry } from "../src/clinic/entry.ts";

export type Mood = "well" | "lost-question" | "lost-answer" | "full" | "fault" | "signed" | "signed-out" | "sign-in-page" | "forgery" | "may-not" | "hotel" | "slow";

export class FakeServer {
  readonly kept: KeptEntry[] = [];
  /** One mood per request; when they are used up, all is well. */
  moods: Mood[] = [];
  always: Mood | null = null;
  refuses = new Map<string, string>();
  stumblesOver: string | null = null;
  /** How it answers where it stumbles. */
  stumblesWith = 500;
  /** Who is signed in in this browser, whichever tab sends; null: it does not matter. */
  signedIn: string | null = null;
  posts: Entry[][] = [];
  tokens: string[] = [];
  date: string | null = null;

  readonly fetch = (async (address: string, how: RequestInit = {}): Promise<Response> => {
    const mood = this.always ?? this.moods.shift() ?? "well";
    if (mood === "lost-question") throw new TypeError("Failed to fetch");
    if (mood === "slow") return new Promise((_, failed) => how.signal!.addEventListener("abort", () => failed(how.signal!.reason)));
    if (mood === "hotel") return new Response("<html>Welcome to our hotel</html>", { status: 200 });
    if (mood === "sign-in-page") return new Response("", { status: 302, headers: { Location: "/sign-in/" } });
    if (mood === "signed-out") return this.json(401, { why: "sign in again" });
    if (mood === "forgery") return new Response("<h1>403</h1>", { status: 403 });
    if (mood === "may-not") return this.json(403, { why: "You may read here, not write." });
    if (mood === "signed") return this.json(409, { signed: true, why: "The note is signed." });
    if (mood === "full") return this.json(503, { why: "The disk is full." });
    if (mood === "fault") return new Response("<h1>500</h1>", { status: 500 });
    if (how.method !== "POST") return this.answer(address);
    const { device, who, entries } = JSON.parse(String(how.body)) as { device: string; who: string; entries: Entry[] };
    if (this.signedIn !== null && who !== this.signedIn) return this.json(401, { why: "somebody else is signed in here now" });
    this.posts.push(entries);
    this.tokens.push((how.headers as Record<string, string>)["X-CSRFToken"] ?? "");
    if (entries.some(({ id }) => id === this.stumblesOver)) return new Response("<h1>no</h1>", { status: this.stumblesWith });
    const fine = entries.filter(({ id }) => !this.refuses.has(id));
    for (const entry of fine) if (!this.kept.some(({ id }) => id === entry.id)) this.kept.push({ ...entry, number: this.kept.length + 1, by: "Dr Ada", device });
    if (mood === "lost-answer") throw new TypeError("Failed to fetch");
    return this.json(200, {
      kept: fine.map(({ id }) => id),
      refused: entries.filter(({ id }) => this.refuses.has(id)).map(({ id }) => ({ id, why: this.refuses.get(id) })),
      head: this.kept.length,
    });
  }) as typeof fetch;

  private answer(address: string): Response {
    const after = Number(new URL(address, "http://clinic").searchParams.get("after"));
    return this.json(200, { entries: this.kept.filter(({ number }) => number > after), head: this.kept.length });
  }

  private json(status: number, told: unknown): Response {
    return new Response(JSON.stringify(told), { status, headers: this.date ? { Date: this.date } : {} });
  }
}

/** A browser's storage that may be full, blocked or gone. */
export class FakeStorage {
  readonly things = new Map<string, string>();
  full = false;
  get length(): number { return this.things.size; }
  key(n: number): string | null { return [...this.things.keys()][n] ?? null; }
  getItem(key: string): string | null { return this.things.get(key) ?? null; }
  removeItem(key: string): void { this.things.delete(key); }
  clear(): void { this.things.clear(); }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException("no room", "QuotaExceededError");
    this.things.set(key, value);
  }
}
