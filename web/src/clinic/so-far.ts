/** The session so far as this page knows it: acts from here and from other devices, and what they add up to. */

import type { Entry } from "./entry.ts";
import { sessionOf, stillIn, type Needle, type Session } from "./fold.ts";

export class SoFar {
  session: Session = sessionOf([]);
  private readonly known = new Map<string, Entry>();

  /** True: something was new. */
  add(entries: Entry[]): boolean {
    const news = entries.filter(({ id, kind }) => kind !== "wrote" && !this.known.has(id));
    for (const entry of news) this.known.set(entry.id, entry);
    if (news.length) this.session = sessionOf(this.known.values());
    return news.length > 0;
  }

  get inside(): Needle[] {
    return stillIn(this.session);
  }

  insideAt(muscle: string | null, side: string | null): Needle[] {
    return this.inside.filter((one) => one.muscle === muscle && one.side === side);
  }

  needle(id: string): Needle | null {
    return this.session.needles.find(({ needle }) => needle === id) ?? null;
  }

  /** Needles are counted from 1, in the order in which they went in. */
  numberOf(id: string): number {
    return this.session.needles.findIndex(({ needle }) => needle === id) + 1;
  }

  /** What the next undo takes back: the last act, and all that were done with it in one tap. */
  get last(): Entry[] {
    const acts = this.session.acts.filter(({ kind }) => kind !== "undone");
    const at = acts.at(-1)?.at;
    return acts.filter((one) => one.at === at);
  }

  /** What was taken back last, as long as nothing was done since: it can be brought back. */
  get lastUndone(): Entry[] {
    const last = this.session.acts.at(-1);
    return last?.kind === "undone" ? this.session.acts.filter(({ kind, at }) => kind === "undone" && at === last.at) : [];
  }

  act(id: string): Entry | null {
    return this.known.get(id) ?? null;
  }
}
