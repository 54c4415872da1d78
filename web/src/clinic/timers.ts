/** Times that count: an element with `data-since`, and `data-due` or `data-minutes`, shows minutes and seconds, and is loud when its time is over. */

import type { Clock } from "./clock.ts";
import { words } from "./words.ts";

const SAY_AGAIN_MS = 60_000;
/** So long before a needle is overdue its timer asks for it. */
const SOON_MS = 60_000;
/** Clocks differ by seconds; more than this is a mistake. */
const WRONG_CLOCK_MS = 120_000;

/** Counts every timer of the page once a second, and tells of those that are overdue: in the tab's title and, again each minute, aloud. */
export class Timers {
  private readonly clock: Clock;
  private readonly say: (text: string) => void;
  private said = 0;
  private overdue = 0;
  /** Called each second with how many are overdue. */
  onTick: (overdue: number, isNew: boolean) => void = () => {};
  /** What the page's title says before its own words, besides what is overdue. */
  prefix = "";
  private title = document.title;
  private titled = document.title;

  constructor(clock: Clock, say: (text: string) => void) {
    this.clock = clock;
    this.say = say;
  }

  start(): void {
    this.tick();
    setInterval(() => this.tick(), 1000);
  }

  tick(): void {
    const places = [...document.querySelectorAll<HTMLElement>("[data-since]")].filter((one) => this.count(one));
    // One needle may stand at several places of a page; each has the time at which it went in.
    const late = places.filter((one, n) => places.findIndex(({ dataset }) => dataset["since"] === one.dataset["since"]) === n);
    const isNew = late.length > this.overdue;
    this.overdue = late.length;
    this.announce(late, isNew);
    const before = late.length ? `⚠ ${words.timer.overdueTab(late.length)} · ` : this.prefix ? `${this.prefix} · ` : "";
    // The page itself may have changed its title since.
    if (document.title !== this.titled) this.title = document.title;
    this.titled = before + this.title;
    if (document.title !== this.titled) document.title = this.titled;
    this.onTick(late.length, isNew);
  }

  /** Shows how long it has been. True: it is overdue. */
  private count(timer: HTMLElement): boolean {
    const { since, due, minutes } = timer.dataset;
    const began = Date.parse(since ?? "");
    const ends = due ? Date.parse(due) : began + Number(minutes || Number.NaN) * 60_000;
    const now = this.clock.now();
    // A time in the future means that a clock is wrong: then somebody has to look, as the server says too.
    const late = now >= ends || now < began - WRONG_CLOCK_MS;
    const soon = !late && now >= ends - SOON_MS;
    const time = elapsed(Math.floor((now - began) / 1000));
    const word = late ? words.timer.overdue : soon ? words.timer.due : words.timer.in;
    const [inMinutes, inWord] = [timer.querySelector(".timer__minutes"), timer.querySelector(".timer__word")];
    write(inMinutes ?? timer, inMinutes || !late ? time : `${time} ${word}`);
    if (inWord) write(inWord, word);
    timer.classList.toggle("is-due", soon);
    timer.classList.toggle("is-late", late);
    timer.closest(".needle")?.classList.toggle("is-late", late);
    const symbol = timer.querySelector(".symbol");
    symbol?.classList.toggle("is-alarm", late);
    symbol?.classList.toggle("is-clock", !late);
    return late;
  }

  private announce(late: HTMLElement[], isNew: boolean): void {
    const now = Date.now();
    if (!late.length || (!isNew && now - this.said < SAY_AGAIN_MS)) return;
    this.said = now;
    this.say(words.timer.overdueSaid([...new Set(late.map(nameOf).filter(Boolean))].join("; ")));
  }
}

/** 754 → "12:34"; hours count as minutes, as one looks at needles. */
export function elapsed(seconds: number): string {
  const past = Math.max(0, seconds);
  return `${Math.floor(past / 60)}:${String(past % 60).padStart(2, "0")}`;
}

/** The time of day of a moment, as this device writes it. */
export function clockTime(at: string): string {
  return new Date(at).toLocaleTimeString(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit" });
}

function nameOf(timer: HTMLElement): string {
  return timer.dataset["name"] ?? timer.closest(".needle")?.querySelector(".needle__place b")?.textContent ?? "";
}

function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
