/** Fields that keep themselves: what is written in a control becomes an entry, and what others write appears. */

import { make } from "../ui/make.ts";
import { conflict } from "./conflict.ts";
import type { Entries, News } from "./entries.ts";
import type { Entry, KeptEntry } from "./entry.ts";
import { clockTime } from "./timers.ts";
import { controlsOf, inWords, isBox, read, show } from "./values.ts";
import { words } from "./words.ts";
import { FieldHistory, same, seenOf, writtenIn, type Written } from "./written.ts";

const WAIT_MS = 800;
const OWNER = "[data-field]";
/** A conflict as the server draws it; those that are drawn here say of which values they are. */
const DRAWN_CONFLICT = "[data-conflict]:not([data-heads])";

interface Field {
  name: string;
  history: FieldHistory;
  /** Ids of the entries whose value the controls show. */
  shown: string[];
  value: unknown;
  /** The element that was changed and not yet written. */
  changed: Element | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The fields of one visit on this page. */
export class Fields {
  private readonly root: Element;
  private readonly visit: string;
  private readonly device: string;
  private readonly entries: Entries;
  private readonly say: (text: string) => void;
  private readonly fields = new Map<string, Field>();
  private readonly own = new Set<string>();
  private readonly notes = new WeakMap<Element, HTMLElement>();
  private readonly conflicts = new WeakMap<Element, HTMLElement>();
  /** The page shows an entry that is not known here: ask what it saw. */
  onUnknown: () => void = () => {};

  constructor(root: Element, visit: string, device: string, entries: Entries, say: (text: string) => void) {
    this.root = root;
    this.visit = visit;
    this.device = device;
    this.entries = entries;
    this.say = say;
    for (const kind of ["input", "change", "painting-change", "points-change"]) root.addEventListener(kind, (event) => this.changedBy(event));
    root.addEventListener("focusout", (event) => this.leftBy(event));
    entries.on((news) => this.hear(news));
  }

  /** Elements that are there, or have come: what they show is known from now on. */
  adopt(within: Element = this.root): void {
    const owners = [...(within.matches(OWNER) ? [within] : []), ...within.querySelectorAll(OWNER)];
    for (const owner of owners) {
      // A chart can tell what it shows only once its own script is there.
      if (owner.localName === "body-chart" && !("mode" in owner)) void customElements.whenDefined("body-chart").then(() => this.adoptOne(owner));
      else this.adoptOne(owner);
    }
    for (const drawn of this.root.querySelectorAll(DRAWN_CONFLICT)) {
      const name = drawn.getAttribute("data-conflict")!;
      if (!this.root.querySelector(`[data-field="${CSS.escape(name)}"]`)) continue;
      this.takeOver(name);
      this.onUnknown();
    }
  }

  /** What an earlier page wrote and could not send. */
  takeUp(left: Entry[]): void {
    for (const { id } of left) this.own.add(id);
    this.know(left.map((entry) => writtenIn(entry, "", "here")));
  }

  /** What the server has, from this and other devices. */
  came(entries: KeptEntry[]): void {
    this.know(entries.map((entry) => {
      const from = this.own.has(entry.id) ? "here" : entry.device === this.device ? "this-device" : "elsewhere";
      return writtenIn(entry, entry.by, from);
    }));
  }

  /** Write everything that was changed. `leaving`: the page is being closed. */
  flush(leaving = false): void {
    for (const field of this.fields.values()) if (field.changed) this.write(field, leaving);
  }

  // What the page shows

  private adoptOne(owner: Element): void {
    const name = owner.getAttribute("data-field")!;
    const seen = (owner.getAttribute("data-seen") ?? "").split(/\s+/).filter(Boolean);
    const known = this.fields.get(name);
    if (known) return this.adoptAgain(known, owner, seen);
    const typed = asDrawn(owner);
    const now = read(owner);
    const field: Field = { name, history: new FieldHistory(), shown: seen, value: "value" in now ? now.value : null, changed: null, timer: undefined };
    this.fields.set(name, field);
    for (const one of headsDrawn(owner, seen, field.value)) field.history.add(one);
    if (field.history.torn) this.draw(field);
    if (!typed) return;
    typed();
    this.change(field, owner, 0);
  }

  /** Drawn anew by the server: newer than what is known here, or older, when it has not heard yet what was written here. */
  private adoptAgain(field: Field, owner: Element, seen: string[]): void {
    if (seen.every((id) => field.history.has(id))) {
      if (field.history.heads.length) this.draw(field);
      return;
    }
    const now = read(owner);
    field.shown = seen;
    if ("value" in now) field.value = now.value;
    this.onUnknown();
  }

  /** Radios that each carry the field are one owner. */
  private ownersOf({ name }: Field): Element[] {
    const groups = new Set<string>();
    return [...this.root.querySelectorAll(`[data-field="${CSS.escape(name)}"]`)].filter((one) => {
      if (!(one instanceof HTMLInputElement) || one.type !== "radio") return true;
      return !groups.has(one.name) && groups.add(one.name);
    });
  }

  /** Bring the controls, the note beside them and the question of a conflict to what is known. */
  private draw(field: Field): void {
    const { heads, torn } = field.history;
    const owners = this.ownersOf(field);
    if (!torn && heads.length && !field.changed) {
      field.value = heads.at(-1)!.value;
      field.shown = heads.map(({ id }) => id);
      for (const owner of owners) if (!this.shows(owner, field.value)) show(owner, field.value);
    }
    // A form that is sent as a whole tells with it what its writer saw.
    for (const hidden of this.root.querySelectorAll<HTMLInputElement>(`input[type=hidden][name="seen:${CSS.escape(field.name)}"]`)) hidden.value = field.shown.join(" ");
    for (const owner of owners) {
      owner.setAttribute("data-seen", field.shown.join(" "));
      this.drawConflict(field, owner, torn ? heads : []);
    }
  }

  private shows(owner: Element, value: unknown): boolean {
    const now = read(owner);
    // Nothing chosen and "not known" read alike, so that only a value tells.
    return value !== null && "value" in now && same(now.value, value);
  }

  private drawConflict(field: Field, owner: Element, heads: Written[]): void {
    const there = this.conflicts.get(owner);
    const key = heads.map(({ id }) => id).join(" ");
    // What is shown already stays: a finger may be upon it.
    if (there?.isConnected && there.dataset["heads"] === key) return;
    there?.remove();
    this.conflicts.delete(owner);
    this.takeOver(field.name);
    if (!heads.length) return;
    const title = titleOf(owner);
    const element = conflict({
      field: field.name, title, heads, inWords: (value) => inWords(owner, value, words.conflict.value),
      chosen: (value) => {
        this.enter(field, value, heads.map(({ id }) => id), false);
        for (const one of this.ownersOf(field)) show(one, value);
        focusOn(owner);
      },
    });
    element.dataset["heads"] = key;
    this.conflicts.set(owner, element);
    (owner.closest("label") ?? owner).after(element);
    if (!there) this.say(words.conflict.title(title));
  }

  /** What the server drew of a conflict gives way to what can be chosen beside the field, and is gone when that is settled. */
  private takeOver(name: string): void {
    for (const drawn of this.root.querySelectorAll(DRAWN_CONFLICT)) if (drawn.getAttribute("data-conflict") === name) drawn.remove();
  }

  private note(field: Field, state: "waiting" | "kept" | "refused" | "wrong", text: string): void {
    for (const owner of this.ownersOf(field)) {
      const note = this.notes.get(owner) ?? this.noteFor(owner);
      note.dataset["state"] = state;
      note.textContent = text;
    }
  }

  private noteFor(owner: Element): HTMLElement {
    let note = owner.querySelector<HTMLElement>("[data-kept]");
    if (!note) {
      note = make("p", { class: "small" });
      // Within a group the note belongs to it; a single control has no inside.
      if (owner.matches("input, select, textarea, body-chart")) (owner.closest("label") ?? owner).after(note);
      else owner.append(note);
    }
    note.classList.add("kept-note");
    this.notes.set(owner, note);
    return note;
  }

  // What a person writes

  private changedBy(event: Event): void {
    const owner = (event.target as Element).closest?.(OWNER);
    if (!owner || !this.root.contains(owner)) return;
    // What is chosen within the chart, such as a colour, is not yet painted.
    if (owner.localName === "body-chart" && !event.type.endsWith("-change")) return;
    const { target } = event;
    if (target instanceof Element) oneOrNone(owner, target);
    const field = this.fields.get(owner.getAttribute("data-field")!) ?? (this.adoptOne(owner), this.fields.get(owner.getAttribute("data-field")!)!);
    const typing = event.type !== "change" && !(target instanceof HTMLInputElement && ["radio", "checkbox"].includes(target.type));
    this.change(field, owner, typing ? WAIT_MS : 0);
  }

  private leftBy(event: Event): void {
    const owner = (event.target as Element).closest?.(OWNER);
    const field = owner && this.fields.get(owner.getAttribute("data-field")!);
    if (field?.changed) this.write(field, false);
  }

  private change(field: Field, owner: Element, wait: number): void {
    field.changed = owner;
    clearTimeout(field.timer);
    field.timer = setTimeout(() => this.write(field, false), wait);
  }

  private write(field: Field, leaving: boolean): void {
    const owner = field.changed;
    clearTimeout(field.timer);
    if (!owner) return;
    const came = read(owner);
    const wrong = "wrong" in came;
    for (const control of controlsOf(owner)) {
      if (wrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    if (wrong) return this.note(field, "wrong", words.field.noNumber);
    field.changed = null;
    if (field.shown.length && same(came.value, field.value)) return this.draw(field);
    this.enter(field, came.value, field.shown, leaving);
    for (const other of this.ownersOf(field)) if (other !== owner) show(other, came.value);
  }

  private enter(field: Field, value: unknown, seen: string[], leaving: boolean): void {
    const told = [{ kind: "wrote", body: { field: field.name, value, seen: seenOf(seen) } }];
    const taken = leaving ? { entries: this.entries.takeAtOnce(this.visit, told), stored: Promise.resolve() } : this.entries.take(this.visit, told);
    const entry = taken.entries[0]!;
    this.own.add(entry.id);
    field.value = value;
    field.shown = [entry.id];
    field.history.add(writtenIn(entry, "", "here")!.written);
    this.draw(field);
    taken.stored.then(
      () => { if (field.shown[0] === entry.id) this.note(field, "waiting", words.field.waiting); },
      (error: unknown) => this.note(field, "refused", words.field.refused(String(error))),
    );
  }

  // What is heard

  private hear(news: News): void {
    if (news.kind === "state" || news.visit !== this.visit) return;
    if (news.kind === "taken") {
      // This page knows what it wrote; another tab's entries are news.
      if (!news.here) this.know(news.entries.map((entry) => writtenIn(entry, "", "this-device")));
      return;
    }
    for (const field of this.fields.values()) {
      if (!field.shown.some((id) => news.ids.includes(id))) continue;
      if (news.kind === "kept") this.note(field, "kept", words.field.kept(clockTime(new Date().toISOString())));
      else this.note(field, "refused", words.field.refused(news.why));
    }
  }

  /** Learn all of them before anything is shown: one may have seen the other. */
  private know(news: (ReturnType<typeof writtenIn>)[]): void {
    const touched = new Map<Field, Written>();
    for (const said of news) {
      if (!said) continue;
      const field = this.fields.get(said.field) ?? this.unseen(said.field);
      if (field.history.add(said.written)) touched.set(field, said.written);
    }
    for (const [field, last] of touched) {
      const was = field.shown.join(" ");
      this.draw(field);
      const owner = this.ownersOf(field)[0];
      if (!owner || last.from === "here" || field.shown.join(" ") === was || field.history.torn) continue;
      this.say(words.field.changed(titleOf(owner), last.by || words.field.someone));
    }
  }

  /** A field of which no control is on the page yet; HTMX may bring it. */
  private unseen(name: string): Field {
    const field: Field = { name, history: new FieldHistory(), shown: [], value: null, changed: null, timer: undefined };
    this.fields.set(name, field);
    return field;
  }
}

/** Back to what the server drew, unless somebody was quicker than the script: then the way to bring their words back. */
function asDrawn(owner: Element): (() => void) | null {
  const controls = controlsOf(owner);
  const typed = controls.filter((one) => {
    if (one instanceof HTMLSelectElement) return [...one.options].some((option) => option.selected !== option.defaultSelected && option.defaultSelected);
    if (one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")) return one.checked !== one.defaultChecked;
    return one.value !== one.defaultValue;
  });
  if (!typed.length) return null;
  const state = controls.map((one) => [one, one.value, one instanceof HTMLInputElement && one.checked] as const);
  for (const one of controls) {
    if (one instanceof HTMLSelectElement) for (const option of one.options) option.selected = option.defaultSelected;
    else if (one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")) one.checked = one.defaultChecked;
    else one.value = one.defaultValue;
  }
  // After a reload a browser fills in what stood there before; that was kept then, or it waits on the device.
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (how?.type !== "navigate") return null;
  return () => {
    for (const [one, value, checked] of state) {
      if (one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")) one.checked = checked;
      else one.value = value;
    }
  };
}

/** What the server knew when it drew this: one value, or several that contradict each other. */
function headsDrawn(owner: Element, seen: string[], value: unknown): Written[] {
  const told = owner.getAttribute("data-heads");
  if (told) {
    const heads = JSON.parse(told) as Partial<Written>[];
    return heads.map((one) => ({ id: String(one.id), value: one.value ?? null, seen: [], at: one.at ?? "", by: one.by ?? "", from: "elsewhere" }));
  }
  return seen.map((id) => ({ id, value, seen: [], at: "", by: "", from: "elsewhere" }));
}

/** "None of these" and everything else put each other out. */
function oneOrNone(owner: Element, control: Element): void {
  const controls = controlsOf(owner);
  const none = controls.find((one) => one.hasAttribute("data-none")) as HTMLInputElement | undefined;
  if (!none) return;
  if (control !== none) {
    if (isBox(control) ? control.checked : (control as HTMLTextAreaElement).value.trim()) none.checked = false;
  } else if (none.checked) {
    for (const other of controls) {
      if (other === none) continue;
      if (isBox(other)) other.checked = false;
      else other.value = "";
    }
  }
}

function titleOf(owner: Element): string {
  const control = owner as Partial<HTMLInputElement>;
  const text = owner.getAttribute("data-title") ?? owner.querySelector("legend")?.textContent ?? control.labels?.[0]?.textContent ?? owner.getAttribute("aria-label");
  return text?.trim().replace(/\s+/g, " ") || owner.getAttribute("data-field")!.replace(/^.*\./, "").replaceAll("_", " ");
}

function focusOn(owner: Element): void {
  const control = controlsOf(owner)[0] ?? owner;
  (control as HTMLElement).focus?.();
}
