/** The body's files, fetched from one address, each only when somebody needs it. */

import { json, loadBody, loadMirror, type Body, type Fetcher } from "./body.ts";
import { Footprints, type FootprintList } from "./footprints.ts";

export class BodyFiles {
  private readonly address: () => string;
  private prints: Promise<Footprints | null> | null = null;
  private other: Promise<Uint16Array> | null = null;

  constructor(address: () => string) {
    this.address = address;
  }

  private readonly fetcher: Fetcher = async (name) => {
    const answer = await fetch(new URL(name, this.address()));
    if (!answer.ok) throw new Error(`${name}: the server answered ${answer.status}`);
    return answer.arrayBuffer();
  };

  body(): Promise<Body> {
    return loadBody(this.fetcher);
  }

  async text(name: string): Promise<string> {
    return new TextDecoder().decode(await this.fetcher(name));
  }

  mirror(): Promise<Uint16Array> {
    return (this.other ??= loadMirror(this.fetcher));
  }

  /** Footprints, when the body has them; a body without them works, and names no muscles. */
  footprints(): Promise<Footprints | null> {
    return (this.prints ??= this.readFootprints().catch((error: unknown) => {
      console.warn("No muscles can be named here.", error);
      return null;
    }));
  }

  private async readFootprints(): Promise<Footprints> {
    const [list, records, mirror] = await Promise.all([this.fetcher("footprints.json"), this.fetcher("footprints.bin"), this.mirror()]);
    return new Footprints(json<FootprintList>(list), records, mirror);
  }
}
