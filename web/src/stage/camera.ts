/** Where we look from. Yaw 0 looks at the front of the body; in the flat way the yaw is one of four and the view has no depth. */

import { OrthographicCamera, PerspectiveCamera, Vector3 } from "three";

export interface Look {
  x: number;
  y: number;
  z: number;
  yaw: number;
  pitch: number;
  /** How many metres are seen from top to bottom, at the target. */
  span: number;
}

const FIELD = 24;
const STEEPEST = 1.45;
const NEAREST = 0.12;
const FURTHEST = 3.2;

export class Rig {
  readonly deep = new PerspectiveCamera(FIELD, 1, 0.05, 20);
  readonly plain = new OrthographicCamera(-1, 1, 1, -1, 0.05, 20);
  readonly look: Look = { x: 0, y: 0.85, z: 0.02, yaw: 0, pitch: 0, span: 2 };
  flat = false;
  private aspect = 1;
  private goal: { from: Look; to: Look; started: number; lasts: number } | null = null;

  get camera(): PerspectiveCamera | OrthographicCamera {
    return this.flat ? this.plain : this.deep;
  }

  resize(aspect: number): void {
    this.aspect = aspect;
    this.apply();
  }

  /** Move to another look, at once or in a moment. */
  go(to: Partial<Look>, now: number, gently: boolean): void {
    // A second order that comes while the first is still on its way adds to it.
    const wanted = { ...(this.goal?.to ?? this.look), ...to };
    // The shorter way round.
    wanted.yaw = this.look.yaw + Math.atan2(Math.sin(wanted.yaw - this.look.yaw), Math.cos(wanted.yaw - this.look.yaw));
    if (!gently) {
      this.goal = null;
      Object.assign(this.look, wanted);
      this.apply();
      return;
    }
    this.goal = { from: { ...this.look }, to: wanted, started: now, lasts: 420 };
  }

  /** Goes on with a movement; answers whether it is still going. */
  step(now: number): boolean {
    if (!this.goal) return false;
    const { from, to, started, lasts } = this.goal;
    const t = Math.min(1, Math.max(0, (now - started) / lasts));
    const ease = t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2;
    for (const key of Object.keys(from) as (keyof Look)[]) this.look[key] = from[key] + (to[key] - from[key]) * ease;
    if (t >= 1) this.goal = null;
    this.apply();
    return true;
  }

  turn(dx: number, dy: number): void {
    this.goal = null;
    this.look.yaw -= dx * 0.0085;
    this.look.pitch = Math.min(STEEPEST, Math.max(-STEEPEST, this.look.pitch + dy * 0.0065));
    this.apply();
  }

  /** Shift the view by pixels of a stage that is `height` pixels high. */
  pan(dx: number, dy: number, height: number): void {
    this.goal = null;
    const metres = this.look.span / height;
    const [right, up] = [new Vector3(), new Vector3()];
    this.camera.matrixWorld.extractBasis(right, up, new Vector3());
    this.moveBy(right.multiplyScalar(-dx * metres).add(up.multiplyScalar(dy * metres)));
  }

  /** Nearer (factor below 1) or further, towards a point of the stage given from -1 to 1. */
  zoom(factor: number, atX: number, atY: number): void {
    this.goal = null;
    const before = this.look.span;
    this.look.span = Math.min(FURTHEST, Math.max(NEAREST, before * factor));
    const gone = (before - this.look.span) / 2;
    const [right, up] = [new Vector3(), new Vector3()];
    this.camera.matrixWorld.extractBasis(right, up, new Vector3());
    this.moveBy(right.multiplyScalar(atX * gone * this.aspect).add(up.multiplyScalar(atY * gone)));
  }

  /** Which way is the patient's left on the screen: 1 is the right edge, -1 the left edge, near 0 is neither. */
  leftOnScreen(): number {
    return Math.cos(this.look.yaw);
  }

  /** Is the front of the body towards the right edge (1) or the left (-1)? */
  frontOnScreen(): number {
    return -Math.sin(this.look.yaw);
  }

  private moveBy(by: Vector3): void {
    this.look.x = Math.min(0.9, Math.max(-0.9, this.look.x + by.x));
    this.look.y = Math.min(2.1, Math.max(-0.05, this.look.y + by.y));
    this.look.z = Math.min(0.5, Math.max(-0.5, this.look.z + by.z));
    this.apply();
  }

  private apply(): void {
    const { x, y, z, yaw, pitch, span } = this.look;
    const target = new Vector3(x, y, z);
    // A phone held upright is narrow: the span must also hold the arms.
    const distance = this.flat ? 6 : span / 2 / Math.tan(((FIELD / 2) * Math.PI) / 180);
    const camera = this.camera;
    camera.position.set(Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)).multiplyScalar(distance).add(target);
    camera.lookAt(target);
    if (camera instanceof PerspectiveCamera) {
      camera.aspect = this.aspect;
      camera.near = Math.max(0.02, distance - 1.4);
      camera.far = distance + 2.5;
    } else {
      camera.top = span / 2;
      camera.bottom = -span / 2;
      camera.left = (-span / 2) * this.aspect;
      camera.right = (span / 2) * this.aspect;
    }
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
  }
}
