/** What a mode gets from the chart, and what the chart asks of a mode. */

import type { Body } from "../core/body.ts";
import type { SkinPoint } from "../core/brush.ts";
import type { Footprints } from "../core/footprints.ts";
import type { Places } from "../core/places.ts";
import type { ChartPoint, PointKind } from "../core/points.ts";
import type { BodyScene } from "../stage/scene.ts";
import type { Channels, Stage, Way } from "../stage/stage.ts";
import type { Words } from "../words.ts";

/** The chart as its modes see it. */
export interface Chart {
  readonly words: Words;
  readonly places: Places;
  readonly body: Body | null;
  readonly channels: Channels | null;
  readonly stage: Stage | null;
  readonly scene: BodyScene | null;
  readonly way: Way;
  /** What mode `point` can place. */
  readonly kinds: PointKind[];
  footprints(): Promise<Footprints | null>;
  mirror(): Promise<Uint16Array>;
  /** Say it, visibly and to a screen reader. */
  say(text: string): void;
  emit(name: string, detail: unknown): void;
  /** The list shows something old. */
  listChanged(): void;
  /** Pins have come, gone or moved. */
  pinsChanged(): void;
}

/** One side of one row of the list. */
export interface ListButton {
  text: string;
  label: string;
  /** `null`: it is no switch. */
  pressed: "true" | "false" | "mixed" | null;
  swatch?: string;
}

export interface ListRow {
  key: string;
  title: string;
  search: string;
  left: ListButton | null;
  right: ListButton | null;
}

export interface ListGroup {
  key: string;
  title: string;
  count: string;
  rows: ListRow[];
}

export interface Pin {
  point: ChartPoint;
  label: string;
  number: number;
  chosen: boolean;
}

/** How a region looks in a line drawing. */
export interface RegionLook {
  colour: string;
  pattern: "plain" | "waves" | "slants" | "rings" | "hatch" | "dots" | "dashes" | "bars" | "stripes" | "solid";
  strength: number;
}

export interface Mode {
  readonly dock: HTMLElement;
  readonly paints: boolean;
  /** True while one finger should turn the body rather than work on it. */
  readonly turns: boolean;
  /** The body is there (again): fill the channels. */
  bodyReady(): void;
  begin(at: SkinPoint, x: number, y: number): boolean;
  stroke(points: { x: number; y: number }[]): void;
  end(givenUp: boolean): void;
  hover(at: SkinPoint | null): void;
  /** A region of a drawing, or of the list, was pressed. */
  regionPressed(id: number): void;
  /** The body was tapped where no stroke began. */
  tapped(region: number): void;
  /** The way is another. */
  wayChanged(): void;
  regionHovered(id: number | null): void;
  regionLook(id: number): RegionLook | null;
  groups(): ListGroup[];
  rowPressed(key: string, side: "left" | "right"): void;
  rowHovered(key: string | null, side: "left" | "right"): void;
  pins(): Pin[];
  pinPressed(n: number): void;
  key(event: KeyboardEvent): boolean;
}
