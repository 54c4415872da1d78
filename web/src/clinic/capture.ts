/** The session on a page: every tap is one entry, at once on this device, soon in the record. What a page holds for it stands in web/README.md. */

import type { ChartPoint } from "../core/points.ts";
import type { BodyChart } from "../element.ts";
import { ChartTaps } from "./chart-taps.ts";
import type { Clinic, Visit } from "./clinic.ts";
import type { Body, Entry, KeptEntry, Told } from "./entry.ts";
import type { Needle } from "./fold.ts";
import { showEvents } from "./events-shown.ts";
import { Filling } from "./filling.ts";
import { Letters } from "./letters.ts";
import { NeedleRows } from "./needle-row.ts";
import { SiteCards, type Place } from "./site-cards.ts";
import { SoFar } from "./so-far.ts";
import { offerSwitches } from "./switches.ts";
import { standingOf, stands, tileOf, type Tile } from "./tile.ts";
import { inWords } from "./told-words.ts";
import { UndoBar } from "./undo-bar.ts";
import { unplanned } from "./unplanned.ts";
import { words } from "./words.ts";

/** A finger in a glove bounces: the same tile again within this time is the same tap. A twitch may come quickly. */
const BOUNCE_MS = 400;
const TWITCH_BOUNCE_MS = 120;

class Capture {
  private readonly root: HTMLElement;
  private readonly clinic: Clinic;
  private readonly visit: Visit;
  private readonly soFar = new SoFar();
  private readonly cards: SiteCards;
  private readonly filling: Filling;
  private readonly undoBar: UndoBar;
  private readonly lists = new Map<HTMLElement, NeedleRows>();
  private readonly taps: ChartTaps | null;
  private readonly letters: Letters;
  private readonly pressedAt = new WeakMap<Element, number>();
  private readonly loudAfter: number | null;
  private readonly end = new AbortController();
  /** This person may look, not record. */
  private readonly closed: boolean;
  private chosen: string | null = null;
  /** It is known what was done before; until then the page shows what the server drew. */
  private known = false;

  constructor(root: HTMLElement, clinic: Clinic, visit: Visit) {
    this.root = root;
    this.clinic = clinic;
    this.visit = visit;
    this.loudAfter = Number(root.dataset["loudAfter"]) || null;
    this.cards = new SiteCards(root);
    this.filling = new Filling(this.soFar, this.cards, clinic.say);
    this.undoBar = new UndoBar(root);
    const chart = document.querySelector<BodyChart>("body-chart[data-capture-chart]");
    this.taps = chart && new ChartTaps(chart, {
      tapped: (point) => this.tapped(point),
      removed: (needle) => this.take([{ kind: "needle-out", body: { needle, intact: null } }]),
      moved: (needle, point) => this.moveNeedle(needle, point),
      chosen: (needle) => this.choose(needle),
    });
    this.closed = root.querySelector(":scope > fieldset:disabled") !== null;
    // The form for events and the steps of an emergency may stand beside the tiles.
    this.letters = new Letters(visit.root, () => this.cards.current, (n) => this.chooseCard(n), this.end.signal);
    this.listen();
    clinic.describe((entry) => this.describe(entry));
    offerSwitches(visit.root, clinic, this.letters, (command) => this.heard(command));
    void this.begin();
  }

  // What is known

  private async begin(): Promise<void> {
    const { entries } = this.clinic;
    const { watch, address } = this.visit;
    const told = this.visit.root.querySelector("#visit-entries")?.textContent;
    if (told) this.soFar.add(JSON.parse(told) as KeptEntry[]);
    // Without the acts so far, all of them have to be asked for.
    else watch.head = 0;
    const stops = [
      watch.on((came) => this.add(came)),
      entries.on((news) => {
        if (news.kind === "taken" && news.visit === address) this.add(news.entries);
      }),
    ];
    this.end.signal.addEventListener("abort", () => stops.forEach((stop) => stop()));
    this.soFar.add(await entries.left(address));
    this.known = Boolean(told);
    this.draw();
    await watch.look();
    this.known ||= watch.answered;
    this.draw();
    // Go on where the last needle went in.
    const last = this.soFar.inside.at(-1);
    if (last) this.cards.choose(this.cards.of(last.muscle, last.side));
  }

  /** The page shows something else now. */
  leave(): void {
    this.end.abort();
    this.clinic.timers.prefix = "";
    this.clinic.timers.onTick = () => {};
  }

  get gone(): boolean {
    return !this.root.isConnected;
  }

  private add(entries: Entry[]): void {
    if (this.soFar.add(entries)) this.draw();
  }

  /** Acts of one tap. They count at once for what follows, and are shown when the device has them. */
  private take(told: Told[]): void {
    if (!told.length || this.closed) return this.draw();
    const { entries, stored } = this.clinic.entries.take(this.visit.address, told);
    this.soFar.add(entries);
    void stored.then(() => this.draw());
  }

  // What is pressed

  private listen(): void {
    const { root } = this.visit;
    const { signal } = this.end;
    root.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("button");
      if (!button || button.closest("[data-act-form]") || !(this.root.contains(button) || button.closest("[data-steps]"))) return;
      if (this.pressed(button)) event.preventDefault();
    }, { signal });
    root.addEventListener("submit", (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.matches("[data-act-form]")) return;
      event.preventDefault();
      this.told(form);
    }, { signal });
    // Enter in a box would press the first button of the form, and that is a needle.
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
    }, { signal });
    root.addEventListener("change", (event) => {
      const box = (event.target as Element).closest<HTMLInputElement>("input[data-step]");
      if (box) this.stepTicked(box);
    }, { signal });
    this.root.addEventListener("focusin", (event) => {
      const card = this.cards.around(event.target as Element);
      if (card) this.cards.choose(card);
    }, { signal });
  }

  /** True: it was a button of the session. */
  private pressed(button: HTMLElement): boolean {
    const needle = button.dataset["choose"];
    if (needle) return this.choose(this.chosen === needle ? null : needle), true;
    if (button.hasAttribute("data-back")) return this.putBack(), true;
    const tile = tileOf(button);
    if (!tile) return false;
    if (this.bounces(button, tile)) return true;
    const card = this.cards.around(button);
    if (card) this.cards.choose(card);
    if (tile.special === "undo") this.undo();
    else if (tile.special === "out-all") this.outAll(tile.body);
    else if (button.hasAttribute("data-toggle") && stands(tile, this.soFar.session)) this.takeBack(tile.acts.flatMap((one) => standingOf({ ...tile, acts: [one] }, this.soFar.session)));
    else if (!(button.hasAttribute("data-pressed") && stands(tile, this.soFar.session))) this.take(tile.acts.flatMap((told) => this.filling.fill(told, card, button, this.chosen)));
    return true;
  }

  private bounces(button: HTMLElement, { acts }: Tile): boolean {
    const now = performance.now();
    const last = this.pressedAt.get(button) ?? -Infinity;
    this.pressedAt.set(button, now);
    return now - last < (acts[0]?.kind === "twitch" ? TWITCH_BOUNCE_MS : BOUNCE_MS);
  }

  private outAll(body: Body): void {
    const { inside } = this.soFar;
    if (!inside.length) this.clinic.say(words.capture.nothingIn);
    this.take(inside.map(({ needle }) => ({ kind: "needle-out", body: { intact: true, ...body, needle } })));
  }

  private undo(): void {
    this.takeBack(this.soFar.last);
  }

  private putBack(): void {
    this.takeBack(this.soFar.lastUndone);
  }

  private takeBack(acts: Entry[]): void {
    this.take(acts.map(({ id }) => ({ kind: "undone", body: { act: id } })));
  }

  // The chart

  private tapped(point: ChartPoint): void {
    if (!point.muscle) {
      this.clinic.say(words.capture.nothingThere);
      this.draw();
      return;
    }
    const card = this.cardFor(point);
    if (card) {
      this.cards.choose(card);
      this.take(this.filling.needleIn(card, point));
    } else this.ask(point);
  }

  /** In the middle of the body a point has no side; the plan may know one. */
  private cardFor({ muscle, side }: ChartPoint): HTMLElement | null {
    const exact = this.cards.of(muscle, side);
    if (exact || side !== "midline") return exact;
    const sides = this.cards.all.filter((one) => this.cards.place(one).muscle === muscle);
    return sides.length === 1 ? sides[0]! : null;
  }

  /** A muscle that is not in the plan takes one tap more. */
  private ask(point: ChartPoint): void {
    const { muscle, side } = point as { muscle: string; side: string };
    const title = this.chartTitle(muscle, side);
    unplanned(this.root, {
      title,
      // The finger may have meant a planned muscle that lies under this one.
      instead: this.cards.all.filter((one) => side === "midline" || this.cards.place(one).side === side).map((one) => ({ title: this.titleOf(one), card: one })),
      chosen: (card) => {
        const to = card ?? this.cards.add(muscle, side, title);
        this.letters.show();
        this.cards.choose(to);
        this.take(this.filling.needleIn(to, point));
      },
      given: () => this.draw(),
    });
  }

  private moveNeedle(needle: string, point: ChartPoint): void {
    const act = this.soFar.session.acts.find(({ kind, body }) => kind === "needle-in" && body["needle"] === needle);
    if (!act || !point.muscle) return this.draw();
    this.take([
      { kind: "undone", body: { act: act.id } },
      { kind: "needle-in", body: { ...act.body, muscle: point.muscle, side: point.side, point: { vertices: point.vertices, weights: point.weights } } },
    ]);
  }

  private chartTitle(muscle: string, side: string): string {
    const names = document.querySelector<BodyChart>("body-chart[data-capture-chart]")?.names?.muscles?.[muscle];
    const title = typeof names === "string" ? names : names?.title;
    return title ? words.capture.at(title.charAt(0).toUpperCase() + title.slice(1), words.capture.side[side] ?? "") : this.cards.title(muscle, side);
  }

  // Events

  private told(form: HTMLFormElement): void {
    const kind = form.dataset["actForm"]!;
    const body: Body = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || value === "" || name === "csrfmiddlewaretoken" || name === "act") continue;
      if (name === "site") [body["muscle"], body["side"]] = value.split("/");
      else body[name] = value;
    }
    this.take(this.filling.fill({ kind, body }, null, form, this.chosen));
    form.reset();
    form.closest("details")?.removeAttribute("open");
  }

  private stepTicked(box: HTMLInputElement): void {
    const told = { kind: "step-taken", body: { event: this.filling.eventOf(box), step: box.dataset["step"]! } };
    if (box.checked) this.take([told]);
    else this.takeBack(standingOf({ acts: [told], special: null, body: {} }, this.soFar.session));
  }

  // What is chosen

  private choose(needle: string | null): void {
    this.chosen = needle;
    const found = needle ? this.soFar.needle(needle) : null;
    const card = found && this.cards.of(found.muscle, found.side);
    if (card) this.cards.choose(card);
    this.draw();
  }

  private chooseCard(n: number): void {
    const card = this.cards.all[n - 1];
    if (!card) return;
    this.cards.choose(card);
    card.scrollIntoView({ block: "nearest" });
    this.clinic.say(this.titleOf(card));
  }

  private heard(command: string): void {
    const card = this.cards.current;
    if (command === "undo") this.undo();
    else if (command === "out-all") this.outAll({});
    else if (command === "next") this.chooseCard((this.cards.all.indexOf(card!) + 1) % this.cards.all.length + 1);
    else if (card) this.take(this.filling.fill({ kind: command, body: command === "needle-out" ? { intact: true } : {} }, card, card, this.chosen));
  }

  // What is shown

  /** An act of this visit in words; what was taken back is told by what it was. */
  private describe(entry: Entry): string | null {
    const title = (muscle: string | null, side: string | null): string => this.cards.title(muscle, side);
    const undone = entry.kind === "undone" ? this.soFar.act(String(entry.body["act"])) : null;
    return undone ? words.capture.undone(inWords([undone], this.soFar, title)) : inWords([entry], this.soFar, title);
  }

  private draw(): void {
    if (!this.known || this.end.signal.aborted) return;
    const { session } = this.soFar;
    for (const { muscle, side } of session.needles) {
      if (muscle && side && !this.cards.of(muscle, side)) this.cards.add(muscle, side, this.chartTitle(muscle, side));
    }
    for (const card of this.cards.all) this.drawCard(card);
    for (const list of this.root.querySelectorAll<HTMLElement>("[data-needles]")) this.drawList(list);
    this.drawTotals();
    this.drawTiles();
    showEvents(this.visit.root, this.soFar, (muscle, side) => this.cards.title(muscle, side));
    this.taps?.show(this.soFar.inside);
    const { last, lastUndone } = this.soFar;
    const title = (muscle: string | null, side: string | null): string => this.cards.title(muscle, side);
    const undone = lastUndone.map(({ body }) => this.soFar.act(String(body["act"]))).filter((one): one is Entry => one !== null);
    this.undoBar.show(
      last.length ? { words: inWords(last, this.soFar, title), at: last[0]!.at } : null,
      undone.length ? inWords(undone, this.soFar, title) : null,
    );
    this.letters.show();
    const inside = this.soFar.inside.length;
    this.clinic.timers.prefix = inside ? words.capture.inTab(inside) : "";
    this.clinic.timers.tick();
  }

  private titleOf(card: HTMLElement): string {
    const { muscle, side } = this.cards.place(card);
    return this.cards.title(muscle, side);
  }

  private needlesOf({ muscle, side }: Place): Needle[] {
    return this.soFar.session.needles.filter((one) => one.muscle === muscle && one.side === side);
  }

  private drawCard(card: HTMLElement): void {
    const needles = this.needlesOf(this.cards.place(card));
    const inside = needles.filter(({ out_at }) => out_at === null).length;
    const counts: Record<string, number> = { in: inside, needles: needles.length, out: needles.length - inside, twitches: needles.reduce((sum, { twitches }) => sum + twitches, 0) };
    write(card, "data-count", counts);
    card.classList.toggle("is-needled", inside > 0);
  }

  private drawList(list: HTMLElement): void {
    const card = this.cards.around(list);
    let rows = this.lists.get(list);
    if (!rows) this.lists.set(list, (rows = new NeedleRows(list)));
    rows.show(card ? this.needlesOf(this.cards.place(card)) : this.soFar.session.needles, (needle) => ({
      number: this.soFar.numberOf(needle.needle), title: this.cards.title(needle.muscle, needle.side),
      chosen: needle.needle === this.chosen, loudAfter: this.loudAfter,
    }));
  }

  private drawTotals(): void {
    const { needles } = this.soFar.session;
    const inside = this.soFar.inside.length;
    write(this.root, "data-total", { in: inside, out: needles.length - inside, needles: needles.length, twitches: needles.reduce((sum, { twitches }) => sum + twitches, 0) });
  }

  private drawTiles(): void {
    for (const button of this.visit.root.querySelectorAll("button[data-pressed]")) {
      const tile = tileOf(button);
      if (tile) button.setAttribute("aria-pressed", String(stands(tile, this.soFar.session)));
    }
  }
}

/** Write numbers into the elements that carry their name. */
function write(root: HTMLElement, attribute: string, numbers: Record<string, number>): void {
  for (const element of root.querySelectorAll(`[${attribute}]`)) {
    const number = numbers[element.getAttribute(attribute)!];
    if (number !== undefined && element.textContent !== String(number)) element.textContent = String(number);
  }
}

const captures = new Map<HTMLElement, Capture>();

function start(): void {
  const clinic = window.needlepointClinic;
  if (!clinic) throw new Error("capture.js: clinic.js has to stand before it");
  for (const [root, capture] of captures) {
    if (!capture.gone) continue;
    capture.leave();
    captures.delete(root);
  }
  for (const root of document.querySelectorAll<HTMLElement>("[data-capture]")) {
    const visit = clinic.visitOf(root);
    // Who may only read has no visit to write into.
    if (visit && !captures.has(root)) captures.set(root, new Capture(root, clinic, visit));
  }
}

start();
// HTMX may bring the step into the page later, and take it away.
document.addEventListener("htmx:afterSettle", start);
