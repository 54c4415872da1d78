/** The ranking beside the body: dangers, muscles with their reasons, what else, what to ask. */

import type { Side } from "../core/footprints.ts";
import { make } from "../ui/make.ts";
import type { Answer, Candidate, Factor, Place } from "./answer.ts";

export interface Told {
  /** The pointer or the focus lies on a muscle, or left it. */
  looked(muscle: Candidate | null): void;
  /** The fingers found something: yes or no, or the finding is taken back. */
  examined(muscle: string, id: string, side: Side, so: boolean | null): void;
  found(id: string, side: Side): boolean | null;
}

const SHOWN = 8;
const FITS: Record<Place["zone"], string> = { main: "in its main zone", spill: "where it may spill over", near: "beside its zone", outside: "not in its zone" };

/** Everything that came out, as elements. What a person wrote only ever becomes text. */
export function results(answer: Answer, told: Told): HTMLElement {
  const { locate } = answer;
  return make(
    "div", { class: "results" },
    ...locate.red_flags.map((flag) =>
      make("article", { class: `flag ${flag.stops ? "stop" : "weigh"}`, role: flag.stops ? "alert" : null },
        make("h3", {}, flag.title), make("p", {}, flag.text), make("p", { class: "do" }, flag.action),
        flag.because.length > 0 && make("p", { class: "small" }, `Because: ${flag.because.join("; ")}`)),
    ),
    locate.stopped && make("p", { class: "strong" }, "No muscles are ranked until this is settled."),
    locate.wide && make("p", { class: "wide" }, `The drawing is wide, so the order says little: the evidence counts ${percent(locate.certainty)}.`),
    !answer.screen.complete && !locate.stopped && make("p", { class: "small" }, "Not yet cleared for needling: the health questions are still open."),
    locate.candidates.length > 0 && make("section", { "aria-labelledby": "muscles" },
      make("h2", { id: "muscles" }, "Muscles that could explain it"),
      make("p", { class: "small" }, "Each figure is the chance that the muscle contributes, not a diagnosis. Point at a muscle, here or on the body, to see where it sends pain."),
      make("ol", { class: "muscles" }, ...locate.candidates.slice(0, SHOWN).map((one) => card(one, answer, told)))),
    !locate.candidates.length && !locate.stopped && make("p", { class: "strong" }, "Nothing was marked, so no muscle is guessed."),
    list("Palpate next", locate.palpate_next.map((one) =>
      `${capital(one.muscle)}, ${one.side}: now ${percent(one.now)}; ${percent(one.if_recognised)} if it brings the known pain, ${percent(one.if_not)} if it does not`), true),
    list("What else hurts there", locate.look_alikes.map((one) => `${one.name}. ${one.why}${one.raised_by.length ? ` Told: ${one.raised_by.join("; ")}.` : ""}`)),
    list("Questions to ask", locate.questions.map((one) => `${one.text} (${one.why})`)),
    list("Not understood", locate.not_understood.map((one) => `“${one.text}”${one.nearest.length ? `; nearest known: ${one.nearest.join(", ")}` : ""}`), true),
  );
}

function card(one: Candidate, answer: Answer, told: Told): HTMLElement {
  const there = answer.needled_there.find(({ muscle, side }) => muscle === one.id && side === one.side);
  const drawn = one.because.filter((place) => place.drawn);
  const hazards = answer.layers.hazards[`${one.id}|${one.side}`] ?? [];
  const found = told.found(one.id, one.side);
  const button = (text: string, so: boolean): HTMLButtonElement =>
    make("button", { type: "button", "aria-pressed": String(found === so), onclick: () => told.examined(one.muscle, one.id, one.side, found === so ? null : so) }, text);
  return make(
    "li", {
      class: "muscle",
      onpointerenter: () => told.looked(one), onpointerleave: () => told.looked(null),
      onfocusin: () => told.looked(one), onfocusout: () => told.looked(null),
    },
    make("div", { class: "line" },
      make("h3", {}, `${capital(one.muscle)}, ${one.side}`),
      there && make("span", { class: `level ${there.clearance}` }, there.clearance.toUpperCase())),
    make("div", { class: "chance" },
      make("meter", { min: 0, max: 1, value: one.probability, "aria-label": `chance that ${one.muscle}, ${one.side}, contributes` }),
      make("strong", {}, percent(one.probability)),
      one.note && make("span", { class: "small" }, one.note)),
    make("div", { class: "finger", role: "group", "aria-label": `Pressing ${one.muscle}, ${one.side}` },
      make("span", {}, "Pressing it brings the known pain:"), button("Yes", true), button("No", false)),
    make("details", {},
      make("summary", {}, "Why"),
      make("ul", {},
        ...drawn.map((place) => make("li", {}, `${capital(place.region)}: ${FITS[place.zone]}`)),
        ...one.because.filter((place) => !place.drawn).map((place) => make("li", {}, `${place.region}, ${place.side}: usual, but not marked`)),
        ...one.factors.map(factor)),
      hazards.length > 0 && make("p", { class: "small" }, `Beneath it: ${hazards.map(({ title }) => title.toLowerCase()).join(", ")}.`),
      make("p", { class: "small" }, `Where it sends pain, after: ${one.sources.map(({ citation, read }) => `${citation} [${read}]`).join("; ")}`)),
  );
}

function factor(one: Factor): HTMLElement {
  const cited = one.sources.map(({ citation, read }) => `${citation} [${read}]`).join("; ");
  const says = one.kind === "width" ? one.says : `odds ×${one.times.toPrecision(2)}: ${one.says}`;
  return make("li", {}, says, one.kind === "prior" && cited && make("span", { class: "small" }, ` (${cited})`));
}

/** A list behind a heading: open, or folded when it is long. */
function list(title: string, lines: string[], open = false): HTMLElement | null {
  if (!lines.length) return null;
  return make("details", { class: "more", open }, make("summary", {}, make("h2", {}, `${title} (${lines.length})`)), make("ul", {}, ...lines.map((line) => make("li", {}, line))));
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
