/** The look of the chart: the quiet ground and the spacing of Needlepoint's other pages. */

const LIGHT = `
  color-scheme: light;
  --ground: #f4f5f2; --paper: #ffffff; --ink: #17202a; --ink-quiet: #4b5763; --line: #d3d8d6; --line-strong: #7d8890; --link: #17507f;
  --tint: #eaf1f8; --on-link: #ffffff; --stage: radial-gradient(ellipse at 50% 42%, #ffffff 0%, #f3f5f3 58%, #e6eae7 100%);
  --glass: #ffffffe8; --silhouette: #e9e1d9; --shadow: 0 1px 2px #17202a14, 0 6px 20px #17202a14; --danger: #a3171d;
`;
const DARK = `
  color-scheme: dark;
  --ground: #0f1419; --paper: #182028; --ink: #edf1f4; --ink-quiet: #b0bbc5; --line: #34404b; --line-strong: #7c8994; --link: #93c4f2;
  --tint: #1d2f42; --on-link: #0f1419; --stage: radial-gradient(ellipse at 50% 42%, #26313b 0%, #1a222a 58%, #12181e 100%);
  --glass: #182028ea; --silhouette: #4a525a; --shadow: 0 1px 2px #0008, 0 6px 20px #0006; --danger: #ff9d97;
`;

export const STYLE = `
:host {
  ${LIGHT}
  --step-1: 0.25rem; --step-2: 0.5rem; --step-3: 0.75rem; --step-4: 1rem; --step-5: 1.5rem;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  display: block;
  block-size: clamp(34rem, 100dvh, 68rem);
  container: chart / inline-size;
  color: var(--ink);
  font: 1.0625rem / 1.4 var(--font);
  -webkit-tap-highlight-color: transparent;
}
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
:host([theme="dark"]) { ${DARK} }
:host([hidden]) { display: none; }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
[hidden] { display: none !important; }
button, input { font: inherit; color: inherit; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { width: 1.5rem; height: 1.5rem; flex: none; }
.swatch { width: 1.75rem; height: 1.75rem; flex: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }

.chart {
  block-size: 100%;
  display: grid;
  grid-template: "top" auto "stage" minmax(0, 1fr) "dock" auto / minmax(0, 1fr);
  gap: var(--step-3);
  padding: var(--step-3);
  background: var(--ground);
}
.top { grid-area: top; display: flex; align-items: center; justify-content: space-between; gap: var(--step-2) var(--step-4); }
.top h2 { font-size: clamp(1.25rem, 0.9rem + 2cqi, 1.75rem); line-height: 1.2; letter-spacing: -0.01em; }
.top p { color: var(--ink-quiet); font-size: 0.9375rem; }

/* Buttons: never smaller than a thumb */

button {
  min-block-size: 2.75rem;
  border: 1px solid transparent;
  border-radius: 0.625rem;
  background: none;
  cursor: pointer;
  touch-action: manipulation;
  user-select: none;
  -webkit-user-select: none;
}
button:disabled { opacity: 0.62; cursor: default; }
button:not(:disabled):hover { background: var(--tint); }
.choice { display: flex; gap: 2px; padding: 3px; border: 1px solid var(--line); border-radius: 0.875rem; background: var(--paper); }
.choice button { flex: 1 1 auto; display: flex; align-items: center; justify-content: center; gap: 0.4em; padding: 0 0.75rem; font-weight: 600; white-space: nowrap; }
.choice button[aria-pressed="true"] { background: var(--link); color: var(--on-link); }
.plain { display: inline-flex; align-items: center; justify-content: center; gap: 0.45em; padding: 0 0.75rem; border-color: var(--line); background: var(--paper); font-weight: 600; }
.plain.only span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.plain.only { inline-size: 2.75rem; padding: 0; }
.ways { flex: none; }

/* The stage */

.stage-area:has(.list:not([hidden])) { background: var(--paper); }
.stage-area { grid-area: stage; position: relative; min-block-size: 0; border: 1px solid var(--line); border-radius: 1rem; background: var(--stage); overflow: hidden; }
.stage { position: absolute; inset: 0; touch-action: none; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; border-radius: 1rem; cursor: crosshair; }
.stage:focus-visible { outline-offset: -4px; }
.stage[data-pointer]:focus-visible { outline: none; }
.stage[data-turns] { cursor: grab; }
.stage canvas { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; display: block; }
.silhouette { position: absolute; inset: 0; margin: auto; block-size: 93.5%; inline-size: 100%; fill: var(--silhouette); transition: opacity 0.25s; pointer-events: none; }
.ready .silhouette { opacity: 0; }
.drawing { position: absolute; inset: 3.5rem 3.75rem 3.25rem 0.5rem; display: grid; place-items: center; }
.drawing svg { block-size: 100%; inline-size: 100%; }
.drawing path[data-region] { cursor: pointer; stroke: transparent; stroke-width: 2.5; vector-effect: non-scaling-stroke; }
.drawing path[data-region].is-over { stroke: var(--link); }
.views { position: absolute; inset: var(--step-2) auto auto var(--step-2); background: var(--glass); box-shadow: var(--shadow); }
.views button { padding: 0 0.65rem; font-size: 0.9375rem; }
.zooms { position: absolute; inset: auto var(--step-2) auto auto; inset-block-start: 50%; transform: translateY(-50%); flex-direction: column; background: var(--glass); box-shadow: var(--shadow); }
.zooms button { flex-direction: column; gap: 0; padding: 0.3rem 0.2rem; min-inline-size: 3.5rem; min-block-size: 3.1rem; font-size: 0.75rem; line-height: 1.15; white-space: normal; }
.zooms .icon { width: 1.35rem; height: 1.35rem; }
.zooms button[aria-pressed="true"] { background: var(--tint); color: var(--link); }
.sides { position: absolute; inset-inline: var(--step-3); inset-block-end: var(--step-3); display: flex; justify-content: space-between; align-items: end; pointer-events: none; gap: var(--step-2); }
.side { padding: 0.2rem 0.7rem; border-radius: 2rem; background: var(--glass); color: var(--link); font-weight: 700; font-size: 1rem; box-shadow: var(--shadow); white-space: nowrap; }
.side::before { content: "◂ "; } .side:last-child::before { content: none; } .side:last-child::after { content: " ▸"; }
.said { position: absolute; inset: auto 0 var(--step-3) 0; display: flex; justify-content: center; pointer-events: none; padding-inline: 12rem; }
.list:not([hidden]) ~ .said { inset: auto 0 0 0; block-size: 3.25rem; align-items: center; padding-inline: var(--step-3); }
.list:not([hidden]) ~ .said > div { text-wrap: auto; }
.said > div { max-inline-size: 100%; padding: 0.4rem 1.1rem; border-radius: 1.25rem; text-align: center; text-wrap: balance; line-height: 1.25; background: var(--ink); color: var(--ground); font-weight: 600; box-shadow: var(--shadow); }
.said > div:empty { display: none; }
.said > div::first-letter { text-transform: uppercase; }
.top .note { margin-block-start: var(--step-1); padding-inline-start: 0.6rem; border-inline-start: 4px solid var(--link); color: var(--ink); max-inline-size: 46rem; }
.trouble { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: var(--step-3); padding: var(--step-5); text-align: center; background: var(--glass); }
.pins { position: absolute; inset: 0; pointer-events: none; }
.pin { position: absolute; translate: -50% -50%; min-block-size: 0; inline-size: 1.75rem; block-size: 1.75rem; padding: 0; border-radius: 50%; border: 2.5px solid #fff; pointer-events: auto; color: #fff; font-weight: 700; font-size: 0.8125rem; line-height: 1; box-shadow: 0 1px 4px #0009; }
.pin::after { content: ""; position: absolute; inset: -0.6rem; border-radius: 50%; }
.pin.trigger-point { background: #8a1c3c; } .pin.needle-site { background: #0f4f73; border-radius: 0.35rem; rotate: 45deg; inline-size: 1.55rem; block-size: 1.55rem; }
.pin.needle-site > span { display: block; rotate: -45deg; }
button.pin.trigger-point:hover { background: #8a1c3c; } button.pin.needle-site:hover { background: #0f4f73; }
.pin[aria-pressed="true"] { outline: 3px solid var(--link); outline-offset: 2px; }
.pin.is-hidden { opacity: 0; pointer-events: none; }

/* The dock: what a thumb reaches */

:host([legend="none"][mode="show"]) .dock { display: none; }
.dock { grid-area: dock; display: flex; flex-direction: column; gap: var(--step-3); padding: var(--step-3); border: 1px solid var(--line); border-radius: 1rem; background: var(--paper); min-inline-size: 0; }
.row { display: flex; align-items: center; gap: var(--step-2); min-inline-size: 0; }
.row.spread { justify-content: space-between; }
.row .choice { min-inline-size: 0; }
.brushes { flex: none; }
.label { font-weight: 600; font-size: 0.9375rem; color: var(--ink-quiet); }
.strength { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 0 var(--step-3); }
.strength .number { inline-size: 2.4ch; font-size: 1.875rem; font-weight: 800; line-height: 1; text-align: center; font-variant-numeric: tabular-nums; }
.strength .word { min-inline-size: 8.5em; font-size: 0.9375rem; font-weight: 600; color: var(--ink-quiet); text-align: end; line-height: 1.15; }
input[type="range"] { appearance: none; -webkit-appearance: none; inline-size: 100%; block-size: 2.75rem; margin: 0; background: none; cursor: pointer; touch-action: pan-y; }
input[type="range"]:focus-visible { outline: none; }
input[type="range"]:focus-visible::-webkit-slider-thumb { outline: 3px solid var(--link); outline-offset: 2px; }
input[type="range"]:focus-visible::-moz-range-thumb { outline: 3px solid var(--link); outline-offset: 2px; }
input[type="range"]::-webkit-slider-runnable-track { block-size: 0.75rem; border-radius: 1rem; background: linear-gradient(90deg, var(--line) 0 4%, color-mix(in srgb, var(--slide, var(--link)) 22%, var(--paper)) 8%, var(--slide, var(--link)) 100%); border: 1px solid var(--line-strong); }
input[type="range"]::-moz-range-track { block-size: 0.75rem; border-radius: 1rem; background: linear-gradient(90deg, var(--line) 0 4%, color-mix(in srgb, var(--slide, var(--link)) 22%, var(--paper)) 8%, var(--slide, var(--link)) 100%); border: 1px solid var(--line-strong); }
input[type="range"]::-webkit-slider-thumb { appearance: none; -webkit-appearance: none; inline-size: 1.9rem; block-size: 1.9rem; margin-block-start: -0.65rem; border-radius: 50%; border: 3px solid var(--paper); background: var(--ink); box-shadow: 0 1px 5px #0007; }
input[type="range"]::-moz-range-thumb { inline-size: 1.6rem; block-size: 1.6rem; border-radius: 50%; border: 3px solid var(--paper); background: var(--ink); box-shadow: 0 1px 5px #0007; }
.qualities { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: var(--step-1); padding: 0; border: 0; background: none; }
.qualities button { gap: 0.5em; justify-content: start; padding: 0.3rem 0.5rem; font-size: 0.9375rem; font-weight: 500; line-height: 1.15; text-align: start; white-space: normal; border: 1px solid var(--line); background: var(--paper); }
.qualities button[aria-pressed="true"] { background: var(--tint); color: var(--ink); border-color: var(--link); box-shadow: inset 0 0 0 1.5px var(--link); font-weight: 700; }
.qualities button:not(:disabled):hover { background: var(--tint); }
.brushes button { min-inline-size: 2.75rem; padding: 0; }
.brushes i { display: block; border-radius: 50%; background: currentColor; }
.dot-1 { inline-size: 8px; block-size: 8px; } .dot-2 { inline-size: 14px; block-size: 14px; } .dot-3 { inline-size: 20px; block-size: 20px; }
.brushes button > span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.so-far { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-size: 0.9375rem; color: var(--ink-quiet); min-block-size: 1.4em; }
.so-far b { color: var(--ink); font-weight: 600; }
.so-far::first-letter { text-transform: uppercase; }

/* The list */

.list { position: absolute; inset: 0 0 3.25rem 0; border-block-end: 1px solid var(--line); display: flex; flex-direction: column; background: var(--paper); }
.list .find { display: flex; align-items: center; gap: var(--step-2); margin: var(--step-3); padding-inline: var(--step-3); border: 1.5px solid var(--line-strong); border-radius: 0.75rem; background: var(--paper); }
.list .find:focus-within { outline: 3px solid var(--link); outline-offset: 1px; }
.list input[type="search"] { flex: 1; min-inline-size: 0; min-block-size: 3rem; border: 0; outline: 0; background: none; font-size: 1.125rem; }
.rows { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 0 var(--step-3) var(--step-4); }
.rows details { border-block-start: 1px solid var(--line); }
.rows summary { display: flex; align-items: center; gap: var(--step-2); min-block-size: 3rem; font-weight: 700; cursor: pointer; list-style: none; border-radius: 0.5rem; }
.rows summary::-webkit-details-marker { display: none; }
.rows summary::before { content: "›"; inline-size: 1em; font-size: 1.35rem; line-height: 1; color: var(--ink-quiet); text-align: center; transition: rotate 0.15s; }
.rows details[open] > summary::before { rotate: 90deg; }
.rows .count { font-weight: 600; font-size: 0.875rem; color: var(--link); }
.entry { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: var(--step-2); padding: 0.25rem 0 0.25rem 1.5rem; }
.entry + .entry { border-block-start: 1px solid color-mix(in srgb, var(--line) 55%, transparent); }
.entry > span { overflow-wrap: anywhere; hyphens: auto; }
.wordy .both button { line-height: 1.15; padding-block: 0.3rem; }
.entry > span::first-letter { text-transform: uppercase; }
.entry .both { display: grid; grid-template-columns: 1fr 1fr; gap: var(--step-1); }
.entry .both button { display: flex; align-items: center; justify-content: center; gap: 0.35em; min-inline-size: 6.2rem; padding: 0 0.5rem; border-color: var(--line-strong); font-weight: 600; font-size: 0.9375rem; }
.entry .both button[aria-pressed="true"], .entry .both button[aria-pressed="mixed"] { border-color: var(--link); background: var(--tint); box-shadow: inset 0 0 0 1.5px var(--link); }
.entry .swatch { width: 1.25rem; height: 1.25rem; }
.empty { padding: var(--step-4); color: var(--ink-quiet); }

/* Points and what is shown */

.items { display: flex; flex-direction: column; gap: var(--step-1); max-block-size: 15rem; overflow-y: auto; }
.item { display: flex; align-items: center; gap: var(--step-2); padding: 0.25rem 0.25rem 0.25rem 0.5rem; border: 1px solid var(--line); border-radius: 0.75rem; }
.item.is-chosen { border-color: var(--link); box-shadow: inset 0 0 0 1.5px var(--link); }
.item > button:first-child { flex: 1; text-align: start; display: flex; align-items: center; gap: var(--step-3); padding: 0.2rem 0.4rem; min-inline-size: 0; line-height: 1.2; }
.item small, .legend small { display: block; color: var(--ink-quiet); font-size: 0.875rem; }
.badge { position: static; translate: none; flex: none; display: grid; place-items: center; pointer-events: none; }
.badge::after { content: none; }
.muscles-here { margin-block-start: var(--step-2); display: flex; flex-wrap: wrap; gap: var(--step-1); }
.muscles-here button { padding: 0 0.75rem; border-color: var(--line-strong); font-size: 0.9375rem; font-weight: 600; }
.muscles-here button[aria-pressed="true"] { background: var(--link); color: var(--on-link); }
.legend { display: flex; flex-wrap: wrap; gap: var(--step-3) var(--step-5); overflow-y: auto; max-block-size: 16rem; }
.legend section { flex: 1 1 14rem; min-inline-size: 0; }
.legend h3 { font-size: 1rem; margin-block-end: var(--step-1); display: flex; align-items: center; justify-content: space-between; gap: var(--step-2); }
.legend h3 button { min-block-size: 2.75rem; padding: 0 0.6rem; color: var(--link); font-size: 0.875rem; font-weight: 600; }
.legend li { display: flex; align-items: center; gap: var(--step-2); padding-block: 0.15rem; line-height: 1.2; font-size: 0.9375rem; }
.legend li b { font-weight: 700; }
.legend li > button { display: flex; align-items: center; gap: var(--step-2); inline-size: 100%; text-align: start; padding: 0 0.4rem; }
.legend .bar { flex: none; inline-size: 3.5rem; block-size: 0.6rem; border-radius: 1rem; background: var(--line); overflow: hidden; }
.legend .bar i { display: block; block-size: 100%; background: #0f5f73; }
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) .legend .bar i { background: #4fb3c8; } }
:host([theme="dark"]) .legend .bar i { background: #4fb3c8; }
.legend li > button[aria-pressed="true"] { background: var(--tint); box-shadow: inset 0 0 0 1.5px var(--link); }
.ramp { block-size: 0.75rem; border-radius: 1rem; border: 1px solid var(--line-strong); }
.ramp.heat { background: linear-gradient(90deg, #facc6b, #e86b29, #940d1a); }
.ramp.likely { background: linear-gradient(90deg, #b9cdd0, #0c4e5e); }
.ends { display: flex; justify-content: space-between; font-size: 0.875rem; color: var(--ink-quiet); }
.stack { display: grid; gap: var(--step-2); justify-items: start; } .stack > * { inline-size: 100%; } .stack > button, .stack > div > button { inline-size: auto; }
.times { display: flex; align-items: center; gap: var(--step-3); }
.times output { min-inline-size: 7rem; font-weight: 700; }

@container chart (max-width: 40rem) {
  .chart { gap: var(--step-2); padding: var(--step-2); }
  .top p:not(.note) { display: none; }
  .top { flex-wrap: wrap; } .top > :first-child { flex: 1; } .top .note { font-size: 0.875rem; }
  .top h2 { font-size: 1.0625rem; white-space: nowrap; }
  .choice { flex-wrap: wrap; } .choice.zooms { flex-wrap: nowrap; } .ways { flex: 0 1 auto; }
  .ways button { padding: 0 0.6rem; font-size: 0.9375rem; } .ways .icon { display: none; }
  .dock { gap: var(--step-2); padding: var(--step-2); border-radius: 0.875rem; }
  .tools button { padding: 0 0.75rem; font-size: 0.9375rem; } .tools .icon { display: none; }
  .row .plain:not(.only) { font-size: 0.875rem; line-height: 1.15; text-align: start; padding: 0 0.6rem; }
  .so-far { -webkit-line-clamp: 1; font-size: 0.875rem; }
  .qualities button { flex-direction: column; gap: 0.15rem; justify-content: center; text-align: center; font-size: 0.8125rem; padding: 0.25rem 0.1rem; }
  .qualities .swatch { width: 1.375rem; height: 1.375rem; }
  .views button { padding: 0 0.45rem; font-size: 0.8125rem; }
  .zooms button { min-inline-size: 2.75rem; min-block-size: 2.75rem; padding: 0; }
  .zooms button > span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .zooms .fine { display: none; }
  .said { inset-block-end: 3.1rem; padding-inline: var(--step-2) 3.75rem; } .said > div { font-size: 0.9375rem; }
  .strength .word { min-inline-size: 6.2em; font-size: 0.875rem; }
  .label.quiet { display: none; }
  .side { font-size: 0.9375rem; }
  .entry { padding-inline-start: 0.5rem; }
  .wordy .entry { grid-template-columns: minmax(0, 1fr); gap: 0.15rem; padding-block: 0.5rem; }
  .entry .both button { min-inline-size: 4.9rem; }
  .narrow-only span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .plain.narrow-only { inline-size: 2.75rem; padding: 0; }
  .legend { max-block-size: 12rem; }
  .items { max-block-size: 9rem; }
}
@container chart (min-width: 40rem) and (max-width: 62rem) {
  .legend ul { display: flex; flex-wrap: wrap; gap: var(--step-1) var(--step-5); }
}
@container chart (min-width: 62rem) {
  .chart { grid-template: "top dock" auto "stage dock" minmax(0, 1fr) / minmax(0, 1fr) 24rem; gap: var(--step-4); padding: var(--step-4); }
  .dock { gap: var(--step-5); padding: var(--step-5); overflow-y: auto; }
  .qualities { grid-template-columns: 1fr 1fr; }
  .strength { grid-template-columns: auto minmax(0, 1fr); } .strength .word { text-align: start; } .strength input { grid-column: 1 / -1; grid-row: 2; }
  .dock > .row { flex-wrap: wrap; }
  .tools { flex: 1 1 100%; } .tools button { padding: 0 0.4rem; font-size: 0.9375rem; } .tools .icon { width: 1.25rem; height: 1.25rem; }
  .tools.many .icon { display: none; }
  .steps { flex: 1; } .steps > button { flex: 1; inline-size: auto !important; } .steps > button > span { position: static !important; width: auto !important; height: auto !important; clip-path: none !important; }
  .dock .row.last { flex-direction: column; align-items: stretch; } .row.last > .row { flex-direction: column; align-items: stretch; }
  .items, .legend { max-block-size: none; }
  .legend section { flex-basis: 100%; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
@media (forced-colors: active) { .choice button[aria-pressed="true"], .qualities button[aria-pressed="true"] { outline: 3px solid Highlight; } }
`;
