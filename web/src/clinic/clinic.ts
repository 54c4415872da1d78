/** On every page of the clinic: entries on their way, fields that keep themselves, timers. */

import { make } from "../ui/make.ts";
import { Aside } from "./aside.ts";
import { Clock } from "./clock.ts";
import { Entries, newId } from "./entries.ts";
import type { Entry } from "./entry.ts";
import { Fields } from "./fields.ts";
import type { Wire } from "./post.ts";
import { Saved } from "./saved.ts";
import { DatabaseShelf, LocalShelf, PageShelf, Shelves } from "./shelves.ts";
import { guardSignOut } from "./sign-out.ts";
import { Timers } from "./timers.ts";
import { Watch } from "./watch.ts";

/** One visit on this page. */
export interface Visit {
  root: HTMLElement;
  /** Where its entries go. */
  address: string;
  fields: Fields;
  watch: Watch;
}

/** What the other scripts of a page use. */
export interface Clinic {
  entries: Entries;
  clock: Clock;
  timers: Timers;
  device: string;
  visitOf(element: Element): Visit | null;
  /** Entries in words, by somebody who knows what their ids stand for. */
  describe(by: (entry: Entry) => string | null): void;
  say(text: string): void;
}

declare global {
  interface Window {
    needlepointClinic?: Clinic;
  }
}

const visits = new Map<Element, Visit>();
/** Entries that the page was told of: what was kept from here comes back with what others wrote. */
const told = new Set<string>();
const OURS = "[data-field], [data-conflict]:not([data-heads])";

function start(): void {
  const clock = new Clock();
  const device = deviceId();
  const wire: Wire = { fetch: (...told) => fetch(...told), clock, token, device };
  const last = new LocalShelf();
  const entries = new Entries({
    wire, last, who: member(),
    shelves: new Shelves([new DatabaseShelf(), last, new PageShelf()]),
    locks: navigator.locks,
    channel: "BroadcastChannel" in window ? new BroadcastChannel("needlepoint-entries") : undefined,
  });
  const timers = new Timers(clock, say);
  const saved = new Saved(entries);
  const aside = new Aside(entries);
  guardSignOut(entries);
  window.needlepointClinic = {
    entries, clock, timers, device, say,
    visitOf: (element) => visits.get(element.closest("[data-visit]") ?? document.body) ?? null,
    describe: (by) => aside.describe(by),
  };

  const open = (within: Element): void => {
    for (const root of within.querySelectorAll<HTMLElement>("[data-visit]")) if (!visits.has(root)) visits.set(root, opened(root, entries, wire));
  };
  // A form that says from which device it comes: what was written here is known to whoever signs here.
  const name = (within: Element): void => {
    for (const one of within.querySelectorAll<HTMLInputElement>("input[data-device]")) one.value = device;
  };
  open(document.body);
  name(document.body);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof HTMLElement)) continue;
        name(node);
        if (node.matches("[data-visit]") || node.querySelector("[data-visit]")) open(document.body);
        else if (node.matches(OURS) || node.querySelector(OURS)) visits.get(node.closest("[data-visit]")!)?.fields.adopt(node);
      }
    }
    for (const root of visits.keys()) if (!root.isConnected) visits.delete(root);
    saved.refresh();
  }).observe(document.body, { childList: true, subtree: true });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return leave();
    entries.again();
    lookAll();
  });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", () => (entries.again(), lookAll()));
  window.addEventListener("focus", lookAll);
  window.addEventListener("beforeunload", (event) => {
    // Only what the device could not take would be lost.
    if (entries.state.fleeting) event.preventDefault();
  });
  void entries.start();
  timers.start();
}

function leave(): void {
  for (const { fields } of visits.values()) fields.flush(true);
}

function lookAll(): void {
  for (const { watch } of visits.values()) void watch.look();
}

function opened(root: HTMLElement, entries: Entries, wire: Wire): Visit {
  const address = root.dataset["entries"] ?? `/visits/${root.dataset["visit"]}/entries/`;
  const watch = new Watch(wire, address, Number(root.dataset["head"] ?? 0));
  const fields = new Fields(root, address, wire.device, entries, say);
  watch.on((came) => {
    fields.came(came);
    tellPage(came.map(({ id }) => id));
  });
  entries.on((news) => {
    if (news.kind === "kept" && news.visit === address) tellPage(news.ids);
  });
  fields.onUnknown = () => void watch.look();
  fields.adopt();
  void entries.left(address).then((left) => {
    // To judge what was left here, or what a page does not tell, all of the visit has to be known.
    if (left.length || root.querySelector("[data-field]:not([data-seen]), [data-seen*=' ']:not([data-heads])")) watch.head = 0;
    fields.takeUp(left);
    return watch.look();
  });
  return { root, address, fields, watch };
}

/** The record holds something new: parts of the page that follow from it may be fetched anew (`hx-trigger="entries-kept from:body"`). */
function tellPage(ids: string[]): void {
  const news = ids.filter((id) => !told.has(id));
  if (!news.length) return;
  news.forEach((id) => told.add(id));
  document.body.dispatchEvent(new CustomEvent("entries-kept", { detail: { ids: news } }));
}

/** Say something short, to be seen and heard. */
function say(text: string): void {
  const toasts = document.querySelector("#toasts") ?? document.body.appendChild(make("div", { class: "toasts", id: "toasts", role: "status", "aria-live": "polite" }));
  const toast = make("div", { class: "toast" }, text);
  toasts.append(toast);
  setTimeout(() => toast.remove(), 8000);
}

/** Who is signed in; empty: nobody. */
function member(): string {
  const place = document.querySelector<HTMLElement>("[data-member]");
  if (!place && document.querySelector("[data-visit]")) console.warn("data-member is missing: entries cannot be bound to the person signed in");
  return place?.dataset["member"] ?? (document.querySelector("[data-visit]") ? "unnamed" : "");
}

/** Against forged requests. The cookie is read each time: it is another one after signing in again. */
function token(): string {
  const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** A name for this device that says nothing about anybody. */
function deviceId(): string {
  const made = newId().slice(0, 8);
  try {
    const known = localStorage.getItem("needlepoint-device");
    if (!known) localStorage.setItem("needlepoint-device", made);
    return known ?? made;
  } catch {
    return made;
  }
}

if (!window.needlepointClinic) start();
