/** How the body is drawn: light at the vertices, what is painted at the pixels. Cheap enough for a processor without a graphics card. */

import { LEVEL_LOOK, LEVELS, PATTERN_NUMBER, QUALITIES, QUALITY_LOOK, rgb, SHOW_LOOK, type PatternName } from "../appearance.ts";

export const VERTEX = /* glsl */ `
in vec3 position;
in vec3 normal;
in float light;
in vec4 a;
in vec4 b;
in vec4 c;
in vec4 d;
uniform mat4 modelViewMatrix;
uniform mat4 projectionMatrix;
out vec4 vA;
out vec4 vB;
out vec4 vC;
out vec4 vD;
out vec2 vLight;
out vec3 vPoint;
void main() {
  vA = a; vB = b; vC = c; vD = d; vPoint = position;
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  vec3 n = normalize(mat3(modelViewMatrix) * normal);
  float key = max(0.0, dot(n, vec3(-0.35, 0.52, 0.78)));
  float fill = max(0.0, dot(n, vec3(0.6, 0.1, 0.5)));
  float sky = 0.5 + 0.5 * n.y;
  float rim = pow(1.0 - max(0.0, n.z), 3.0);
  vLight = vec2((0.30 + 0.52 * key + 0.14 * fill + 0.14 * sky) * (0.35 + 0.65 * light), rim * light);
  gl_Position = projectionMatrix * seen;
}`;

/** The strokes of each pattern, in pixels of the screen. */
const PATTERNS = /* glsl */ `
float line(float at, float every, float width) {
  float x = abs(fract(at / every) - 0.5) * every;
  return 1.0 - smoothstep(width * 0.5 - 0.5, width * 0.5 + 0.5, x);
}
float dotted(vec2 p, float every, float radius) {
  vec2 q = (fract(p / every) - 0.5) * every;
  return 1.0 - smoothstep(radius - 0.5, radius + 0.5, length(q));
}
float strokes(int which, vec2 p) {
  if (which == 1) return line(p.y + 2.2 * sin(p.x * 0.6), 8.0, 1.9);
  if (which == 2) return line((p.x - p.y) * 0.7071, 6.5, 2.0);
  if (which == 3) { vec2 q = (fract(p / 12.0) - 0.5) * 12.0; return 1.0 - smoothstep(0.6, 1.5, abs(length(q) - 3.6)); }
  if (which == 4) return max(line(p.x, 7.0, 1.6), line(p.y, 7.0, 1.6));
  if (which == 5) return max(dotted(p, 9.0, 1.9), dotted(p + 4.5, 9.0, 1.9));
  if (which == 6) return line(p.y, 6.0, 1.9) * step(0.35, fract(p.x / 12.0 + 0.5 * floor(p.y / 6.0)));
  if (which == 7) return line(p.x, 6.5, 1.7);
  if (which == 8) return line(p.y, 7.0, 2.1);
  return 0.0;
}`;

const HEAD = /* glsl */ `
precision highp float;
in vec4 vA;
in vec4 vB;
in vec4 vC;
in vec4 vD;
in vec2 vLight;
in vec3 vPoint;
uniform vec3 uBody;
uniform vec3 uShade;
uniform vec3 uRim;
uniform vec3 uHover;
uniform vec4 uBrush;
uniform float uDot;
uniform vec2 uFade;
out vec4 seen;
${PATTERNS}
float inside(float v) { return smoothstep(0.27, 0.37, v); }
float covered(float v) { return smoothstep(0.45, 0.55, v); }
vec3 laid(vec3 under, vec3 colour, float much) { return mix(under, colour, much); }
`;

const TAIL = /* glsl */ `
  if (uBrush.w > 0.0) {
    float away = distance(vPoint, uBrush.xyz);
    float width = max(0.0011 * uFade.y, uBrush.w * 0.06);
    float ring = 1.0 - smoothstep(width * 0.5, width, abs(away - uBrush.w));
    ink = mix(ink, uHover, ring * 0.9);
  }
  vec3 lit = mix(uShade, vec3(1.0), clamp(vLight.x, 0.0, 1.1)) * ink + uRim * vLight.y * 0.10;
  seen = vec4(lit, 1.0);
}`;

function vec3(hex: string): string {
  return `vec3(${rgb(hex).map((one) => one.toFixed(4)).join(", ")})`;
}

function pattern(name: PatternName): number {
  return PATTERN_NUMBER[name];
}

/** Eight qualities; the strongest fills, and every one that is there draws its strokes. A value is half for "painted" and half for how strong. */
function paintFragment(): string {
  const channels = ["vA.x", "vA.y", "vA.z", "vA.w", "vB.x", "vB.y", "vB.z", "vB.w"];
  const fills = QUALITIES.map(
    (quality, n) => `if (${channels[n]} > best) { best = ${channels[n]}; colour = ${vec3(QUALITY_LOOK[quality].colour)}; }`,
  );
  const marks = QUALITIES.map((quality, n) => {
    const look = QUALITY_LOOK[quality];
    if (look.pattern === "plain") return "";
    return `if (${channels[n]} > 0.25) ink = laid(ink, ${vec3(look.colour)} * 0.8, strokes(${pattern(look.pattern)}, p) * inside(${channels[n]}) * 0.85);`;
  });
  return /* glsl */ `${HEAD}
void main() {
  vec3 ink = uBody;
  vec2 p = gl_FragCoord.xy / uDot;
  ink = laid(ink, uHover, covered(vD.w) * 0.16);
  float most = max(max(max(vA.x, vA.y), max(vA.z, vA.w)), max(max(vB.x, vB.y), max(vB.z, vB.w)));
  if (most > 0.25) {
    float best = 0.0;
    vec3 colour = vec3(0.0);
    ${fills.join("\n    ")}
    float strong = clamp((best - 0.5) * 2.0, 0.0, 1.0);
    ink = laid(ink, mix(mix(uBody, colour, 0.55), colour, strong), inside(best) * (0.55 + 0.45 * strong));
    ${marks.join("\n    ")}
  }
${TAIL}`;
}

/** What is known about a body: levels, what lies beneath, zones, muscles, pain, and what changed. */
function showFragment(): string {
  const levels = LEVELS.map((level, n) => {
    const look = LEVEL_LOOK[level];
    const cover = `covered(vA.${"xyzw"[n]})`;
    const fill = { clear: 0.3, adapt: 0.3, weigh: 0.38, stop: 0.92 }[level];
    const strokes = look.pattern === "plain" || look.pattern === "solid" ? "0.0" : `strokes(${pattern(look.pattern)}, p)`;
    return `if (vA.${"xyzw"[n]} > 0.25) ink = laid(ink, ${vec3(look.colour)}, ${cover} * max(${fill}, ${strokes} * 0.95));`;
  });
  const marked = (channel: string, name: keyof typeof SHOW_LOOK, fill: number, edge = "covered"): string =>
    `if (${channel} > 0.25) ink = laid(ink, ${vec3(SHOW_LOOK[name].colour)}, ${edge}(${channel}) * max(${fill}, strokes(${pattern(SHOW_LOOK[name].pattern)}, p) * 0.9));`;
  return /* glsl */ `${HEAD}
void main() {
  vec3 ink = uBody;
  vec2 p = gl_FragCoord.xy / uDot;
  float muscleEdge = fwidth(vC.x);
  float lightEdge = fwidth(vC.z);
  ${levels.join("\n  ")}
  ${marked("vB.w", "zoneSpill", 0.22)}
  ${marked("vB.z", "zoneMain", 0.34)}
  if (vC.x > 0.3) {
    float likely = vC.y / max(vC.x, 0.01);
    vec3 tone = mix(mix(uBody, ${vec3(SHOW_LOOK.muscle.colour)}, 0.28), ${vec3(SHOW_LOOK.muscle.colour)} * 0.82, clamp(likely, 0.0, 1.0));
    ink = laid(ink, tone, smoothstep(0.43, 0.47, vC.x) * 0.9);
    ink = laid(ink, ${vec3(SHOW_LOOK.muscle.colour)} * 0.55, (1.0 - smoothstep(0.6, 1.6, abs(vC.x - 0.45) / max(muscleEdge, 0.0001))) * 0.8);
  }
  if (vB.x > 0.25) {
    float strong = clamp((vB.x - 0.5) * 2.0, 0.0, 1.0);
    vec3 heat = strong < 0.5 ? mix(vec3(0.98, 0.80, 0.42), vec3(0.91, 0.42, 0.16), strong * 2.0) : mix(vec3(0.91, 0.42, 0.16), vec3(0.58, 0.05, 0.10), strong * 2.0 - 1.0);
    ink = laid(ink, heat, inside(vB.x) * 0.9 * uFade.x);
  }
  ${marked("vD.x", "gone", 0.25, "inside")}
  ${marked("vD.y", "stayed", 0.75, "inside")}
  ${marked("vD.z", "fresh", 0.4, "inside")}
  ${marked("vB.y", "hazard", 0.1)}
  if (vC.z > 0.3) {
    ink = laid(ink, uHover, smoothstep(0.43, 0.47, vC.z) * 0.30);
    ink = laid(ink, uHover, 1.0 - smoothstep(1.0, 2.4, abs(vC.z - 0.45) / max(lightEdge, 0.0001)));
  }
  ink = laid(ink, uHover, covered(vD.w) * 0.22);
${TAIL}`;
}

export const FRAGMENT = { paint: paintFragment(), show: showFragment() };
