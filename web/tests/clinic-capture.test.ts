import { expect, test } from "vitest";
import type { Entry } from "../src/clinic/entry.ts";
import { SoFar } from "../src/clinic/so-far.ts";
import { standingOf, stands, type Tile } from "../src/clinic/tile.ts";
import { elapsed } from "../src/clinic/timers.ts";
import { inWords } from "../src/clinic/told-words.ts";
import { commandIn } from "../src/clinic/voice.ts";

let number = 0;
function act(second: number, kind: string, body: Record<string, unknown> = {}): Entry {
  number += 1;
  return { id: `act-${String(number).padStart(3, "0")}`, kind, at: `2026-11-26T10:00:${String(second).padStart(2, "0")}.000Z`, body };
}

function after(...acts: Entry[]): SoFar {
  const soFar = new SoFar();
  soFar.add(acts);
  return soFar;
}

const tile = (...acts: { kind: string; body: Record<string, unknown> }[]): Tile => ({ acts, special: null, body: {} });
const needle = (second: number, id: string, muscle = "infraspinatus"): Entry => act(second, "needle-in", { needle: id, muscle, side: "left" });
const title = (muscle: string | null, side: string | null): string => `${muscle}, ${side}`;

test("one tap is undone as one, also when it took out six needles", () => {
  const outs = ["n1", "n2"].map((id) => act(9, "needle-out", { needle: id }));
  const soFar = after(needle(1, "n1"), needle(2, "n2"), ...outs);
  expect(soFar.last).toEqual(outs);
  expect(inWords(soFar.last, soFar, title)).toBe("2 × needle out");
  soFar.add(outs.map(({ id }) => act(10, "undone", { act: id })));
  expect(soFar.inside).toHaveLength(2);
  expect(soFar.lastUndone).toHaveLength(2);
  // The next undo goes on to what was done before.
  expect(soFar.last.map(({ body }) => body["needle"])).toEqual(["n2"]);
});

test("what was taken back can be put back until something else is done", () => {
  const first = needle(1, "n1");
  const soFar = after(first, act(2, "undone", { act: first.id }));
  expect(soFar.inside).toHaveLength(0);
  soFar.add([act(3, "undone", { act: soFar.lastUndone[0]!.id })]);
  expect(soFar.inside).toHaveLength(1);
  soFar.add([act(4, "twitch", { needle: "n1" })]);
  expect(soFar.lastUndone).toEqual([]);
});

test("acts are told in words: which needle, where, how often", () => {
  const soFar = after(needle(1, "n1"), needle(2, "n2"), act(3, "twitch", { needle: "n2", count: 1 }), act(4, "twitch", { needle: "n2", count: 1 }));
  expect(inWords(soFar.last, soFar, title)).toBe("Needle 2: 2 twitches, infraspinatus, left");
  const pain = after(act(1, "pain", { value: 6, when: "before" }));
  expect(inWords(pain.last, pain, title)).toBe("Pain before 6");
  expect(inWords([], soFar, title)).toBe("Nothing to undo");
});

test("only the last word on pain is pressed", () => {
  const { session } = after(act(1, "pain", { value: 6, when: "before" }), act(2, "pain", { value: 4, when: "before" }), act(3, "pain", { value: 6, when: "after" }));
  const pressed = (value: number, when: string): boolean => stands(tile({ kind: "pain", body: { value, when } }), session);
  expect([pressed(6, "before"), pressed(4, "before"), pressed(6, "after")]).toEqual([false, true, true]);
});

test("a tile with several acts is pressed when all of them stand", () => {
  const planned = tile({ kind: "positioned", body: { position: "prone" } }, { kind: "prepared", body: { skin: "alcohol" } });
  expect(stands(planned, after(act(1, "positioned", { position: "prone" })).session)).toBe(false);
  const { session } = after(act(1, "positioned", { position: "prone" }), act(2, "prepared", { skin: "alcohol" }));
  expect(stands(planned, session)).toBe(true);
  expect(stands(planned, after(...session.acts, act(3, "positioned", { position: "supine" })).session)).toBe(false);
});

test("a reaction that was taken back is not pressed", () => {
  const told = act(1, "reacted", { reaction: "soreness", kind: "soreness" });
  const soreness = tile({ kind: "reacted", body: { reaction: "soreness", kind: "soreness" } });
  expect(standingOf(soreness, after(told).session)).toEqual([told]);
  expect(stands(soreness, after(told, act(2, "undone", { act: told.id })).session)).toBe(false);
});

test.each([
  ["Needle in", "needle-in"], ["twitch.", "twitch"], ["All out!", "out-all"], ["out all", "out-all"], ["needle out", "needle-out"], ["out", "needle-out"],
  ["undo", "undo"], ["and now breathe out", null], ["did that twitch?", null], ["in", null], ["constructor", null], ["", null],
])("said “%s”: %s", (said, command) => {
  expect(commandIn(said)).toBe(command);
});

test("time is told in minutes and seconds, also beyond the hour", () => {
  expect([elapsed(0), elapsed(9), elapsed(754), elapsed(3661), elapsed(-5)]).toEqual(["0:00", "0:09", "12:34", "61:01", "0:00"]);
});
