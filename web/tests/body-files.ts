/** The real body, read from where it lives. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadBody, type Body, type Fetcher } from "../src/core/body.ts";

export const BODY = join(import.meta.dirname, "../../src/needlepoint/body/np-adult-1");

export const fetcher: Fetcher = async (name) => {
  const bytes = readFileSync(join(BODY, name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
};

export const body: Promise<Body> = loadBody(fetcher);
