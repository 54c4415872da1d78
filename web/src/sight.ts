/** What one sees: the stage in its frame, the view, the gestures, the labels of the sides and the pins. */

import type { Body } from "./core/body.ts";
import type { SkinPoint } from "./core/brush.ts";
import { placeOf, type ChartPoint } from "./core/points.ts";
import type { Mode } from "./modes/mode.ts";
import type { Drawing } from "./stage/drawing.ts";
import { gestures } from "./stage/gestures.ts";
import type { BodyScene } from "./stage/scene.ts";
import type { Stage, View, Way, ZoomTo } from "./stage/stage.ts";
import type { Frame, ZoomButton } from "./ui/frame.ts";
import { make } from "./ui/make.ts";
import type { Words } from "./words.ts";

interface Host {
  readonly frame: Frame;
  readonly work: Mode;
  readonly body: Body | null;
  readonly words: Words;
  /** Is the person who looks the one whose body it is? Then left is "your left". */
  readonly own: boolean;
  isDark(): boolean;
  /** A stroke has ended. */
  ended(): void;
  wayChanged(way: Way): void;
}

export class Sight {
  stage: Stage | null = null;
  readonly shown: { way: Way; view: View; zoom: ZoomTo; zoomSide: "left" | "right" } = {
    way: "3d", view: "front", zoom: "whole", zoomSide: "right",
  };
  private readonly host: Host;
  private listening: { stop(): void } | null = null;
  private hoverAt: { x: number; y: number } | null = null;
  private hoverDue = 0;
  /** Somebody turned or zoomed by hand: a new size of the window must not undo that. */
  private touchedView = false;

  constructor(host: Host) {
    this.host = host;
  }

  get scene(): BodyScene | null {
    return this.stage?.kind === "scene" ? (this.stage as BodyScene) : null;
  }

  /** Put the stage into the frame and listen to it. */
  mount(stage: Stage): void {
    const { frame, work } = this.host;
    this.stage = stage;
    const element = stage.kind === "scene" ? (stage as BodyScene).canvas : (stage as Drawing).element;
    frame.stage.append(element);
    frame.area.classList.add("ready");
    const plain = stage.kind === "drawing";
    frame.ways.button("3d").hidden = plain;
    if (plain && this.shown.way === "3d") this.shown.way = "flat";
    for (const one of ["closer", "further"] as const) frame.zooms.button(one).hidden = plain;
    stage.setTheme(this.host.isDark());
    stage.setMode(work.paints);
    this.resize();
    work.bodyReady();
    this.listen();
    this.go(this.shown.way);
    stage.setView(this.shown.view, false);
    stage.setZoom(this.shown.zoom, this.shown.zoomSide, false);
  }

  /** The chart leaves the page. */
  leave(): void {
    this.deafen();
    this.stage?.destroy();
    this.stage = null;
    this.host.frame.area.classList.remove("ready");
  }

  deafen(): void {
    this.listening?.stop();
    this.listening = null;
  }

  private listen(): void {
    this.deafen();
    const { scene } = this;
    const { frame } = this.host;
    if (!scene) return;
    const hit = (x: number, y: number): SkinPoint | null => scene.pick(x, y);
    this.listening = gestures(frame.stage, {
      begin: (x, y) => {
        const at = hit(x, y);
        return at !== null && this.host.work.begin(at, x, y);
      },
      stroke: (points) => this.host.work.stroke(points),
      end: (givenUp) => {
        this.host.work.end(givenUp);
        this.host.ended();
      },
      turn: (dx, dy, byTwo) => {
        if (this.shown.way === "flat") scene.rig.pan(dx, dy, frame.stage.clientHeight);
        else scene.rig.turn(dx, dy);
        if (!byTwo) scene.showBrush(null, 0);
        frame.zooms.value = null;
        this.moved(scene);
      },
      pan: (dx, dy) => {
        scene.rig.pan(dx, dy, frame.stage.clientHeight);
        this.moved(scene);
      },
      zoom: (factor, x, y) => {
        const { clientWidth, clientHeight } = frame.stage;
        scene.rig.zoom(factor, (x / clientWidth) * 2 - 1, 1 - (y / clientHeight) * 2);
        frame.zooms.value = null;
        this.moved(scene);
      },
      hover: (at) => this.hover(at),
      tap: (x, y) => {
        const at = hit(x, y);
        this.host.work.hover(at);
        if (at && this.host.body) this.host.work.tapped(this.host.body.regionOfTriangle(at.triangle));
      },
    });
  }

  /** A mouse tells its place more often than anybody can see; once a frame is enough. */
  private hover(at: { x: number; y: number } | null): void {
    this.hoverAt = at;
    this.hoverDue ||= requestAnimationFrame(() => {
      this.hoverDue = 0;
      const place = this.hoverAt;
      this.host.work.hover(place && this.scene ? this.scene.pick(place.x, place.y) : null);
    });
  }

  // Ways and views

  go(way: Way): void {
    this.shown.way = this.stage?.kind === "drawing" && way === "3d" ? "flat" : way;
    const list = this.shown.way === "list";
    this.host.frame.ways.value = this.shown.way;
    this.host.frame.showList(list);
    if (!list) {
      this.stage?.setWay(this.shown.way);
      this.resize();
      this.drawPins();
    }
    this.host.work.wayChanged();
    this.label();
    this.host.wayChanged(this.shown.way);
  }

  turnTo(view: View): void {
    this.shown.view = view;
    this.stage?.setView(view, true);
    if (this.shown.zoom !== "whole" && this.shown.way === "flat") this.stage?.setZoom(this.shown.zoom, this.shown.zoomSide, false);
    this.host.frame.views.value = view;
    this.label();
  }

  zoom(to: ZoomButton): void {
    if (to === "closer" || to === "further") {
      this.scene?.rig.zoom(to === "closer" ? 0.7 : 1.43, 0, 0);
      if (this.scene) this.moved(this.scene);
      this.host.frame.zooms.value = null;
      return;
    }
    const again = this.shown.zoom === to && (to === "hands" || to === "feet");
    const side = again && this.shown.zoomSide === "right" ? "left" : "right";
    this.lookAt(to, side);
    this.host.frame.say(to === "hands" || to === "feet" ? this.host.words.zoomOn[to][side] : this.host.words.zoom[to]);
  }

  keyed(event: KeyboardEvent): void {
    const { scene } = this;
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
    const turns: Record<string, [number, number]> = { ArrowLeft: [20, 0], ArrowRight: [-20, 0], ArrowUp: [0, 20], ArrowDown: [0, -20] };
    const turn = turns[event.key];
    if (turn) {
      if (this.shown.way === "flat") scene.rig.pan(...turn, this.host.frame.stage.clientHeight);
      else scene.rig.turn(...turn);
    } else if (event.key === "+" || event.key === "=") scene.rig.zoom(0.85, 0, 0);
    else if (event.key === "-") scene.rig.zoom(1.18, 0, 0);
    else return;
    event.preventDefault();
    this.moved(scene);
  }

  private moved(scene: BodyScene): void {
    this.touchedView = true;
    scene.moved();
    scene.draw();
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.host.frame.stage;
    this.scene?.resize(clientWidth, clientHeight);
    if (!this.touchedView) this.stage?.setZoom(this.shown.zoom, this.shown.zoomSide, false);
    this.drawPins();
  }

  /** After every frame: labels and pins follow the body. */
  framed(): void {
    this.host.frame.stage.toggleAttribute("data-turns", this.host.work.turns);
    this.label();
    this.placePins();
    if (this.scene) this.host.frame.views.value = this.scene.view;
  }

  /** Left and right are the patient's; from the side, the edges are front and back. */
  label(): void {
    const { sideOf } = this.host.words;
    const own = this.host.own ? sideOf.you : sideOf.patient;
    const { scene } = this;
    const yaw: Record<View, number> = { front: 1, back: -1, left: 0, right: 0 };
    const left = scene ? scene.rig.leftOnScreen() : yaw[this.shown.view];
    const front = scene ? scene.rig.frontOnScreen() : this.shown.view === "right" ? 1 : -1;
    if (Math.abs(left) > 0.35) this.host.frame.label(left > 0 ? own.right : own.left, left > 0 ? own.left : own.right);
    else this.host.frame.label(front > 0 ? sideOf.back : sideOf.front, front > 0 ? sideOf.front : sideOf.back);
  }

  lookAt(to: ZoomTo, side: "left" | "right" = "right"): void {
    Object.assign(this.shown, { zoom: to, zoomSide: side });
    this.touchedView = false;
    this.stage?.setZoom(to, side, true);
    this.host.frame.zooms.value = to;
  }

  // Pins

  drawPins(): void {
    const pins = this.host.work.pins();
    this.host.frame.pins.replaceChildren(
      ...pins.map((pin, n) =>
        make(
          "button", { type: "button", class: `pin ${pin.point.kind}`, "aria-label": pin.label, title: pin.label, "aria-pressed": String(pin.chosen), onclick: () => this.host.work.pinPressed(n) },
          make("span", {}, String(pin.number)),
        ),
      ),
    );
    this.placePins();
  }

  private placePins(): void {
    const { stage } = this;
    const { body } = this.host;
    if (!body || !stage || this.shown.way === "list") return;
    const elements = this.host.frame.pins.children;
    this.host.work.pins().forEach(({ point }, n) => {
      const element = elements[n] as HTMLElement | undefined;
      if (!element) return;
      const at = stage.project(placeOf(body, point), this.normalAt(point));
      element.style.left = `${at.x}px`;
      element.style.top = `${at.y}px`;
      element.classList.toggle("is-hidden", at.hidden);
      element.tabIndex = at.hidden ? -1 : 0;
    });
  }

  private normalAt({ vertices }: ChartPoint): [number, number, number] {
    const p = this.host.body!.positions;
    const [a, b, c] = vertices.map((v) => [p[3 * v]!, p[3 * v + 1]!, p[3 * v + 2]!]) as [number[], number[], number[]];
    const u = b.map((one, k) => one - a[k]!) as [number, number, number];
    const v = c.map((one, k) => one - a[k]!) as [number, number, number];
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as [number, number, number];
    const long = Math.hypot(...n) || 1;
    return n.map((one) => one / long) as [number, number, number];
  }
}
