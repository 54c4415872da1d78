/** Made-up content for the demonstration of `show`. */

import type { Layer } from "./core/layers.ts";

export const SHOWN: Layer[] = [
  {
    type: "clearance",
    regions: [
      { region: "upper trapezius", side: "left", level: "adapt", why: "over the lung" },
      { region: "interscapular, upper", level: "weigh", why: "over the lung" },
      { region: "interscapular, lower", level: "weigh", why: "over the lung" },
      { region: "lateral neck", side: "right", level: "stop", why: "large vessels" },
      { region: "lower lumbar (L4-L5)", level: "clear" },
      { region: "buttock, upper", level: "clear" },
    ],
  },
  {
    type: "muscles",
    muscles: [
      { muscle: "upper-trapezius", side: "left", probability: 0.62 },
      { muscle: "levator-scapulae", side: "left", probability: 0.41 },
      { muscle: "infraspinatus", side: "right", probability: 0.2 },
    ],
  },
];
