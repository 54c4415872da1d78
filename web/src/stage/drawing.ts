/** Where there is no WebGL: line drawings with regions to press. The same data, whole regions at a time. */

import { svgPattern } from "../appearance.ts";
import type { Body } from "../core/body.ts";
import type { RegionLook } from "../modes/mode.ts";
import type { OnStage, Stage, View, Way, ZoomTo } from "./stage.ts";

interface Options {
  /** Text of a drawing by its file name. */
  fetchText(name: string): Promise<string>;
  /** `female` or `male`. */
  sex(): "female" | "male" | "neutral";
  look(region: number): RegionLook | null;
  pressed(region: number): void;
  hovered(region: number | null): void;
  changed(): void;
}

const NORMAL: Record<View, [number, number, number]> = { front: [0, 0, 1], back: [0, 0, -1], left: [1, 0, 0], right: [-1, 0, 0] };
const ZOOM_CUT: Record<ZoomTo, (side: "left" | "right", view: View) => [number, number, number, number]> = {
  whole: () => [0, 0, 1, 1],
  head: () => [0.3, 0, 0.4, 0.19],
  hands: (side, view) => ((side === "right") === (view !== "back") ? [0, 0.4, 0.34, 0.2] : [0.66, 0.4, 0.34, 0.2]),
  feet: () => [0.22, 0.86, 0.56, 0.14],
};

export class Drawing implements Stage {
  readonly kind = "drawing";
  readonly element: HTMLElement;
  view: View = "front";
  private readonly options: Options;
  private svg: SVGSVGElement | null = null;
  private zoom: [ZoomTo, "left" | "right"] = ["whole", "right"];
  private asked = 0;

  constructor(options: Options) {
    this.options = options;
    this.element = document.createElement("div");
    this.element.className = "drawing";
    const regionOf = (event: Event): number | null => {
      const path = (event.target as Element).closest("[data-region]");
      return path ? Number(path.getAttribute("data-region")) : null;
    };
    this.element.addEventListener("click", (event) => {
      const region = regionOf(event);
      if (region !== null) options.pressed(region);
    });
    this.element.addEventListener("pointerover", (event) => {
      const region = regionOf(event);
      this.svg?.querySelectorAll("[data-region]").forEach((one) => one.classList.toggle("is-over", Number(one.getAttribute("data-region")) === region));
      options.hovered(region);
    });
  }

  async load(): Promise<void> {
    const asked = (this.asked += 1);
    const text = await this.options.fetchText(`svg/${this.options.sex()}_average_${this.view}.svg`);
    if (asked !== this.asked) return;
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (!(parsed instanceof SVGSVGElement)) throw new Error("The line drawing is no SVG file");
    // Its colours come with it as a style element; the attributes say the same to a page that forbids inline styles.
    parsed.querySelector("style")?.remove();
    const stroke: Record<string, [string, string, string]> = {
      outline: ["#f3e9e0", "#5b4a42", "1.8"], contour: ["none", "#5b4a42", "1.4"], crease: ["none", "#8a766b", "1.1"],
    };
    for (const [name, [fill, line, width]] of Object.entries(stroke)) {
      parsed.querySelectorAll(`.${name}`).forEach((one) => {
        for (const [key, value] of Object.entries({ fill, stroke: line, "stroke-width": width, "fill-rule": "evenodd", "stroke-linecap": "round", "stroke-linejoin": "round", "vector-effect": "non-scaling-stroke" })) {
          one.setAttribute(key, value);
        }
        if (name !== "outline") one.setAttribute("pointer-events", "none");
      });
    }
    parsed.querySelectorAll("title").forEach((one) => one.remove());
    parsed.setAttribute("aria-hidden", "true");
    parsed.setAttribute("preserveAspectRatio", "xMidYMid meet");
    this.svg = document.importNode(parsed, true);
    this.element.replaceChildren(this.svg);
    this.cut();
    this.refresh();
    this.options.changed();
  }

  refresh(): void {
    if (!this.svg) return;
    this.svg.querySelector("defs")?.remove();
    let defs = "";
    this.svg.querySelectorAll<SVGPathElement>("path[data-region]").forEach((path) => {
      const id = Number(path.dataset.region);
      const look = this.options.look(id);
      path.setAttribute("fill", look ? `url(#np-region-${id})` : "transparent");
      if (look) defs += svgPattern(`np-region-${id}`, look, look.strength).replace("<pattern ", '<pattern patternTransform="scale(1.6)" ');
    });
    if (defs) {
      const holder = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg"><defs>${defs}</defs></svg>`, "image/svg+xml");
      this.svg.prepend(document.importNode(holder.documentElement.firstElementChild!, true));
    }
  }

  reshape(_body: Body): void {
    void this.load();
  }

  setWay(_way: Way): void {
    /* A drawing is flat in every way. */
  }

  setView(view: View): void {
    this.view = view;
    void this.load();
  }

  setZoom(to: ZoomTo, which: "left" | "right"): void {
    this.zoom = [to, which];
    this.cut();
    this.options.changed();
  }

  private cut(): void {
    if (!this.svg) return;
    this.svg.dataset.whole ??= this.svg.getAttribute("viewBox") ?? "0 0 1000 1700";
    const [, , width, height] = this.svg.dataset.whole.split(" ").map(Number) as [number, number, number, number];
    const [x, y, w, h] = ZOOM_CUT[this.zoom[0]](this.zoom[1], this.view);
    this.svg.setAttribute("viewBox", [x * width, y * height, w * width, h * height].join(" "));
  }

  setTheme(): void {
    /* Ink on a pale body by day and by night. */
  }

  setMode(): void {
    this.refresh();
  }

  fade(): void {
    /* Patterns do not fade. */
  }

  project([x, y, z]: [number, number, number], normal?: [number, number, number]): OnStage {
    const matrix = this.svg?.getScreenCTM();
    if (!this.svg || !matrix) return { x: 0, y: 0, hidden: true };
    const across = { front: x, back: -x, left: -z, right: z }[this.view];
    const point = new DOMPoint((across - Number(this.svg.dataset.x0)) * 1000, (Number(this.svg.dataset.y1) - y) * 1000).matrixTransform(matrix);
    const box = (this.element.parentElement ?? this.element).getBoundingClientRect();
    const towards = NORMAL[this.view];
    const facing = normal ? normal[0] * towards[0] + normal[1] * towards[1] + normal[2] * towards[2] : 1;
    return { x: point.x - box.left, y: point.y - box.top, hidden: facing < 0 };
  }

  destroy(): void {
    this.element.remove();
  }
}
