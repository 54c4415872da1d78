/** Colours and patterns, one table for the 3D body, the drawings and the legend. No meaning hangs on colour alone. */

import type { Quality } from "./words.ts";

export const QUALITIES: Quality[] = [
  "aching", "burning", "stabbing", "throbbing", "cramping", "pins-and-needles", "numbness", "other",
];

export type PatternName = "plain" | "waves" | "slants" | "rings" | "hatch" | "dots" | "dashes" | "bars" | "stripes" | "solid";

export type Rgb = [number, number, number];

interface Look {
  colour: string;
  pattern: PatternName;
}

/** Strong, calm colours that stay apart from each other and from the body, by day and by night. */
export const QUALITY_LOOK: Record<Quality, Look> = {
  aching: { colour: "#b3261e", pattern: "plain" },
  burning: { colour: "#d9650b", pattern: "waves" },
  stabbing: { colour: "#8a1c7c", pattern: "slants" },
  throbbing: { colour: "#c2255c", pattern: "rings" },
  cramping: { colour: "#7c4a14", pattern: "hatch" },
  "pins-and-needles": { colour: "#0b7285", pattern: "dots" },
  numbness: { colour: "#3b56a8", pattern: "dashes" },
  other: { colour: "#4a5568", pattern: "bars" },
};

export type Level = "clear" | "adapt" | "weigh" | "stop";
export const LEVELS: Level[] = ["clear", "adapt", "weigh", "stop"];

/** The levels of the rest of Needlepoint: stop solid, weigh hatched, adapt striped, clear plain. */
export const LEVEL_LOOK: Record<Level, Look> = {
  clear: { colour: "#1f7a4d", pattern: "plain" },
  adapt: { colour: "#2362b0", pattern: "stripes" },
  weigh: { colour: "#b26a00", pattern: "slants" },
  stop: { colour: "#b3161d", pattern: "solid" },
};

export const SHOW_LOOK = {
  heat: { colour: "#b3261e", pattern: "plain" },
  hazard: { colour: "#6d28a8", pattern: "hatch" },
  zoneMain: { colour: "#b3261e", pattern: "dots" },
  zoneSpill: { colour: "#d98a83", pattern: "dots" },
  muscle: { colour: "#0f5f73", pattern: "plain" },
  highlight: { colour: "#17507f", pattern: "plain" },
  gone: { colour: "#1f7a4d", pattern: "slants" },
  stayed: { colour: "#b3261e", pattern: "plain" },
  fresh: { colour: "#6d28a8", pattern: "dots" },
} as const satisfies Record<string, Look>;

export interface Theme {
  body: Rgb;
  shade: Rgb;
  rim: Rgb;
  hover: Rgb;
}

export const THEMES: Record<"light" | "dark", Theme> = {
  light: { body: rgb("#f1e9e1"), shade: rgb("#8d7b70"), rim: rgb("#ffffff"), hover: rgb("#17507f") },
  dark: { body: rgb("#c9c6c3"), shade: rgb("#2b3138"), rim: rgb("#dfeaf5"), hover: rgb("#93c4f2") },
};

export function rgb(hex: string): Rgb {
  return [1, 3, 5].map((n) => parseInt(hex.slice(n, n + 2), 16) / 255) as Rgb;
}

/** Pattern numbers in the shader. */
export const PATTERN_NUMBER: Record<PatternName, number> = {
  plain: 0, waves: 1, slants: 2, rings: 3, hatch: 4, dots: 5, dashes: 6, bars: 7, stripes: 8, solid: 9,
};

/** The strokes of a pattern on a 12 by 12 tile, for swatches and drawings. */
const STROKES: Record<PatternName, string> = {
  plain: "",
  solid: "",
  waves: "M0 3q3-4 6 0t6 0M0 9q3-4 6 0t6 0",
  slants: "M-2 8 8-2M-2 14 14-2M4 14 14 4",
  rings: "M9 6a3 3 0 1 1-6 0 3 3 0 0 1 6 0",
  hatch: "M0 6h12M6 0v12",
  dots: "M3 3h.01M9 9h.01",
  dashes: "M0 3h7M6 9h7M-6 9h7",
  bars: "M3 0v12M9 0v12",
  stripes: "M0 3h12M0 9h12",
};

/** An SVG pattern definition. `strength` 0–10 sets how deep its fill is. */
export function svgPattern(id: string, look: Look, strength = 7): string {
  const width = look.pattern === "dots" ? 3.4 : 1.8;
  const solid = look.pattern === "solid" || look.pattern === "plain";
  const fill = look.pattern === "solid" ? 0.95 : 0.2 + 0.065 * strength * (solid ? 1 : 0.7);
  return (
    `<pattern id="${id}" width="12" height="12" patternUnits="userSpaceOnUse">` +
    `<rect width="12" height="12" fill="${look.colour}" fill-opacity="${fill.toFixed(2)}"/>` +
    `<path d="${STROKES[look.pattern]}" fill="none" stroke="${look.colour}" stroke-width="${width}" stroke-linecap="round"/></pattern>`
  );
}

let made = 0;

/** A small picture of a colour and its pattern. */
export function swatch(look: Look, strength = 6): string {
  const id = `swatch-${(made += 1)}`;
  return (
    `<svg class="swatch" viewBox="0 0 24 24" aria-hidden="true"><defs>${svgPattern(id, look, strength)}</defs>` +
    `<rect x="1" y="1" width="22" height="22" rx="7" fill="#fbf7f3"/>` +
    `<rect x="1" y="1" width="22" height="22" rx="7" fill="url(#${id})" stroke="${look.colour}" stroke-width="1.5"/></svg>`
  );
}
