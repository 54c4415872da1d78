/** What stands in the controls of a page, as a JSON value, and the way back. */

import type { BodyChart } from "../element.ts";

export type Read = { value: unknown } | { wrong: "no-number" };

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const ANSWERS: Record<string, boolean | null> = { yes: true, no: false, unknown: null };

/** The value of the element that owns a field. */
export function read(owner: Element): Read {
  if (isChart(owner)) return { value: readChart(owner) };
  if (owner.hasAttribute("data-object")) return readObject(owner);
  const controls = controlsOf(owner);
  const [first] = controls;
  if (!first) return { value: null };
  if (first instanceof HTMLInputElement && first.type === "radio") return readRadios(owner, controls as HTMLInputElement[]);
  if (isList(owner)) return { value: readList(controls) };
  if (first instanceof HTMLInputElement && first.type === "checkbox") return { value: first.checked };
  if (first instanceof HTMLSelectElement && first.multiple) return { value: [...first.selectedOptions].map(({ value }) => value) };
  return readText(owner, first);
}

/** Show a value in the element that owns a field. */
export function show(owner: Element, value: unknown): void {
  if (isChart(owner)) return showChart(owner, value);
  if (owner.hasAttribute("data-object")) {
    const told = (value ?? {}) as Record<string, unknown>;
    for (const part of partsOf(owner)) show(part, told[part.getAttribute("data-key")!] ?? null);
    return;
  }
  for (const control of controlsOf(owner)) showIn(owner, control, value);
}

/** The controls of an owner: itself, or those within that belong to no other owner. */
export function controlsOf(owner: Element): Control[] {
  if (isControl(owner)) {
    // Radios that each carry the field themselves are one group.
    if (owner instanceof HTMLInputElement && owner.type === "radio" && owner.name) {
      const root = owner.form ?? owner.ownerDocument;
      return [...root.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(owner.name)}"]`)];
    }
    return [owner];
  }
  const own = owner.hasAttribute("data-key") ? "[data-key]" : "[data-field]";
  return [...owner.querySelectorAll("input, select, textarea")].filter((one): one is Control => isControl(one) && one.closest(own) === owner);
}

function partsOf(owner: Element): Element[] {
  return [...owner.querySelectorAll("[data-key]")].filter((one) => one.closest("[data-field]") === owner);
}

function readObject(owner: Element): Read {
  const told: Record<string, unknown> = {};
  for (const part of partsOf(owner)) {
    const came = read(part);
    if ("wrong" in came) return came;
    told[part.getAttribute("data-key")!] = came.value;
  }
  return { value: told };
}

function readRadios(owner: Element, radios: HTMLInputElement[]): Read {
  const chosen = radios.find(({ checked }) => checked)?.value;
  if (chosen === undefined || chosen === "") return { value: null };
  return owner.getAttribute("data-type") === "number" ? { value: Number(chosen) } : { value: chosen in ANSWERS ? ANSWERS[chosen] : chosen };
}

/** Boxes that are ticked and lines that are written. "None of these" is an answer; without it and without the rest it was not asked. */
function readList(controls: Control[]): string[] | null {
  const none = controls.find((one) => one.hasAttribute("data-none"));
  const told = controls.filter((one) => one !== none).flatMap((one) => (isBox(one) ? (one.checked ? [one.value] : []) : linesOf(one.value)));
  if (told.length) return told;
  return none && !(none as HTMLInputElement).checked ? null : [];
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

function readText(owner: Element, control: Control): Read {
  const type = owner.getAttribute("data-type") ?? control.type;
  const text = control.value;
  // A browser gives an empty text for a number that it cannot read.
  if (control.validity.badInput) return { wrong: "no-number" };
  if (text.trim() === "") return { value: null };
  if (type === "answer" && text in ANSWERS) return { value: ANSWERS[text] };
  if (type !== "number") return { value: text };
  const number = Number(text.trim().replace(",", "."));
  return Number.isFinite(number) ? { value: number } : { wrong: "no-number" };
}

function showIn(owner: Element, control: Control, value: unknown): void {
  if (control instanceof HTMLInputElement && control.type === "radio") {
    const told = ANSWERS[control.value] === undefined ? control.value : ANSWERS[control.value];
    control.checked = owner.getAttribute("data-type") === "number" ? value !== null && Number(control.value) === value : told === value;
  } else if (isBox(control)) {
    const list = Array.isArray(value) ? value : null;
    if (control.hasAttribute("data-none")) control.checked = list?.length === 0;
    else control.checked = isList(owner) ? list?.includes(control.value) ?? false : value === true;
  } else if (control instanceof HTMLSelectElement && control.multiple) {
    for (const option of control.options) option.selected = Array.isArray(value) && value.includes(option.value);
  } else if (Array.isArray(value)) {
    // What has a box of its own needs no line.
    const boxes = controlsOf(owner).filter((one) => isBox(one) && !one.hasAttribute("data-none")).map((one) => one.value);
    control.value = value.filter((one) => !boxes.includes(String(one))).join("\n");
  } else if (owner.getAttribute("data-type") === "answer") {
    control.value = Object.keys(ANSWERS).find((word) => ANSWERS[word] === value) ?? "";
  } else {
    control.value = value === null || value === undefined ? "" : String(value);
  }
}

function readChart(chart: BodyChart): unknown {
  if (chart.mode === "point") return chart.points;
  const { painting } = chart;
  return painting?.layers.some(({ values }) => values) ? painting : null;
}

function showChart(chart: BodyChart, value: unknown): void {
  if (chart.mode === "point") chart.points = (value ?? []) as BodyChart["points"];
  else if (chart.mode === "paint") chart.painting = (value ?? null) as BodyChart["painting"];
}

export function isBox(control: Element): control is HTMLInputElement {
  return control instanceof HTMLInputElement && control.type === "checkbox";
}

function isList(owner: Element): boolean {
  return owner.hasAttribute("data-list") || owner.hasAttribute("data-checklist");
}

/** Without importing the chart itself, which a page of questions need not load. */
function isChart(element: Element): element is BodyChart {
  return element.localName === "body-chart";
}

/** Hidden ones belong to the road without scripts, and buttons hold no value. */
function isControl(element: Element): element is Control {
  if (element instanceof HTMLInputElement && ["hidden", "submit", "button", "reset", "image", "file"].includes(element.type)) return false;
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
}

/** A value in words, for showing two of them side by side. */
export function inWords(owner: Element, value: unknown, words: { yes: string; no: string; unknown: string; empty: string; painting: string }): string {
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (value === null || value === undefined) return controlsOf(owner).some((one) => one.type === "radio") ? words.unknown : words.empty;
  if (isChart(owner)) return words.painting;
  if (Array.isArray(value)) return value.length ? value.map((one) => inWords(owner, one, words)).join(", ") : words.empty;
  if (typeof value === "object") {
    return Object.entries(value).map(([key, one]) => `${key.replaceAll("_", " ")}: ${inWords(owner, one, { ...words, empty: words.unknown })}`).join("; ");
  }
  return labelled(owner, String(value));
}

/** What the page calls a value of a choice. */
function labelled(owner: Element, value: string): string {
  for (const control of controlsOf(owner)) {
    if (control instanceof HTMLSelectElement) return [...control.options].find((one) => one.value === value)?.text ?? value;
    if ((control.type === "radio" || control.type === "checkbox") && control.value === value) return control.labels?.[0]?.textContent?.trim() || value;
  }
  return value;
}
