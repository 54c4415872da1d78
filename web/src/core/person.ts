/** From a person to the parameters of a body: sex, age, stature and weight or build; the neutral body for everybody else. */

import type { Parameters, Shape } from "./shape.ts";

export type Sex = "female" | "male";
export type BuildWord = "slim" | "average" | "heavy";

export interface Person {
  sex?: Sex | null;
  /** Years. */
  age?: number | null;
  height_cm?: number | null;
  weight_kg?: number | null;
  build?: BuildWord | null;
  /** True when they do not want their own shape shown. */
  neutral?: boolean;
}

/** Stature and volume over height and habitus, for each sex. */
export interface Calibration {
  height: number[];
  habitus: number[];
  table: Record<Sex, number[][][]>;
}

export type WhyNeutral = "under-18" | "chosen" | "unknown" | null;

export const NEUTRAL: Parameters = { sex: 0.5, age: 0.15, muscle: 0.5, weight: 0.5, height: 0.35, fat: 0 };
/** A litre of a body weighs about this much. */
export const KG_A_LITRE = 1.0;
/** Body-mass index and stature that stand for what is not told; the server takes the same (its choice is explained in `figure.py`). */
const BMI_OF: Record<BuildWord, number> = { slim: 19, average: 23.5, heavy: 33 };
const STATURE_CM: Record<Sex, number> = { female: 165, male: 178 };
const ADULT = 18;

/** Is this person shown on the neutral body, and why? */
export function whyNeutral(person: Person | null | undefined): WhyNeutral {
  if (person && typeof person.age === "number" && person.age < ADULT) return "under-18";
  if (person?.neutral) return "chosen";
  return person?.sex === "female" || person?.sex === "male" ? null : "unknown";
}

/** The body of a person. */
export function parametersOf(person: Person | null | undefined, shape: Shape, calibration: Calibration): Parameters {
  if (!person || whyNeutral(person)) return NEUTRAL;
  const sex: Sex = person.sex === "male" ? "male" : "female";
  const start = { ...NEUTRAL, sex: sex === "male" ? 1 : 0, age: ageParameter(person.age) };
  let height = sensible(person.height_cm, 100, 250);
  let weight = sensible(person.weight_kg, 25, 300);
  const bmi = person.build ? BMI_OF[person.build] : undefined;
  if (weight === null && bmi !== undefined) {
    height ??= STATURE_CM[sex];
    weight = bmi * (height / 100) ** 2;
  }
  return solve(shape, calibration, start, { height_cm: height, weight_kg: weight, habitus: NEUTRAL.weight });
}

/** 25 years is 0 and 90 is 1, as the model was made; nothing said is middle-aged. */
export function ageParameter(years: number | null | undefined): number {
  if (typeof years !== "number" || !Number.isFinite(years)) return NEUTRAL.age;
  return clamp((years - 25) / 65, 0, 1);
}

export interface Wanted {
  height_cm: number | null;
  weight_kg: number | null;
  /** Used where no weight is wanted. */
  habitus: number;
}

/** The parameters of somebody this tall and this heavy: stature by the secant, habitus by halving on the enclosed volume. */
export function solve(shape: Shape, calibration: Calibration, start: Parameters, wanted: Wanted): Parameters {
  let { height, habitus } = firstGuess(calibration, start.sex, start.height, wanted);
  for (let round = 0; round < 4; round += 1) {
    const before = height;
    if (wanted.height_cm !== null) height = asTall(shape, start, height, habitus, wanted.height_cm / 100);
    // Stature hardly depends on weight: once it stands still, so does the rest.
    if (wanted.weight_kg === null || (round > 0 && Math.abs(height - before) < 1e-6)) break;
    habitus = asHeavy(shape, { ...start, height }, wanted.weight_kg);
  }
  return withHabitus({ ...start, height }, habitus);
}

/** One number from thin to heavy: 0 to 1 is `weight`, above 1 adds fat, below 0 takes some. */
export function withHabitus(parameters: Parameters, habitus: number): Parameters {
  const fat = habitus > 1 ? habitus - 1 : Math.min(habitus, 0);
  return { ...parameters, weight: clamp(habitus, 0, 1), fat };
}

function asTall(shape: Shape, start: Parameters, height: number, habitus: number, metres: number): number {
  const step = 0.02;
  for (let n = 0; n < 3; n += 1) {
    const now = shape.stature(withHabitus({ ...start, height }, habitus));
    const more = shape.stature(withHabitus({ ...start, height: height + step }, habitus));
    height = clamp(height + (metres - now) / ((more - now) / step), 0, 1);
  }
  return height;
}

/** Where the habitus changes its meaning; between two of these the vertices move in straight lines. */
const PIECES = [-0.4, 0, 0.5, 1, 4];

function asHeavy(shape: Shape, start: Parameters, kg: number): number {
  const heavier = (t: number): number => shape.litres(shape.vertices(withHabitus(start, t))) * KG_A_LITRE;
  const last = PIECES.length - 2;
  let piece = 0;
  let low = heavier(PIECES[0]!);
  let high = heavier(PIECES[1]!);
  while (high < kg && piece < last) {
    piece += 1;
    low = high;
    high = heavier(PIECES[piece + 1]!);
  }
  const [from, to] = [PIECES[piece]!, PIECES[piece + 1]!];
  if (kg <= low) return from;
  if (kg >= high) return to;
  // Along a straight line of shapes the volume is a cubic, so four shapes tell all of it: no need to build twenty bodies.
  const third = (to - from) / 3;
  const at = cubic([low, heavier(from + third), heavier(to - third), high]);
  return from + (to - from) * halve(0, 1, (t) => at(t) > kg);
}

/** The cubic through values at 0, 1/3, 2/3 and 1. */
function cubic([a, b, c, d]: [number, number, number, number]): (t: number) => number {
  return (t) => {
    const [p, q, r] = [3 * t - 1, 3 * t - 2, t - 1];
    return (-a * p * q * r + d * t * p * q) / 2 + (9 * b * t * q * r - 9 * c * t * p * r) / 2;
  };
}

/** Where the table says that a body of this stature and weight lies (bilinear, the sexes mixed). */
export function firstGuess(
  { height, habitus, table }: Calibration, sex: number, startHeight: number, wanted: Wanted,
): { height: number; habitus: number } {
  const at = (h: number, t: number, column: number): number =>
    (1 - sex) * bilinear(table.female, height, habitus, h, t, column) + sex * bilinear(table.male, height, habitus, h, t, column);
  let h = startHeight;
  let t = wanted.habitus;
  for (let round = 0; round < 3; round += 1) {
    if (wanted.height_cm !== null) h = halve(0, 1, (one) => at(one, t, 0) > wanted.height_cm! / 100);
    if (wanted.weight_kg !== null) t = halve(-0.3, 3, (one) => at(h, one, 1) * KG_A_LITRE > wanted.weight_kg!);
  }
  return { height: h, habitus: t };
}

function halve(low: number, high: number, tooMuch: (at: number) => boolean): number {
  for (let n = 0; n < 24; n += 1) {
    const middle = (low + high) / 2;
    if (tooMuch(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

function bilinear(table: number[][][], rows: number[], columns: number[], row: number, column: number, which: number): number {
  const [r, fr] = between(rows, row);
  const [c, fc] = between(columns, column);
  const cell = (i: number, j: number): number => table[i]![j]![which]!;
  return (1 - fr) * ((1 - fc) * cell(r, c) + fc * cell(r, c + 1)) + fr * ((1 - fc) * cell(r + 1, c) + fc * cell(r + 1, c + 1));
}

function between(steps: number[], value: number): [number, number] {
  let n = 0;
  while (n < steps.length - 2 && value > steps[n + 1]!) n += 1;
  return [n, clamp((value - steps[n]!) / (steps[n + 1]! - steps[n]!), 0, 1)];
}

function sensible(value: number | null | undefined, least: number, most: number): number | null {
  return typeof value === "number" && Number.isFinite(value) ? clamp(value, least, most) : null;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
