/** The time that entries carry: the server's, as far as it was heard, and never backwards on one device. */

/** The `Date` of an answer counts whole seconds, so that a smaller difference says nothing. */
const NOTHING_MS = 2000;

export class Clock {
  private readonly read: () => number;
  private behind = 0;
  private last = 0;

  constructor(read: () => number = Date.now) {
    this.read = read;
  }

  /** The server said what time it is, between asking and answering. */
  heard(date: string | null, asked: number, answered: number): void {
    const server = date === null ? Number.NaN : Date.parse(date);
    if (Number.isNaN(server)) return;
    const difference = server + 500 - (asked + answered) / 2;
    this.behind = Math.abs(difference) > NOTHING_MS ? difference : 0;
  }

  /** Milliseconds since 1970, as the server counts them. */
  now(): number {
    return this.read() + this.behind;
  }

  /** A time for an entry, later than every one before it: what is done later also stands later, even when the clock is set back. */
  stamp(): string {
    this.last = Math.max(Math.round(this.now()), this.last + 1);
    return new Date(this.last).toISOString();
  }
}
