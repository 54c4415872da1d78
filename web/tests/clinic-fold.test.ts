/** The page and the server have to see the same session: these stories are read by both (the server's test reads the same files). */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "../src/clinic/entry.ts";
import { sessionOf, stillIn, type Session } from "../src/clinic/fold.ts";

const FOLDER = join(import.meta.dirname, "fixtures/acts");
const stories = readdirSync(FOLDER).map((name) => ({ name, ...(JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as { story: string; acts: Entry[]; session: unknown }) }));

/** As the stories tell it. */
function told(session: Session): unknown {
  return {
    needles: session.needles.map(({ point: _, stimulated: __, ...one }) => one),
    still_in: stillIn(session).map(({ needle }) => needle),
    pain: session.pain, position: session.position, preparation: session.preparation, reactions: session.reactions, none_seen: session.none_seen,
    events: session.events, advised: session.advised, not_done: session.not_done,
    undone: session.undone.map(({ id }) => id).sort(),
    odd: session.odd.map(({ act, reason }) => [act.id, reason]).sort(),
  };
}

test.each(stories)("$name: $story", ({ acts, session }) => {
  expect(told(sessionOf(acts))).toEqual(session);
});

test.each(stories)("$name: it does not matter in which order acts arrive, nor how often", ({ acts, session }) => {
  fc.assert(fc.property(fc.shuffledSubarray([...acts, ...acts], { minLength: 2 * acts.length }), (mixed) => {
    expect(told(sessionOf(mixed))).toEqual(session);
  }), { numRuns: 30 });
});

test("before anything is done there is an empty session", () => {
  expect(stillIn(sessionOf([]))).toEqual([]);
});
