/** What every stage can do, whether it draws in three dimensions or shows line drawings. */

import type { Body } from "../core/body.ts";

export type View = "front" | "back" | "left" | "right";
export type Way = "3d" | "flat" | "list";
export type ZoomTo = "whole" | "head" | "hands" | "feet";

/** Values at the vertices that the stage shows: sixteen channels of 0–255, four to an array. */
export interface Channels {
  a: Uint8Array;
  b: Uint8Array;
  c: Uint8Array;
  d: Uint8Array;
}
export type ChannelName = keyof Channels;

export function emptyChannels(vertices: number): Channels {
  const four = (): Uint8Array => new Uint8Array(vertices * 4);
  return { a: four(), b: four(), c: four(), d: four() };
}

/** Where a point of the body is on the stage, in pixels from its left top; hidden when skin lies before it or it looks away. */
export interface OnStage {
  x: number;
  y: number;
  hidden: boolean;
}

export interface Stage {
  readonly kind: "scene" | "drawing";
  /** Channels have changed: at these vertices, or anywhere. */
  refresh(which: ChannelName[], vertices?: Iterable<number>): void;
  /** The body has taken another shape. */
  reshape(body: Body): void;
  setWay(way: Way): void;
  setView(view: View, gently: boolean): void;
  setZoom(to: ZoomTo, which: "left" | "right", gently: boolean): void;
  setTheme(dark: boolean): void;
  setMode(paints: boolean): void;
  fade(amount: number): void;
  project(point: [number, number, number], normal?: [number, number, number]): OnStage;
  destroy(): void;
}
