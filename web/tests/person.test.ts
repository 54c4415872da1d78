import { describe, expect, test } from "vitest";
import { NEUTRAL, parametersOf, whyNeutral, type Person } from "../src/core/person.ts";
import { body as coming } from "./body-files.ts";

const shapeOf = async (person: Person | null): Promise<{ cm: number; kg: number }> => {
  const { shape, calibration } = await coming;
  const parameters = parametersOf(person, shape, calibration);
  return { cm: 100 * shape.stature(parameters), kg: shape.litres(shape.vertices(parameters)) };
};

describe("a person is shown in their own shape", () => {
  test.each<[string, Person]>([
    ["a slight woman", { sex: "female", height_cm: 150, weight_kg: 42 }],
    ["a tall heavy man", { sex: "male", height_cm: 190, weight_kg: 120, age: 60 }],
    ["a very heavy woman", { sex: "female", height_cm: 165, weight_kg: 130 }],
    ["an old thin man", { sex: "male", height_cm: 170, weight_kg: 58, age: 88 }],
  ])("%s is as tall and as heavy as was said", async (_, person) => {
    const { cm, kg } = await shapeOf(person);
    expect(Math.abs(cm - person.height_cm!)).toBeLessThan(0.05);
    expect(Math.abs(kg - person.weight_kg!)).toBeLessThan(0.05);
  });

  test("without a weight the build counts", async () => {
    const weights = await Promise.all((["slim", "average", "heavy"] as const).map((build) => shapeOf({ sex: "female", height_cm: 165, build })));
    expect(weights.map((one) => Math.round(one.kg))).toEqual([52, 64, 90]);
  });

  test("a size that no adult has is met as nearly as the model can", async () => {
    const { cm, kg } = await shapeOf({ sex: "male", height_cm: 500, weight_kg: 1 });
    expect(cm).toBeGreaterThan(200);
    expect(Number.isFinite(kg)).toBe(true);
  });
});

describe("the neutral body stands in", () => {
  test.each<[string, Person | null, string | null]>([
    ["for nobody", null, "unknown"],
    ["for an unknown sex", { age: 40 }, "unknown"],
    ["for whoever wants it", { sex: "female", neutral: true }, "chosen"],
    ["for a boy of 15", { sex: "male", age: 15, height_cm: 170, weight_kg: 60 }, "under-18"],
    ["for a child who also does not want their shape shown", { age: 12, neutral: true }, "under-18"],
  ])("%s", async (_, person, why) => {
    const { shape, calibration } = await coming;
    expect(parametersOf(person, shape, calibration)).toEqual(NEUTRAL);
    expect(whyNeutral(person)).toBe(why);
  });

  test("but not for somebody of 18", () => expect(whyNeutral({ sex: "male", age: 18 })).toBeNull());
});
