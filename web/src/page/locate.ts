/** The page on this machine: paint the pain, tell it in words, and see which muscles could explain it, on the same body. */

import type { BodyChart } from "../element.ts";
import type { PaintingDocument } from "../core/painting.ts";
import type { Side } from "../core/footprints.ts";
import type { Names } from "../core/places.ts";
import { make } from "../ui/make.ts";
import { ask, AnswerError, type Answer, type Candidate, type Case, type Found } from "./answer.ts";
import { results } from "./results.ts";

const chart = document.querySelector("body-chart") as BodyChart;
const form = document.querySelector("form")!;
const side = document.querySelector("aside")!;
const status = document.querySelector("[role=status]")!;

let painting: PaintingDocument | null = null;
let answer: Answer | null = null;
let examination: (Found & { id: string })[] = [];
let showsClearance = false;

void fetch("/names").then(async (came) => {
  chart.names = (await came.json()) as Names;
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  painting = chart.painting;
  examination = [];
  void find();
});

/** What was told, as a case. */
function told(): Case {
  const field = (name: string): string => (new FormData(form).get(name) as string | null)?.trim() ?? "";
  const age = field("age");
  return {
    ...(field("complaint") && { complaint: field("complaint") }),
    ...(painting?.layers.some(({ values }) => values) && { painting }),
    person: { ...(age && { age: Number(age) }), ...(field("sex") && { sex: field("sex") }) },
    ...(examination.length > 0 && { examination: examination.map(({ muscle, side, recognised_pain }) => ({ muscle, side, recognised_pain })) }),
  };
}

async function find(): Promise<void> {
  status.textContent = "Looking for muscles…";
  try {
    answer = await ask(told());
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    status.replaceChildren(...error.lines.map((line) => make("p", { class: "error" }, line)));
    return;
  }
  const first = answer.locate.candidates[0];
  status.textContent = answer.locate.stopped
    ? "A danger has to be settled first."
    : first ? `Most likely: ${first.muscle}, ${first.side}.` : "Nothing was marked.";
  show(answer);
}

function show(found: Answer): void {
  document.body.dataset["step"] = "found";
  if (chart.mode !== "show") {
    chart.setAttribute("heading", "On this body");
    chart.mode = "show";
  }
  lay();
  const again = make("button", { type: "button", class: "plain", onclick: back }, "◂ Change the drawing");
  const toggle = make("button", { type: "button", class: "plain", "aria-pressed": String(showsClearance), onclick: () => {
    showsClearance = !showsClearance;
    toggle.setAttribute("aria-pressed", String(showsClearance));
    lay();
  } }, "Where needling needs care");
  side.replaceChildren(make("div", { class: "tools" }, again, toggle), results(found, { looked, examined, found: recognised }));
  side.hidden = false;
}

/** The pain and the muscles, or the clearance of places, upon the body. */
function lay(): void {
  if (!answer) return;
  const drawn = painting ? [{ type: "painting", title: "Painted pain", painting }] : [];
  chart.layers = showsClearance ? [answer.layers.clearance] : [...drawn, answer.layers.muscles];
}

function looked(muscle: Candidate | null): void {
  if (!answer || showsClearance) return;
  chart.highlight = muscle && { id: muscle.id, side: muscle.side };
  chart.zones = muscle && { title: `${muscle.muscle}, ${muscle.side}`, regions: answer.layers.zones[`${muscle.id}|${muscle.side}`] ?? [] };
}

function examined(muscle: string, id: string, on: Side, so: boolean | null): void {
  examination = examination.filter((one) => !(one.id === id && one.side === on));
  if (so !== null) examination.push({ muscle, id, side: on, recognised_pain: so });
  void find();
}

function recognised(id: string, on: Side): boolean | null {
  return examination.find((one) => one.id === id && one.side === on)?.recognised_pain ?? null;
}

function back(): void {
  document.body.dataset["step"] = "tell";
  side.hidden = true;
  status.textContent = "";
  chart.removeAttribute("heading");
  chart.mode = "paint";
  if (painting) chart.painting = painting;
  (document.querySelector("#complaint") as HTMLElement).focus();
}

// A muscle that is pointed at on the body shows its zone, as one in the list does.
chart.addEventListener("muscle-hover", (event) => {
  const muscle = (event as CustomEvent<{ id: string; side: Side } | null>).detail;
  const known = muscle && answer?.locate.candidates.find(({ id, side: on }) => id === muscle.id && on === muscle.side);
  if (answer && !showsClearance) {
    chart.zones = known ? { title: `${known.muscle}, ${known.side}`, regions: answer.layers.zones[`${known.id}|${known.side}`] ?? [] } : null;
  }
});
