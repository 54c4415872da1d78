/**
 * Entries on their way to the record. Each is put on a shelf of the device before it counts as taken, is sent until the server says
 * that it is kept, and only then leaves the device. Sending twice is harmless, because an entry has one id for ever.
 */

import type { Body, Entry, Told } from "./entry.ts";
import { post, type Came, type Failure, type Wire } from "./post.ts";
import { LocalShelf, Shelves, type Waiting } from "./shelves.ts";

export interface State {
  /** Entries of this person that are still to be sent. */
  waiting: number;
  /** Those of them that closing the page would lose. */
  fleeting: number;
  /** Entries that somebody else left on this device. */
  others: number;
  aside: Waiting[];
  trouble: null | Failure | "signed-out";
  /** The server's own words for the trouble. */
  why: string;
}

export type News =
  | { kind: "taken"; visit: string; entries: Entry[]; here: boolean }
  | { kind: "kept"; visit: string; ids: string[] }
  | { kind: "aside"; visit: string; ids: string[]; why: string }
  | { kind: "state"; state: State };

export interface Around {
  wire: Wire;
  shelves: Shelves;
  /** Who is signed in; empty: nobody, then nothing is sent. */
  who: string;
  /** Only one tab sends at a time. Without locks all do, which costs time but nothing else. */
  locks?: LockManager | undefined;
  /** Tabs tell each other. */
  channel?: BroadcastChannel | undefined;
  /** A shelf that takes entries while the page is being closed. */
  last?: LocalShelf | undefined;
}

const SOON_MS = 200;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;
const SIGNED_OUT_PAUSE_MS = 30_000;
/** A batch stays far below what servers accept in one request. */
const BATCH = 50;
const BATCH_LETTERS = 400_000;
const LOCK_MS = 20_000;
const LOCK = "needlepoint-entries";

export class Entries {
  readonly who: string;
  state: State = { waiting: 0, fleeting: 0, others: 0, aside: [], trouble: null, why: "" };
  private readonly around: Around;
  private readonly listeners = new Set<(news: News) => void>();
  private order = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private due = Infinity;
  private running: Promise<void> | null = null;
  private pause = 0;
  private batch = BATCH;
  /** How often the server stumbled over an entry: those come last, so that one of them cannot hold up the others. */
  private readonly stumbles = new Map<string, number>();
  /** Answers in a row that told nothing about the entries. */
  private failures = 0;

  constructor(around: Around) {
    this.around = around;
    this.who = around.who;
    around.channel?.addEventListener("message", ({ data }: MessageEvent<News>) => {
      this.tell(data, false);
      void this.count();
    });
  }

  /** Answers with the way to stop listening. */
  on(listener: (news: News) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Take up what an earlier page left. */
  async start(): Promise<void> {
    const again = (await this.around.shelves.all()).filter(({ aside, who }) => aside?.again && who === this.who);
    if (again.length) await this.put(again.map(({ aside: _, ...one }) => one));
    await this.count();
    if (this.state.waiting) this.soon(0);
  }

  /**
   * Take entries that belong together: they carry one time. They are made at once, so that the next one can refer to them;
   * `stored` says when the device has them.
   */
  take(visit: string, told: Told[]): { entries: Entry[]; stored: Promise<void> } {
    const at = this.around.wire.clock.stamp();
    const entries = told.map(({ kind, body }) => ({ id: newId(), kind, at, body: copy(body) }));
    return { entries, stored: this.shelve(visit, entries) };
  }

  /** Take entries while the page is being left: there is no time to wait for a database. */
  takeAtOnce(visit: string, told: Told[]): Entry[] {
    const at = this.around.wire.clock.stamp();
    const entries = told.map(({ kind, body }) => ({ id: newId(), kind, at, body: copy(body) }));
    try {
      if (!this.around.last) throw new Error("no such shelf");
      this.around.last.putNow(this.waiting(visit, entries));
      this.tell({ kind: "taken", visit, entries, here: true });
    } catch {
      void this.shelve(visit, entries);
    }
    this.again();
    return entries;
  }

  /** What still waits for a visit, oldest first. */
  async left(visit: string): Promise<Entry[]> {
    const all = await this.around.shelves.all();
    return all.filter((one) => one.visit === visit && one.who === this.who && !one.aside).map(({ entry }) => entry);
  }

  /** Try now: the network is back, the page is looked at again, or somebody pressed a button. */
  again(): void {
    this.pause = 0;
    this.soon(0);
  }

  /** Try those once more that were set aside. */
  async retry(ids: string[]): Promise<void> {
    const chosen = this.state.aside.filter(({ entry }) => ids.includes(entry.id));
    await this.put(chosen.map(({ aside: _, ...one }) => one));
    await this.count();
    this.again();
  }

  /** A person has dealt with them, for instance copied them into an addendum. */
  async discard(ids: string[]): Promise<void> {
    await this.around.shelves.remove(ids);
    await this.count();
  }

  private waiting(visit: string, entries: Entry[]): Waiting[] {
    return entries.map((entry) => {
      this.order = Math.max(this.order + 1, Date.now() * 1000);
      return { entry, visit, who: this.who, order: this.order };
    });
  }

  private async shelve(visit: string, entries: Entry[]): Promise<void> {
    await this.put(this.waiting(visit, entries));
    this.tell({ kind: "taken", visit, entries, here: true });
    await this.count();
    // While there is trouble the pause between two tries goes on; else they are on their way within a moment.
    if (!this.state.trouble) this.soon(SOON_MS);
  }

  private async put(waiting: Waiting[]): Promise<void> {
    await this.around.shelves.put(waiting);
  }

  private soon(ms: number): void {
    const due = Date.now() + ms;
    if (due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.due = Infinity;
      this.running = (this.running ?? Promise.resolve()).then(() => this.round());
    }, ms);
  }

  /** Send until nothing is left or something fails. */
  private async round(): Promise<void> {
    if (!this.who) return;
    try {
      await this.alone(async () => {
        let on = true;
        while (on) on = await this.sendSome();
      });
    } catch (error) {
      console.error(error);
      this.rest("fault", "", 0);
    }
    await this.count();
  }

  private async alone(work: () => Promise<void>): Promise<void> {
    let begun = false;
    const mine = async (): Promise<void> => {
      begun = true;
      await work();
    };
    try {
      if (this.around.locks) await this.around.locks.request(LOCK, { signal: AbortSignal.timeout(LOCK_MS) }, mine);
      else await mine();
    } catch (error) {
      // A tab that the system has put to sleep may hold the lock for ever.
      if (begun) throw error;
      await work();
    }
  }

  /** Send one batch. True: there may be more. */
  private async sendSome(): Promise<boolean> {
    const some = this.choose(await this.around.shelves.all());
    if (!some.length) {
      this.calm();
      return false;
    }
    const visit = some[0]!.visit;
    const came = await post(this.around.wire, visit, some.map(({ entry }) => entry), this.who);
    return this.settle(visit, some, came);
  }

  /** The oldest entries of one visit, no more than fit in one request. */
  private choose(all: Waiting[]): Waiting[] {
    const mine = all.filter(({ who, aside }) => who === this.who && !aside);
    const stumbled = ({ entry }: Waiting): number => this.stumbles.get(entry.id) ?? 0;
    mine.sort((a, b) => stumbled(a) - stumbled(b) || a.order - b.order);
    let letters = 0;
    return mine.filter(({ visit }) => visit === mine[0]?.visit).slice(0, this.batch).filter(({ entry }, n) => {
      letters += JSON.stringify(entry).length;
      return n === 0 || letters < BATCH_LETTERS;
    });
  }

  private async settle(visit: string, some: Waiting[], came: Came): Promise<boolean> {
    switch (came.kind) {
      case "kept":
        return this.settleKept(visit, some, came);
      case "closed":
        await this.setAside(visit, some, { why: came.why, signed: came.signed, again: false });
        return true;
      case "denied":
      case "unreadable":
        // One of many may be the reason: only by itself an entry is judged.
        if (some.length === 1) await this.setAside(visit, some, { why: came.why, signed: false, again: came.kind === "denied" });
        this.batch = Math.max(1, Math.floor(some.length / 2));
        return true;
      case "signed-out":
        this.rest("signed-out", "", SIGNED_OUT_PAUSE_MS);
        return false;
      case "failed":
        if (this.mayBeTheEntries(came.reason)) {
          for (const { entry } of some) this.stumbles.set(entry.id, (this.stumbles.get(entry.id) ?? 0) + 1);
          this.batch = Math.max(1, Math.floor(some.length / 2));
        }
        this.rest(came.reason, came.why, came.after);
        return false;
    }
  }

  /**
   * A fault is of the entries until the opposite is shown. A server that is busy or away, or a network that is slow, is so for all of them; but when
   * it stays so, one entry may be what it cannot take, and that one comes last from then on. Without a network nobody has seen them.
   */
  private mayBeTheEntries(reason: Failure): boolean {
    if (reason === "no-network") return false;
    this.failures += 1;
    return reason === "fault" || this.failures > 1;
  }

  private async settleKept(visit: string, some: Waiting[], came: { kept: string[]; refused: { id: string; why: string }[] }): Promise<boolean> {
    const sent = new Set(some.map(({ entry }) => entry.id));
    const kept = came.kept.filter((id) => sent.has(id));
    if (kept.length) {
      await this.around.shelves.remove(kept);
      kept.forEach((id) => this.stumbles.delete(id));
      this.tell({ kind: "kept", visit, ids: kept });
    }
    for (const { id, why } of came.refused) {
      await this.setAside(visit, some.filter(({ entry }) => entry.id === id && !kept.includes(id)), { why, signed: false, again: false });
    }
    if (kept.length + came.refused.length > 0) {
      this.calm();
      return true;
    }
    this.rest("server", "", 0);
    return false;
  }

  private async setAside(visit: string, some: Waiting[], aside: NonNullable<Waiting["aside"]>): Promise<void> {
    if (!some.length) return;
    await this.put(some.map((one) => ({ ...one, aside })));
    this.tell({ kind: "aside", visit, ids: some.map(({ entry }) => entry.id), why: aside.why });
  }

  private calm(): void {
    this.pause = 0;
    this.failures = 0;
    this.batch = Math.min(BATCH, this.batch * 2);
    this.state = { ...this.state, trouble: null, why: "" };
  }

  /** Wait longer each time, and not all devices at the same moment. */
  private rest(trouble: NonNullable<State["trouble"]>, why: string, atLeast: number): void {
    this.state = { ...this.state, trouble, why };
    this.pause = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, this.pause * 2));
    this.soon(Math.max(atLeast, this.pause * (0.75 + Math.random() / 2)));
  }

  private async count(): Promise<void> {
    const { shelves } = this.around;
    const [all, fleeting] = [await shelves.all(), await shelves.fleeting()];
    const waiting = all.filter(({ aside }) => !aside);
    this.state = {
      ...this.state,
      waiting: waiting.filter(({ who }) => who === this.who).length,
      others: waiting.filter(({ who }) => who !== this.who).length,
      aside: all.filter(({ aside, who }) => aside && who === this.who),
      fleeting,
    };
    this.tell({ kind: "state", state: this.state }, false);
  }

  private tell(news: News, others = true): void {
    for (const listener of this.listeners) listener(news);
    if (others && news.kind !== "state") {
      this.around.channel?.postMessage(news.kind === "taken" ? { ...news, here: false } : news);
    }
  }
}

/** A random id; browsers have randomUUID only where the connection is safe, and a clinic may try it on its own network first. */
export function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function copy(body: Body): Body {
  return JSON.parse(JSON.stringify(body)) as Body;
}
