/** Fingers, pen and mouse: one paints, two turn and zoom, beside the body one turns too. */

export interface GestureTargets {
  /** Does a stroke begin here? Otherwise the pointer turns the body. */
  begin(x: number, y: number, event: PointerEvent): boolean;
  stroke(points: { x: number; y: number }[]): void;
  /** The stroke ends; `given up` when a second finger came down at once. */
  end(givenUp: boolean): void;
  turn(dx: number, dy: number, byTwo: boolean): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** The pointer moves without a button; `null`: it left. */
  hover(at: { x: number; y: number } | null, event: PointerEvent): void;
  /** A press without movement where no stroke began. */
  tap(x: number, y: number): void;
}

/** A second finger that comes this soon means that the first did not want to paint, in milliseconds. */
const SOON = 350;
const STILL = 6;

interface Finger {
  x: number;
  y: number;
}

/** Listens on an element until `stop` is called. */
export function gestures(element: HTMLElement, to: GestureTargets): { stop(): void } {
  const fingers = new Map<number, Finger>();
  const listening = new AbortController();
  const { signal } = listening;
  let doing: "nothing" | "stroke" | "turn" | "pan" | "two" = "nothing";
  let began = 0;
  let moved = 0;

  const place = (event: PointerEvent | WheelEvent): Finger => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pair = (): [Finger, Finger] => [...fingers.values()] as [Finger, Finger];

  const down = (event: PointerEvent): void => {
    if (event.target instanceof Element && event.target.closest("button")) return;
    event.preventDefault();
    element.dataset.pointer = "";
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const at = place(event);
    fingers.set(event.pointerId, at);
    if (fingers.size === 2) {
      if (doing === "stroke") to.end(event.timeStamp - began < SOON);
      doing = "two";
      return;
    }
    if (fingers.size > 2) return;
    began = event.timeStamp;
    moved = 0;
    if (event.pointerType === "mouse" && event.button !== 0) doing = event.button === 1 ? "pan" : "turn";
    else if (event.shiftKey) doing = "pan";
    else doing = to.begin(at.x, at.y, event) ? "stroke" : "turn";
  };

  const move = (event: PointerEvent): void => {
    const before = fingers.get(event.pointerId);
    const at = place(event);
    if (!before) {
      if (event.pointerType !== "touch") to.hover(at, event);
      return;
    }
    event.preventDefault();
    const [dx, dy] = [at.x - before.x, at.y - before.y];
    moved += Math.hypot(dx, dy);
    if (doing === "stroke") {
      const all = event.getCoalescedEvents?.() ?? [];
      to.stroke((all.length ? all : [event]).map(place));
      if (event.pointerType !== "touch") to.hover(at, event);
    } else if (doing === "turn") to.turn(dx, dy, false);
    else if (doing === "pan") to.pan(dx, dy);
    else if (doing === "two" && fingers.size === 2) {
      const [p, q] = pair();
      const apart = Math.hypot(p.x - q.x, p.y - q.y);
      Object.assign(before, at);
      const now = Math.hypot(p.x - q.x, p.y - q.y);
      to.turn(dx / 2, dy / 2, true);
      if (apart > 8 && now > 8) to.zoom(apart / now, (p.x + q.x) / 2, (p.y + q.y) / 2);
    }
    Object.assign(before, at);
  };

  const up = (event: PointerEvent): void => {
    const at = fingers.get(event.pointerId);
    if (!at) return;
    fingers.delete(event.pointerId);
    if (doing === "stroke") to.end(event.type === "pointercancel");
    else if (doing === "turn" && moved < STILL) to.tap(at.x, at.y);
    if (fingers.size === 0) doing = "nothing";
    else if (fingers.size === 1) doing = "two";
  };

  // Whoever uses a pointer sees where they are; the ring of the focus is for the keyboard.
  element.addEventListener("keydown", () => delete element.dataset.pointer, { signal });
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", up, { signal });
  element.addEventListener("pointerleave", (event) => to.hover(null, event), { signal });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  // Neither the page's scrolling nor the selecting of text may begin on the body.
  for (const name of ["touchstart", "touchmove", "selectstart", "dragstart"]) {
    element.addEventListener(
      name,
      (event) => {
        if (!(event.target instanceof Element && event.target.closest("button"))) event.preventDefault();
      },
      { signal, passive: false },
    );
  }
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const at = place(event);
      const lines = event.deltaMode === 1 ? 16 : 1;
      to.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY * lines * 0.0016))), at.x, at.y);
    },
    { signal, passive: false },
  );
  return { stop: () => listening.abort() };
}
