/** What `measure.mjs` prints, from the same modules that the chart uses. */

import { measure } from "../src/core/areas.ts";
import { loadBody, type Fetcher } from "../src/core/body.ts";
import { readPainting } from "../src/core/painting.ts";
import { parametersOf, type Person } from "../src/core/person.ts";
import type { Parameters } from "../src/core/shape.ts";

interface Told {
  body?: Person & { parameters?: Parameters };
  painting?: unknown;
}

export async function measured({ body: wanted, painting }: Told, fetcher: Fetcher): Promise<unknown> {
  const body = await loadBody(fetcher);
  const parameters = wanted?.parameters ?? parametersOf(wanted ?? null, body.shape, body.calibration);
  body.take(parameters);
  const found = measure(readPainting(painting), body.areas, body.triangles, body.regionOf, body.count);
  return {
    parameters,
    stature_cm: 100 * body.shape.stature(parameters),
    litres: body.shape.litres(body.positions),
    ...found,
    regions: found.regions.map((one) => ({ ...one, name: body.regions[one.id]!.name, side: body.regions[one.id]!.side })),
  };
}
