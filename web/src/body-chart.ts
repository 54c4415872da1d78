/** Defines `<body-chart>` and gives away the parts that a page may want by themselves. */

import { BodyChart } from "./element.ts";

if (!customElements.get("body-chart")) customElements.define("body-chart", BodyChart);

export { BodyChart };
export { addLanguage } from "./words.ts";
export { decode, encode, readPainting, writePainting, PaintingError } from "./core/painting.ts";
