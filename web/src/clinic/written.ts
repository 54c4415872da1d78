/** What is known about one field: every value that was written, which of them stand, and whether they contradict each other. */

import type { Entry } from "./entry.ts";

export interface Written {
  id: string;
  value: unknown;
  /** The entries whose values the writer saw. */
  seen: string[];
  at: string;
  /** Who wrote it, where it was not written on this page. */
  by: string;
  from: "here" | "this-device" | "elsewhere";
}

export class FieldHistory {
  private readonly known = new Map<string, Written>();
  private readonly overtaken = new Set<string>();

  /**
   * Told again, an entry may say more: of what a page was drawn from, it is not known at first what its writer saw.
   * False: nothing new was said.
   */
  add(one: Written): boolean {
    const known = this.known.get(one.id);
    this.known.set(one.id, known ? { ...one, from: known.from === "here" ? "here" : one.from } : one);
    const overtakes = one.seen.filter((id) => this.known.has(id) && !this.overtaken.has(id));
    for (const id of one.seen) this.overtaken.add(id);
    return !known || overtakes.length > 0 || !same(known.value, one.value);
  }

  has(id: string): boolean {
    return this.known.has(id);
  }

  /** The values that nobody has written over, oldest first. More than one: they were written without seeing each other. */
  get heads(): Written[] {
    return [...this.known.values()]
      .filter(({ id }) => !this.overtaken.has(id))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  }

  /** True when what stands are different values; two people who wrote the same do not disagree. */
  get torn(): boolean {
    const [first, ...others] = this.heads;
    return others.some(({ value }) => !same(value, first!.value));
  }
}

/** An entry of the kind `wrote` as what it says about a field. */
export function writtenIn(entry: Entry, by: string, from: Written["from"]): { field: string; written: Written } | null {
  const { field, value, seen } = entry.body;
  if (entry.kind !== "wrote" || typeof field !== "string") return null;
  return { field, written: { id: entry.id, value: value ?? null, seen: idsIn(seen), at: entry.at, by, from } };
}

function idsIn(seen: unknown): string[] {
  if (typeof seen === "string") return [seen];
  return Array.isArray(seen) ? seen.filter((one): one is string => typeof one === "string") : [];
}

/** `seen` as the protocol wants it. */
export function seenOf(ids: string[]): null | string | string[] {
  return ids.length === 0 ? null : ids.length === 1 ? ids[0]! : ids;
}

/** The same JSON value, whatever the order of its keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [Object.entries(a), Object.entries(b)];
  return one.length === other.length && one.every(([key, value]) => key in b && same(value, (b as Record<string, unknown>)[key]));
}

/** Both values as one, where that can be: texts below each other, lists without doubles. */
export function both(values: unknown[]): { value: unknown } | null {
  if (values.every((one) => typeof one === "string")) return { value: [...new Set(values as string[])].join("\n") };
  if (values.every(Array.isArray)) {
    const all: unknown[] = [];
    for (const one of (values as unknown[][]).flat()) if (!all.some((known) => same(known, one))) all.push(one);
    return { value: all };
  }
  return null;
}
