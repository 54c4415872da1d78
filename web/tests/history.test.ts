import fc from "fast-check";
import { expect, test } from "vitest";
import { Canvas } from "../src/core/history.ts";

const SIZE = 12;
const stroke = fc.array(fc.tuple(fc.constantFrom("aching", "burning"), fc.nat(SIZE - 1), fc.nat(10)), { minLength: 1, maxLength: 8 });
const seen = (canvas: Canvas): Record<string, number[]> =>
  Object.fromEntries([...canvas.painting].filter(([, values]) => values.some((one) => one)).map(([quality, values]) => [quality, [...values]]));

function paint(canvas: Canvas, strokes: [string, number, number][][]): Record<string, number[]>[] {
  const states = [seen(canvas)];
  for (const one of strokes) {
    canvas.begin();
    for (const [quality, vertex, intensity] of one) canvas.put(quality, vertex, intensity);
    if (canvas.finish().length) states.push(seen(canvas));
  }
  return states;
}

test("undo goes back through every state, and redo forward again", () => {
  fc.assert(fc.property(fc.array(stroke, { maxLength: 8 }), (strokes) => {
    const canvas = new Canvas(new Map(), SIZE);
    const states = paint(canvas, strokes);
    for (let n = states.length - 2; n >= 0; n -= 1) {
      expect(canvas.undo()).toBe(true);
      expect(seen(canvas)).toEqual(states[n]);
    }
    expect(canvas.undo()).toBe(false);
    for (let n = 1; n < states.length; n += 1) {
      expect(canvas.redo()).toBe(true);
      expect(seen(canvas)).toEqual(states[n]);
    }
    expect(canvas.redo()).toBe(false);
  }));
});

test("a new stroke after undo leaves nothing to redo", () => {
  const canvas = new Canvas(new Map(), SIZE);
  paint(canvas, [[["aching", 1, 5]], [["aching", 2, 5]]]);
  canvas.undo();
  paint(canvas, [[["aching", 3, 5]]]);
  expect(canvas.canRedo).toBe(false);
  expect(seen(canvas)).toEqual({ aching: [0, 5, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0] });
});

test("a stroke that a second finger broke off leaves no trace", () => {
  const canvas = new Canvas(new Map(), SIZE);
  canvas.begin();
  canvas.put("aching", 4, 6);
  canvas.cancel();
  expect(canvas.isEmpty).toBe(true);
  expect(canvas.canUndo).toBe(false);
});

test("a stroke that changes nothing is no step", () => {
  const canvas = new Canvas(new Map(), SIZE);
  paint(canvas, [[["aching", 1, 5]], [["aching", 1, 5]], [["aching", 1, 7], ["aching", 1, 5]]]);
  canvas.undo();
  expect(canvas.isEmpty).toBe(true);
});
