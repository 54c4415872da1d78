/** A painting: an intensity 0–10 at every vertex, in one layer for each quality, stored as run-length coded text. */

export const TOPOLOGY = "np-adult-1";
export const VERTICES = 28749;
export const STRONGEST = 10;

/** The stored form that browser and server share. */
export interface PaintingDocument {
  needlepoint: 1;
  topology: string;
  layers: { quality: string; values: string }[];
}

/** What is painted, ready to work with: one array of intensities a quality. */
export type Painting = Map<string, Uint8Array>;

/** A painting that cannot be read; the message says where and why. */
export class PaintingError extends Error {
  override name = "PaintingError";
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE_OF = new Map([...LETTERS].map((letter, n) => [letter, n]));

/** The intensities as text: base64url without padding of triples (vertices skipped, run length, intensity), each LEB128. */
export function encode(values: Uint8Array): string {
  const bytes: number[] = [];
  let last = 0;
  for (let at = 0; at < values.length; ) {
    const value = values[at]!;
    if (value === 0) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < values.length && values[end] === value) end += 1;
    for (const number of [at - last, end - at, value]) pushNumber(bytes, number);
    last = at = end;
  }
  return toText(bytes);
}

/** The intensities that a text holds. Throws PaintingError when it is not the one form that `encode` writes. */
export function decode(text: string, vertices: number = VERTICES): Uint8Array {
  const numbers = numbersIn(toBytes(text));
  if (numbers.length % 3 !== 0) throw new PaintingError("the values break off within a run");
  const values = new Uint8Array(vertices);
  let at = 0;
  for (let n = 0; n < numbers.length; n += 3) {
    const [skipped, length, value] = [numbers[n]!, numbers[n + 1]!, numbers[n + 2]!];
    if (value < 1 || value > STRONGEST) throw new PaintingError(`an intensity of ${value} is outside 1 to ${STRONGEST}`);
    if (length < 1) throw new PaintingError("a run of no vertices");
    at += skipped;
    if (at + length > vertices) {
      throw new PaintingError(`a run ends at vertex ${at + length}, but the body has ${vertices}`);
    }
    values.fill(value, at, at + length);
    at += length;
  }
  if (encode(values) !== text) {
    throw new PaintingError("the values are not in their one shortest form, so something changed them");
  }
  return values;
}

/** The painting that a JSON value holds. Throws PaintingError naming the place when it holds none. */
export function readPainting(document: unknown, vertices: number = VERTICES): Painting {
  const painting: Painting = new Map();
  if (!isRecord(document)) throw new PaintingError("a painting is an object with `topology` and `layers`");
  if (document.topology !== TOPOLOGY) {
    throw new PaintingError(
      `topology: ${JSON.stringify(document.topology)} is another body than ${TOPOLOGY}; the painting cannot be moved to it`,
    );
  }
  if (!Array.isArray(document.layers)) throw new PaintingError("layers: a list of layers is missing");
  document.layers.forEach((layer: unknown, n) => {
    const where = `layers[${n}]`;
    if (!isRecord(layer)) throw new PaintingError(`${where}: a layer is an object with \`quality\` and \`values\``);
    const { quality, values } = layer;
    if (typeof quality !== "string" || !quality.trim()) {
      throw new PaintingError(`${where}.quality: a word such as aching is missing`);
    }
    if (typeof values !== "string") throw new PaintingError(`${where}.values: text is missing`);
    if (painting.has(quality.trim())) throw new PaintingError(`${where}.quality: there are two layers of "${quality.trim()}"`);
    try {
      painting.set(quality.trim(), decode(values, vertices));
    } catch (error) {
      throw new PaintingError(`${where}.values: ${(error as Error).message}`);
    }
  });
  return painting;
}

/** The painting as a JSON value; layers on which nothing is painted are left out. */
export function writePainting(painting: Painting): PaintingDocument {
  const layers = [...painting]
    .map(([quality, values]) => ({ quality, values: encode(values) }))
    .filter((layer) => layer.values !== "");
  return { needlepoint: 1, topology: TOPOLOGY, layers };
}

/** The intensity at every vertex, whatever its quality. */
export function strongest(painting: Painting, vertices: number = VERTICES): Uint8Array {
  const top = new Uint8Array(vertices);
  for (const values of painting.values()) {
    for (let v = 0; v < vertices; v += 1) if (values[v]! > top[v]!) top[v] = values[v]!;
  }
  return top;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pushNumber(bytes: number[], number: number): void {
  while (number > 0x7f) {
    bytes.push((number & 0x7f) | 0x80);
    number >>>= 7;
  }
  bytes.push(number);
}

function numbersIn(bytes: number[]): number[] {
  const numbers: number[] = [];
  let number = 0;
  let shift = 0;
  for (const byte of bytes) {
    number += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (shift > 35) throw new PaintingError("a number is too large");
    if (byte & 0x80) continue;
    numbers.push(number);
    number = shift = 0;
  }
  if (shift) throw new PaintingError("the values break off within a number");
  return numbers;
}

function toText(bytes: number[]): string {
  let text = "";
  for (let n = 0; n < bytes.length; n += 3) {
    const left = bytes.length - n;
    const word = (bytes[n]! << 16) | ((bytes[n + 1] ?? 0) << 8) | (bytes[n + 2] ?? 0);
    text += LETTERS[word >> 18]! + LETTERS[(word >> 12) & 63]!;
    if (left > 1) text += LETTERS[(word >> 6) & 63]!;
    if (left > 2) text += LETTERS[word & 63]!;
  }
  return text;
}

function toBytes(text: string): number[] {
  if (text.length % 4 === 1) throw new PaintingError("the values are not base64url text");
  const bytes: number[] = [];
  let word = 0;
  let bits = 0;
  for (const letter of text) {
    const six = VALUE_OF.get(letter);
    if (six === undefined) throw new PaintingError("the values are not base64url text");
    word = ((word << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((word >> bits) & 0xff);
  }
  return bytes;
}
