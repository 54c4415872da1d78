/** Where entries wait until the server has them: IndexedDB, else localStorage, else only this page. */

import type { Entry } from "./entry.ts";

export interface Waiting {
  entry: Entry;
  /** The address that it goes to. */
  visit: string;
  /** The person signed in when it was made; nobody else sends it. */
  who: string;
  /** They are sent in this order. */
  order: number;
  /** The server did not take it, and why. It stays until a person has dealt with it. */
  aside?: { why: string; signed: boolean; again: boolean };
}

export interface Shelf {
  /** Does it outlive the page? */
  readonly lasts: boolean;
  put(waiting: Waiting[]): Promise<void>;
  all(): Promise<Waiting[]>;
  remove(ids: string[]): Promise<void>;
}

const NAME = "needlepoint-entries";
/** A browser's database that has not answered by then does not answer. */
const PATIENCE_MS = 3000;

/** The first shelf that takes an entry has it. What lies on any of them is waiting. */
export class Shelves implements Shelf {
  readonly lasts = true;
  private readonly shelves: Shelf[];

  constructor(shelves: Shelf[]) {
    this.shelves = shelves;
  }

  async put(waiting: Waiting[]): Promise<void> {
    let why: unknown = new Error("there is no shelf");
    for (const shelf of this.shelves) {
      try {
        await shelf.put(waiting);
        if (shelf.lasts) await this.clear(waiting, shelf);
        return;
      } catch (error) {
        why = error;
      }
    }
    throw why;
  }

  /** What was moved to this shelf lies no longer on another. */
  private async clear(waiting: Waiting[], taken: Shelf): Promise<void> {
    const ids = waiting.map(({ entry }) => entry.id);
    await Promise.allSettled(this.shelves.filter((one) => one !== taken).map((one) => one.remove(ids)));
  }

  async all(): Promise<Waiting[]> {
    const found = new Map<string, Waiting>();
    // A later shelf holds the newer word on an entry: it was used because an earlier one did not take it.
    for (const came of await Promise.allSettled(this.shelves.map((one) => one.all()))) {
      if (came.status === "fulfilled") for (const one of came.value) found.set(one.entry.id, one);
    }
    return [...found.values()].sort((a, b) => a.order - b.order);
  }

  async remove(ids: string[]): Promise<void> {
    await Promise.allSettled(this.shelves.map((one) => one.remove(ids)));
  }

  /** Entries that would be gone with this page. */
  async fleeting(): Promise<number> {
    const on = async (lasts: boolean): Promise<string[]> => {
      const lists = await Promise.allSettled(this.shelves.filter((one) => one.lasts === lasts).map((one) => one.all()));
      return lists.flatMap((one) => (one.status === "fulfilled" ? one.value : [])).map(({ entry }) => entry.id);
    };
    const safe = new Set(await on(true));
    return (await on(false)).filter((id) => !safe.has(id)).length;
  }
}

export class DatabaseShelf implements Shelf {
  readonly lasts = true;
  private opened: Promise<IDBDatabase> | null = null;

  async put(waiting: Waiting[]): Promise<void> {
    await this.within("readwrite", (store) => waiting.forEach((one) => store.put(one)));
  }

  async all(): Promise<Waiting[]> {
    let found: IDBRequest<Waiting[]> | null = null;
    await this.within("readonly", (store) => { found = store.getAll() as IDBRequest<Waiting[]>; });
    return found!.result;
  }

  async remove(ids: string[]): Promise<void> {
    await this.within("readwrite", (store) => ids.forEach((id) => store.delete(id)));
  }

  /** Done only when it is on the disk, not when it is merely on its way there. */
  private async within(how: IDBTransactionMode, work: (store: IDBObjectStore) => void): Promise<void> {
    const database = await this.open();
    await new Promise<void>((done, failed) => {
      setTimeout(() => failed(new Error("the browser's database does not answer")), PATIENCE_MS);
      let transaction: IDBTransaction;
      try {
        transaction = database.transaction(NAME, how, { durability: "strict" });
        work(transaction.objectStore(NAME));
      } catch (error) {
        // The browser has closed the database, for instance because its data were cleared: the next one opens it anew.
        this.opened = null;
        return failed(error as Error);
      }
      transaction.oncomplete = () => done();
      transaction.onerror = transaction.onabort = () => failed(transaction.error ?? new Error("the browser's database gave up"));
    });
  }

  private open(): Promise<IDBDatabase> {
    this.opened ??= new Promise<IDBDatabase>((done, failed) => {
      setTimeout(() => failed(new Error("the browser's database does not open")), PATIENCE_MS);
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "entry.id" });
      asked.onerror = asked.onblocked = () => failed(asked.error ?? new Error("the browser's database is blocked"));
      asked.onsuccess = () => {
        asked.result.onclose = asked.result.onversionchange = () => {
          asked.result.close();
          this.opened = null;
        };
        done(asked.result);
      };
    }).catch((error: unknown) => {
      this.opened = null;
      throw error;
    });
    return this.opened;
  }
}

/** Writes at once, before the page can be closed. */
export class LocalShelf implements Shelf {
  readonly lasts = true;
  private readonly storage: () => Storage;

  /** Reading the property already throws where storage is blocked, so it is read when needed. */
  constructor(storage: () => Storage = () => localStorage) {
    this.storage = storage;
  }

  /** Without waiting, for the moment in which a page is left. */
  putNow(waiting: Waiting[]): void {
    const storage = this.storage();
    for (const one of waiting) storage.setItem(`${NAME}:${one.entry.id}`, JSON.stringify(one));
  }

  async put(waiting: Waiting[]): Promise<void> {
    this.putNow(waiting);
  }

  async all(): Promise<Waiting[]> {
    const storage = this.storage();
    const keys = Array.from({ length: storage.length }, (_, n) => storage.key(n)).filter((key): key is string => key?.startsWith(`${NAME}:`) ?? false);
    return keys.map((key) => JSON.parse(storage.getItem(key) ?? "null") as Waiting | null).filter((one): one is Waiting => one !== null);
  }

  async remove(ids: string[]): Promise<void> {
    const storage = this.storage();
    for (const id of ids) storage.removeItem(`${NAME}:${id}`);
  }
}

/** The last resort: it is gone with the page, and that is told. */
export class PageShelf implements Shelf {
  readonly lasts = false;
  private readonly kept = new Map<string, Waiting>();

  async put(waiting: Waiting[]): Promise<void> {
    for (const one of waiting) this.kept.set(one.entry.id, one);
  }

  async all(): Promise<Waiting[]> {
    return [...this.kept.values()];
  }

  async remove(ids: string[]): Promise<void> {
    for (const id of ids) this.kept.delete(id);
  }
}
