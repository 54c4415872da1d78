/** Events as the page shows them: what to do now while a serious one stands, and the needles that a new one may be about. */

import { make } from "../ui/make.ts";
import type { SoFar } from "./so-far.ts";
import type { TitleOf } from "./told-words.ts";
import { words } from "./words.ts";

export function showEvents(root: HTMLElement, soFar: SoFar, titleOf: TitleOf): void {
  for (const section of root.querySelectorAll<HTMLElement>("[data-steps]")) showSteps(section, soFar);
  for (const select of root.querySelectorAll<HTMLSelectElement>("[data-act-form] select[name=needle]")) showNeedles(select, soFar, titleOf);
}

function showSteps(section: HTMLElement, { session }: SoFar): void {
  const event = session.events.filter(({ kind, grade }) => kind === section.dataset["steps"] && grade === "serious").at(-1);
  const opens = section.hidden && event;
  section.hidden = !event;
  for (const box of section.querySelectorAll<HTMLInputElement>("input[data-step]")) box.checked = event?.steps.includes(box.dataset["step"]!) ?? false;
  if (event) timeOf(section).dataset["since"] = event.at;
  if (opens) section.scrollIntoView({ block: "start" });
}

/** Where the time since the event runs. */
function timeOf(section: HTMLElement): HTMLElement {
  const place = section.querySelector<HTMLElement>(".emergency__time") ?? (section.querySelector(".emergency__head") ?? section).appendChild(make("div", { class: "emergency__time" }, make("time")));
  return place.querySelector("time") ?? place;
}

function showNeedles(select: HTMLSelectElement, soFar: SoFar, titleOf: TitleOf): void {
  const { value } = select;
  const empty = [...select.options].find((one) => one.value === "");
  select.replaceChildren(...(empty ? [empty] : []), ...soFar.session.needles.map(({ needle, muscle, side }) =>
    make("option", { value: needle }, words.capture.at(words.capture.needle(soFar.numberOf(needle)), titleOf(muscle, side)))));
  select.value = value;
}
