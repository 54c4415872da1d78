/** An entry: what is written or done during a visit. Made once, on the device, and never changed. */

export type Body = Record<string, unknown>;

export interface Entry {
  id: string;
  kind: string;
  /** When, in ISO 8601 with milliseconds. */
  at: string;
  body: Body;
}

/** An entry as the server gives it back: who wrote it, and on which device. */
export interface KeptEntry extends Entry {
  number: number;
  by: string;
  device: string;
}

/** What somebody is about to enter, before it has an id and a time. */
export type Told = Pick<Entry, "kind" | "body">;
