/** The demonstration page: the three modes with made-up content. Not part of what is shipped. */

import type { BodyChart } from "./body-chart.ts";
import { SHOWN } from "./demo-layers.ts";

const asked = new URLSearchParams(location.search);
const chart = document.querySelector("body-chart") as BodyChart;
for (const name of ["mode", "way", "view", "theme", "person"]) {
  const value = asked.get(name);
  if (value) chart.setAttribute(name, value);
}
if (asked.get("mode") === "show") chart.setAttribute("value", JSON.stringify(SHOWN));
void import("./body-chart.ts");
