import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Clock } from "../src/clinic/clock.ts";
import { Entries, type News } from "../src/clinic/entries.ts";
import { LocalShelf, PageShelf, Shelves } from "../src/clinic/shelves.ts";
import { told } from "../src/clinic/saved.ts";
import { FakeServer, FakeStorage } from "./clinic-server.ts";

const VISIT = "/visits/1/entries/";
const NEEDLE = { kind: "needle-in", body: { needle: "n1", muscle: "upper-trapezius", side: "left" } };

let server: FakeServer;
let disk: FakeStorage;

/** A page as it opens: all that outlives it is the disk. */
function page(how: { who?: string; storage?: () => Storage; token?: () => string; locks?: LockManager; channel?: BroadcastChannel } = {}): { entries: Entries; news: News[] } {
  const shelf = new LocalShelf(how.storage ?? (() => disk as unknown as Storage));
  const entries = new Entries({
    wire: { fetch: server.fetch, clock: new Clock(), token: how.token ?? (() => "token"), device: "tablet" },
    shelves: new Shelves([shelf, new PageShelf()]), who: how.who ?? "ada", last: shelf, locks: how.locks, channel: how.channel,
  });
  const news: News[] = [];
  entries.on((one) => news.push(one));
  return { entries, news };
}

async function take(entries: Entries, ...kinds: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const kind of kinds) {
    const taken = entries.take(VISIT, [{ ...NEEDLE, kind }]);
    ids.push(taken.entries[0]!.id);
    await taken.stored;
  }
  return ids;
}

const inRecord = (): string[] => server.kept.map(({ id }) => id);
const wait = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
  server = new FakeServer();
  disk = new FakeStorage();
});
afterEach(() => vi.useRealTimers());

test("what is entered is in the record within a second, and leaves the device", async () => {
  const { entries } = page();
  const ids = await take(entries, "needle-in", "twitch", "needle-out");
  expect(disk.length).toBe(3);
  await wait(1);
  expect(inRecord()).toEqual(ids);
  expect(server.posts).toHaveLength(1);
  expect(disk.length).toBe(0);
  expect(told(entries.state, "ada")).toEqual({ sort: "kept", text: "Everything is kept." });
});

test("an entry is on the device before it counts as taken", async () => {
  const { entries, news } = page();
  entries.on((one) => { if (one.kind === "taken") expect(disk.length).toBe(1); });
  await take(entries, "needle-in");
  expect(news.filter(({ kind }) => kind === "taken")).toHaveLength(1);
});

test("the network goes away in mid-session and nothing is lost", async () => {
  const { entries } = page();
  server.always = "lost-question";
  const ids = await take(entries, "needle-in", "twitch", "needle-out");
  await wait(120);
  expect(inRecord()).toEqual([]);
  expect(told(entries.state, "ada").text).toContain("3 entries waiting to be kept: no connection");
  server.always = null;
  await wait(20);
  expect(inRecord()).toEqual(ids);
});

test("a lost answer makes no second needle", async () => {
  const { entries } = page();
  server.moods = ["lost-answer", "lost-answer"];
  const ids = await take(entries, "needle-in");
  await wait(30);
  expect(server.posts).toHaveLength(3);
  expect(inRecord()).toEqual(ids);
});

test("a tablet that was switched off sends what was left when the page opens again", async () => {
  server.always = "lost-question";
  const ids = await take(page().entries, "needle-in", "twitch");
  vi.clearAllTimers();
  server.always = null;
  const again = page().entries;
  await again.start();
  await wait(1);
  expect(inRecord()).toEqual(ids);
});

test("switched off after the server has it and before the answer came: still once in the record", async () => {
  server.moods = ["lost-answer"];
  const ids = await take(page().entries, "needle-in");
  await wait(0.5);
  vi.clearAllTimers();
  const again = page().entries;
  await again.start();
  await wait(2);
  expect(inRecord()).toEqual(ids);
  expect(disk.length).toBe(0);
});

test("a page that is left in the middle of a word still has the word", async () => {
  server.always = "lost-question";
  const [entry] = page().entries.takeAtOnce(VISIT, [{ kind: "wrote", body: { field: "note.text", value: "half a w", seen: null } }]);
  vi.clearAllTimers();
  server.always = null;
  await page().entries.start();
  await wait(1);
  expect(inRecord()).toEqual([entry!.id]);
});

test("a full disk of the server is told in its own words, and tried again", async () => {
  const { entries } = page();
  server.moods = ["full", "full"];
  const ids = await take(entries, "needle-in");
  await wait(0.9);
  expect(told(entries.state, "ada")).toEqual({ sort: "waiting", text: "1 entry waiting to be kept: The disk is full." });
  await wait(30);
  expect(inRecord()).toEqual(ids);
});

test.each(["hotel", "slow", "fault"] as const)("an answer that says nothing (%s) keeps the entry on the device", async (mood) => {
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new DOMException("", "TimeoutError")), ms);
    return stop.signal;
  });
  const { entries } = page();
  server.moods = [mood];
  const ids = await take(entries, "needle-in");
  await wait(0.9);
  expect(disk.length).toBe(1);
  await wait(60);
  expect(inRecord()).toEqual(ids);
});

test("tries grow rarer while the server is away", async () => {
  const { entries } = page();
  let tries = 0;
  server.always = "full";
  const fetch = server.fetch;
  (entries as unknown as { around: { wire: { fetch: typeof fetch } } }).around.wire.fetch = (...one) => { tries += 1; return fetch(...one); };
  await take(entries, "needle-in");
  await wait(5 * 60);
  expect(tries).toBeGreaterThan(15);
  expect(tries).toBeLessThan(40);
});

test("a signed note takes nothing more, and nothing is thrown away", async () => {
  const { entries } = page();
  server.always = "signed";
  const ids = await take(entries, "needle-in", "twitch");
  await wait(5);
  expect(entries.state.waiting).toBe(0);
  expect(entries.state.aside.map(({ entry, aside }) => [entry.id, aside!.why])).toEqual(ids.map((id) => [id, "The note is signed."]));
  expect(told(entries.state, "ada")).toEqual({ sort: "not-kept", text: "2 entries not in the record." });
  // Not even by closing the page.
  const again = page().entries;
  await again.start();
  expect(again.state.aside).toHaveLength(2);
  await again.discard(ids);
  expect(disk.length).toBe(0);
});

test("a refused entry does not hold up the others", async () => {
  const { entries, news } = page();
  const [one, other] = await take(entries, "needle-in", "twitch");
  server.refuses.set(one!, "There is no such needle.");
  await wait(2);
  expect(inRecord()).toEqual([other]);
  expect(entries.state.aside[0]!.aside).toEqual({ why: "There is no such needle.", signed: false, again: false });
  expect(news).toContainEqual({ kind: "aside", visit: VISIT, ids: [one], why: "There is no such needle." });
  server.refuses.clear();
  await entries.retry([one!]);
  await wait(2);
  expect(inRecord()).toEqual([other, one]);
});

test.each([500, 503])("an entry over which the server stumbles (%i) does not hold up the others", async (status) => {
  const { entries } = page();
  server.stumblesWith = status;
  const ids = await take(entries, "needle-in", "twitch", "stays", "needle-out");
  server.stumblesOver = ids[1]!;
  await wait(60);
  expect(inRecord().sort()).toEqual(ids.filter((id) => id !== ids[1]).sort());
  expect(entries.state.waiting).toBe(1);
  server.stumblesOver = null;
  await wait(20);
  expect(inRecord()).toHaveLength(4);
});

test("an entry for which the server is never there holds up no other one of this visit, and no other visit", async () => {
  const { entries } = page();
  server.stumblesWith = 503;
  const [bad] = await take(entries, "needle-in");
  server.stumblesOver = bad!;
  const others = await take(entries, "twitch", "stays", "needle-out");
  const elsewhere = entries.take("/visits/2/entries/", [NEEDLE, NEEDLE]);
  await elsewhere.stored;
  await wait(90);
  expect(inRecord().sort()).toEqual([...others, ...elsewhere.entries.map(({ id }) => id)].sort());
  expect(entries.state.waiting).toBe(1);
  // And what is entered from now on does not wait behind it.
  const [later] = await take(entries, "twitch");
  await wait(30);
  expect(inRecord()).toContain(later);
  server.stumblesOver = null;
  await wait(20);
  expect(entries.state.waiting).toBe(0);
});

test("a server that is away for a while and comes back has all of them at once", async () => {
  const { entries } = page();
  server.always = "full";
  const ids = await take(entries, "needle-in", "twitch", "stays", "needle-out");
  await wait(120);
  server.always = null;
  server.posts = [];
  await wait(20);
  expect(inRecord().sort()).toEqual([...ids].sort());
  expect(server.posts.length).toBeLessThan(4);
});

test.each(["signed-out", "sign-in-page", "forgery"] as const)("who is signed out (%s) signs in again and loses nothing", async (mood) => {
  let token = "old";
  const { entries } = page({ token: () => token });
  server.always = mood;
  const ids = await take(entries, "needle-in");
  await wait(2);
  expect(told(entries.state, "ada").text).toBe("1 entry waiting to be kept: sign in again to send them; until then they stay on this device.");
  server.always = null;
  token = "new";
  entries.again();
  await wait(1);
  expect(inRecord()).toEqual(ids);
  expect(server.tokens).toEqual(["new"]);
});

test("who may not write here is told, and can try again once they may", async () => {
  const { entries } = page();
  server.always = "may-not";
  const ids = await take(entries, "needle-in", "twitch");
  await wait(2);
  expect(entries.state.aside.map(({ aside }) => aside!.why)).toEqual(["You may read here, not write.", "You may read here, not write."]);
  server.always = null;
  await page().entries.start();
  await wait(1);
  expect(inRecord()).toEqual(ids);
});

test("nobody sends what another person entered on the same tablet", async () => {
  server.always = "lost-question";
  const ids = await take(page({ who: "ada" }).entries, "needle-in");
  vi.clearAllTimers();
  server.always = null;
  const colleague = page({ who: "ben" }).entries;
  await colleague.start();
  await wait(5);
  expect(inRecord()).toEqual([]);
  expect(told(colleague.state, "ben").text).toContain("1 entry of another person waits on this device");
  const nobody = page({ who: "" }).entries;
  await nobody.start();
  await wait(5);
  expect(told(nobody.state, "").text).toContain("Sign in and open the visit to send it.");
  await page({ who: "ada" }).entries.start();
  await wait(1);
  expect(inRecord()).toEqual(ids);
});

test("a tab that was left open sends nothing as the one who signed in after", async () => {
  const ada = page({ who: "ada" }).entries;
  server.signedIn = "ben";
  const ids = await take(ada, "needle-in");
  await wait(120);
  expect(inRecord()).toEqual([]);
  expect(told(ada.state, "ada").text).toContain("sign in again to send them");
  server.signedIn = "ada";
  await wait(60);
  expect(inRecord()).toEqual(ids);
});

test("a device without room says so, and sends from the open page", async () => {
  disk.full = true;
  const { entries } = page();
  server.always = "lost-question";
  const ids = await take(entries, "needle-in");
  await wait(2);
  expect(told(entries.state, "ada").sort).toBe("not-kept");
  expect(told(entries.state, "ada").text).toContain("1 entry not kept: this device has no room or forbids it.");
  server.always = null;
  await wait(20);
  expect(inRecord()).toEqual(ids);
  expect(told(entries.state, "ada").sort).toBe("kept");
});

test("a browser that forbids storing does not stop a session", async () => {
  const { entries } = page({ storage: () => { throw new DOMException("denied", "SecurityError"); } });
  const ids = await take(entries, "needle-in");
  entries.takeAtOnce(VISIT, [NEEDLE]);
  await wait(2);
  expect(inRecord()).toHaveLength(2);
  expect(inRecord()).toContain(ids[0]);
});

test("an entry that lies on two shelves is one entry", async () => {
  server.always = "lost-question";
  const { entries } = page();
  await take(entries, "needle-in");
  disk.full = true;
  server.always = "signed";
  await wait(30);
  expect(entries.state.aside).toHaveLength(1);
  expect(entries.state.waiting).toBe(0);
  // What the full disk still holds is the old word on it, so nothing is lost with the page.
  expect(entries.state.fleeting).toBe(0);
});

test("two tabs take turns in sending, and tell each other", async () => {
  const rooms: ((event: MessageEvent) => void)[] = [];
  const channel = (): BroadcastChannel => {
    let own: ((event: MessageEvent) => void) | null = null;
    return {
      addEventListener: (_: string, listener: (event: MessageEvent) => void) => rooms.push((own = listener)),
      postMessage: (data: unknown) => rooms.filter((one) => one !== own).forEach((one) => one({ data } as MessageEvent)),
    } as unknown as BroadcastChannel;
  };
  let chain: Promise<unknown> = Promise.resolve();
  const locks = { request: (_: string, __: unknown, work: () => Promise<void>) => (chain = chain.then(work)) } as unknown as LockManager;
  const one = page({ locks, channel: channel() });
  const other = page({ locks, channel: channel() });
  const ids = [...(await take(one.entries, "needle-in")), ...(await take(other.entries, "twitch"))];
  await wait(2);
  expect(inRecord()).toEqual(ids);
  expect(server.posts.flat()).toHaveLength(2);
  expect(other.news).toContainEqual(expect.objectContaining({ kind: "taken", here: false }));
  expect(one.entries.state.waiting).toBe(0);
});

test("a lock that a sleeping tab holds for ever is not waited for", async () => {
  const locks = { request: async (_: string, { signal }: { signal: AbortSignal }) => { signal.throwIfAborted(); throw new DOMException("", "TimeoutError"); } } as unknown as LockManager;
  const { entries } = page({ locks });
  const ids = await take(entries, "needle-in");
  await wait(1);
  expect(inRecord()).toEqual(ids);
});

test("hundreds of entries after a day without network go in parts", async () => {
  server.always = "lost-question";
  const { entries } = page();
  const all = entries.take(VISIT, Array.from({ length: 230 }, () => NEEDLE));
  await all.stored;
  await take(entries, "needle-out");
  server.always = null;
  await wait(20);
  expect(server.posts.length).toBeGreaterThanOrEqual(5);
  expect(inRecord()).toHaveLength(231);
});

test("times never run backwards on one device, and follow the server's clock", async () => {
  let now = Date.parse("2026-11-26T10:00:00Z");
  const clock = new Clock(() => now);
  const first = clock.stamp();
  now -= 3_600_000;
  const second = clock.stamp();
  expect(second > first).toBe(true);
  expect(first).toBe("2026-11-26T10:00:00.000Z");
  clock.heard("Thu, 26 Nov 2026 10:05:00 GMT", now, now);
  expect(clock.stamp()).toBe("2026-11-26T10:05:00.500Z");
  clock.heard(null, now, now);
  expect(new Date(clock.now()).toISOString()).toBe("2026-11-26T10:05:00.500Z");
});
