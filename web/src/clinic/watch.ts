/** What other devices wrote for a visit: asked for every few seconds while somebody looks at the page, and at once when they look again. */

import type { KeptEntry } from "./entry.ts";
import { since, type Wire } from "./post.ts";

const EVERY_MS = 5000;
const LONGEST_MS = 30_000;

export class Watch {
  /** Number of the last entry that is known here. */
  head: number;
  /** The server has answered at least once. */
  answered = false;
  private readonly wire: Wire;
  private readonly visit: string;
  private readonly listeners = new Set<(entries: KeptEntry[]) => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause = EVERY_MS;
  private asking: Promise<void> | null = null;

  constructor(wire: Wire, visit: string, head: number) {
    this.wire = wire;
    this.visit = visit;
    this.head = head;
  }

  /** Answers with the way to stop listening. */
  on(listener: (entries: KeptEntry[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ask now, and from now on. */
  look(): Promise<void> {
    clearTimeout(this.timer);
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
      if (document.visibilityState === "visible") this.timer = setTimeout(() => void this.look(), this.pause);
    });
    return this.asking;
  }

  private async ask(): Promise<void> {
    const came = await since(this.wire, this.visit, this.head);
    if (came.kind !== "came") {
      this.pause = Math.min(LONGEST_MS, this.pause * 2);
      return;
    }
    this.pause = EVERY_MS;
    this.answered = true;
    // An answer that was overtaken by a newer one says nothing new.
    this.head = Math.max(this.head, came.head);
    if (came.entries.length) for (const listener of this.listeners) listener(came.entries);
  }
}
