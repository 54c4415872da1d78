import { expect, test } from "vitest";
import { FieldHistory, both, same, seenOf, writtenIn, type Written } from "../src/clinic/written.ts";

function wrote(id: string, value: unknown, ...seen: string[]): Written {
  return { id, value, seen, at: `2026-11-26T10:00:0${id.length}.000Z`, by: "Ada", from: "elsewhere" };
}

function after(...all: Written[]): FieldHistory {
  const history = new FieldHistory();
  all.forEach((one) => history.add(one));
  return history;
}

const standing = (history: FieldHistory): unknown[] => history.heads.map(({ value }) => value);

test("who saw a value and wrote another has changed it", () => {
  expect(standing(after(wrote("a", 1), wrote("b", 2, "a"), wrote("c", 3, "b")))).toEqual([3]);
});

test("two who did not see each other both stand, in whatever order their words arrive", () => {
  const history = after(wrote("bb", "left", "a"), wrote("a", ""), wrote("ccc", "right", "a"));
  expect(standing(history)).toEqual(["left", "right"]);
  expect(history.torn).toBe(true);
  history.add(wrote("d", "both", "bb", "ccc"));
  expect(standing(history)).toEqual(["both"]);
  expect(history.torn).toBe(false);
});

test("two who wrote the same do not disagree", () => {
  expect(after(wrote("a", { x: [1] }), wrote("b", { x: [1] })).torn).toBe(false);
  expect(after(wrote("a", null), wrote("b", false)).torn).toBe(true);
});

test("what a page was drawn from is known before it is known what its writer saw", () => {
  const history = after(wrote("b", 2));
  history.add(wrote("a", 1));
  expect(history.torn).toBe(true);
  history.add(wrote("b", 2, "a"));
  expect(standing(history)).toEqual([2]);
});

test("an entry is read as what it says of a field, and nothing else is", () => {
  const entry = { id: "a", kind: "wrote", at: "", body: { field: "answers.pregnant", value: false, seen: ["x", "y"] } };
  expect(writtenIn(entry, "Ada", "here")).toEqual({ field: "answers.pregnant", written: { id: "a", value: false, seen: ["x", "y"], at: "", by: "Ada", from: "here" } });
  expect(writtenIn({ ...entry, kind: "twitch" }, "", "here")).toBeNull();
});

test("`seen` is null, one id or a list, as the protocol wants it", () => {
  expect([seenOf([]), seenOf(["a"]), seenOf(["a", "b"])]).toEqual([null, "a", ["a", "b"]]);
});

test("texts and lists can be kept both, a yes and a no cannot", () => {
  expect(both(["from Ada", "from Ben", "from Ada"])).toEqual({ value: "from Ada\nfrom Ben" });
  expect(both([["diabetes"], ["epilepsy", "diabetes"]])).toEqual({ value: ["diabetes", "epilepsy"] });
  expect(both([true, false])).toBeNull();
  expect(both(["text", null])).toBeNull();
});

test("the order of keys makes no difference, everything else does", () => {
  expect(same({ a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 })).toBe(true);
  for (const [one, other] of [[1, true], [[], {}], [null, {}], [[1, 2], [2, 1]], [{ a: 1 }, { a: 1, b: 2 }], ["1", 1]]) expect(same(one, other)).toBe(false);
});
