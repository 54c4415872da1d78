/** The body in three dimensions. Draws only when something changed, and while painting only where it changed. */

import {
  BufferAttribute, BufferGeometry, GLSL3, LinearSRGBColorSpace, Mesh, Ray, RawShaderMaterial, Scene, Vector2, Vector3, Vector4, WebGLRenderer,
} from "three";
import { MeshBVH } from "three-mesh-bvh";
import { THEMES } from "../appearance.ts";
import type { Body } from "../core/body.ts";
import { touched, type SkinPoint } from "../core/brush.ts";
import { Rig, type Look } from "./camera.ts";
import { normalsOf } from "./normals.ts";
import { Patch } from "./patch.ts";
import { roughTriangles } from "./rough.ts";
import { FRAGMENT, VERTEX } from "./shader.ts";
import type { ChannelName, Channels, OnStage, Stage, View, Way, ZoomTo } from "./stage.ts";

const YAW: Record<View, number> = { front: 0, back: Math.PI, left: Math.PI / 2, right: -Math.PI / 2 };
/** A stage narrower than this, in pixels, has its buttons above the head. */
const NARROW = 760;
const MOST_DOTS = 2;
/** A frame that takes longer than this, in milliseconds, is too slow: while things move we draw fewer dots. */
const SLOW = 30;
/** Dots to a pixel while turning without a graphics card. */
const COARSE = 0.6;

interface Options {
  /** Move gently from view to view. */
  gentle: boolean;
  byProcessor: boolean;
  /** After every frame in which the view may have changed. */
  onFrame: () => void;
  /** The browser took the graphics away. */
  onLost: () => void;
}

export class BodyScene implements Stage {
  readonly kind = "scene";
  readonly canvas: HTMLCanvasElement;
  readonly rig = new Rig();
  normals: Float32Array;
  private body: Body;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly geometry = new BufferGeometry();
  private readonly mesh: Mesh<BufferGeometry, RawShaderMaterial>;
  private readonly patch: Patch;
  private readonly materials: Record<"paint" | "show", RawShaderMaterial>;
  private readonly uniforms;
  private tree: MeshBVH;
  private width = 1;
  private height = 1;
  private due = 0;
  private gentle: boolean;
  private dots = 1;
  private sharpen = 0;
  private readonly onFrame: () => void;
  /** Without a graphics card only what changed is drawn anew, upon the picture that is there. */
  private readonly thrifty: boolean;
  private whole = true;
  private took = 0;
  private rough: { scene: Scene; mesh: Mesh<BufferGeometry, RawShaderMaterial> } | null = null;
  private gone = false;
  private changed = new Set<number>();
  private ring: { at: SkinPoint; radius: number } | null = null;
  private ringOn: number[] = [];

  /** Throws when there is no WebGL. */
  constructor(body: Body, channels: Channels, options: Options) {
    this.body = body;
    this.gentle = options.gentle;
    this.onFrame = options.onFrame;
    this.canvas = document.createElement("canvas");
    this.thrifty = options.byProcessor;
    this.renderer = new WebGLRenderer({
      canvas: this.canvas, antialias: true, alpha: true, powerPreference: "high-performance", preserveDrawingBuffer: this.thrifty,
    });
    this.renderer.autoClear = false;
    this.renderer.setClearColor(0x000000, 0);
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.canvas.addEventListener("webglcontextlost", () => {
      if (!this.gone) options.onLost();
    });
    const { light } = THEMES;
    this.uniforms = {
      uBody: { value: new Vector3(...light.body) },
      uShade: { value: new Vector3(...light.shade) },
      uRim: { value: new Vector3(...light.rim) },
      uHover: { value: new Vector3(...light.hover) },
      uBrush: { value: new Vector4(0, 0, 0, 0) },
      uDot: { value: 1 },
      uFade: { value: new Vector2(1, 1) },
    };
    const material = (fragmentShader: string): RawShaderMaterial =>
      new RawShaderMaterial({ glslVersion: GLSL3, vertexShader: VERTEX, fragmentShader, uniforms: this.uniforms });
    this.materials = { paint: material(FRAGMENT.paint), show: material(FRAGMENT.show) };
    this.geometry.setIndex(new BufferAttribute(body.triangles, 1));
    this.geometry.setAttribute("position", new BufferAttribute(body.positions, 3));
    this.normals = normalsOf(body.positions, body.triangles);
    this.geometry.setAttribute("normal", new BufferAttribute(this.normals, 3));
    this.geometry.setAttribute("light", new BufferAttribute(body.light, 1, true));
    for (const name of ["a", "b", "c", "d"] as const) {
      this.geometry.setAttribute(name, new BufferAttribute(channels[name], 4, true));
    }
    // `indirect` leaves the triangles in their order, so that a hit tells the region.
    this.tree = new MeshBVH(this.geometry, { indirect: true, targetLeafSize: 12 });
    this.mesh = new Mesh(this.geometry, this.materials.paint);
    this.mesh.frustumCulled = false;
    this.scene.add(this.mesh);
    this.patch = new Patch(body, this.geometry, this.materials.paint);
  }

  resize(width: number, height: number): void {
    if (width < 1 || height < 1) return;
    this.width = width;
    this.height = height;
    this.dots = Math.min(globalThis.devicePixelRatio || 1, MOST_DOTS);
    this.size(this.dots);
    this.rig.resize(width / height);
    this.draw();
  }

  private size(dots: number): void {
    this.renderer.setPixelRatio(dots);
    this.renderer.setSize(this.width, this.height, false);
    this.uniforms.uDot.value = dots;
  }

  refresh(which: ChannelName[], vertices?: Iterable<number>): void {
    let low = Infinity;
    let high = -1;
    for (const v of vertices ?? []) {
      if (v < low) low = v;
      if (v > high) high = v;
      this.changed.add(v);
    }
    if (high < low) this.whole = true;
    for (const name of which) {
      const attribute = this.geometry.getAttribute(name) as BufferAttribute;
      if (high >= low) attribute.addUpdateRange(low * 4, (high - low + 1) * 4);
      attribute.needsUpdate = true;
    }
    this.draw(false);
  }

  reshape(body: Body): void {
    this.body = body;
    this.normals = normalsOf(body.positions, body.triangles);
    this.geometry.setAttribute("position", new BufferAttribute(body.positions, 3));
    this.geometry.setAttribute("normal", new BufferAttribute(this.normals, 3));
    this.patch.follow(this.geometry);
    this.tree = new MeshBVH(this.geometry, { indirect: true, targetLeafSize: 12 });
    this.draw();
  }

  setWay(way: Way): void {
    if (way === "list") return;
    this.rig.flat = way === "flat";
    if (this.rig.flat) {
      const quarter = Math.PI / 2;
      this.rig.go({ yaw: Math.round(this.rig.look.yaw / quarter) * quarter, pitch: 0 }, 0, false);
    }
    this.rig.resize(this.width / this.height);
    this.draw();
  }

  setView(view: View, gently: boolean): void {
    this.rig.go({ yaw: YAW[view], pitch: 0 }, performance.now(), gently && this.gentle && !this.rig.flat);
    this.draw();
  }

  /** The view that we look at most. */
  get view(): View {
    const { yaw } = this.rig.look;
    if (Math.cos(yaw) > 0.7072) return "front";
    if (Math.cos(yaw) < -0.7072) return "back";
    return Math.sin(yaw) > 0 ? "left" : "right";
  }

  setZoom(to: ZoomTo, which: "left" | "right", gently: boolean): void {
    this.rig.go(this.lookAt(to, which), performance.now(), gently && this.gentle);
    this.draw();
  }

  private lookAt(to: ZoomTo, which: "left" | "right"): Partial<Look> {
    const belongs: Record<Exclude<ZoomTo, "whole">, RegExp> = {
      head: /^(forehead|temple|vertex|occiput|nose|cheek|mouth|chin|jaw|anterior neck|posterior neck, upper)/,
      hands: /hand|wrist|palm|thenar|finger|thumb/,
      feet: /foot|ankle|heel|toe|sole|arch/,
    };
    const bounds = (ids: Set<number> | null): [Vector3, Vector3] => {
      const [low, high] = [new Vector3(9, 9, 9), new Vector3(-9, -9, -9)];
      const point = new Vector3();
      for (let v = 0; v < this.body.count; v += 1) {
        if (ids && !ids.has(this.body.regionOfVertex[v]!)) continue;
        point.fromArray(this.body.positions, 3 * v);
        low.min(point);
        high.max(point);
      }
      return [low, high];
    };
    const regions = to === "whole" ? null : this.body.regions.filter((one) => belongs[to].test(one.name));
    const oneSide = to === "hands" || to === "feet" ? regions!.filter((one) => one.side === which) : regions;
    const [low, high] = bounds(oneSide && new Set(oneSide.map((one) => one.id)));
    const middle = low.clone().add(high).multiplyScalar(0.5);
    const size = high.clone().sub(low);
    const sideways = this.rig.flat && Math.abs(Math.sin(this.rig.look.yaw)) > 0.5;
    const across = sideways ? size.z : size.x;
    if (to === "whole") return this.wholeBody(size, middle);
    const least = to === "feet" && !this.rig.flat ? 0.32 : 0.1;
    const span = Math.max(size.y * 1.18, (across * 1.3) / (this.width / this.height), least);
    const look: Partial<Look> = { x: middle.x, y: middle.y, z: middle.z, span };
    if (to === "feet" && !this.rig.flat) return { ...look, pitch: this.view === "front" ? 0.5 : 0.12 };
    return { ...look, pitch: this.rig.flat ? 0 : this.rig.look.pitch };
  }

  /** From crown to soles, clear of the buttons above (on a narrow stage) and of the labels below. */
  private wholeBody(size: Vector3, middle: Vector3): Partial<Look> {
    const [above, below] = [this.width < NARROW ? 62 : 14, 50];
    const tall = (size.y * this.height) / Math.max(80, this.height - above - below);
    const span = Math.max(tall, (size.x * 1.1) / (this.width / this.height));
    const shift = ((above - below) / 2 / this.height) * span;
    // Nearer parts look larger in depth: the feet and the crown lie a little further out than they would in a flat view.
    return { x: 0, y: middle.y + shift, z: middle.z, span: this.rig.flat ? span : span * 1.02, pitch: 0 };
  }

  setTheme(dark: boolean): void {
    const theme = THEMES[dark ? "dark" : "light"];
    this.uniforms.uBody.value.fromArray(theme.body);
    this.uniforms.uShade.value.fromArray(theme.shade);
    this.uniforms.uRim.value.fromArray(theme.rim);
    this.uniforms.uHover.value.fromArray(theme.hover);
    this.draw();
  }

  setMode(paints: boolean): void {
    this.mesh.material = this.patch.mesh.material = this.materials[paints ? "paint" : "show"];
    this.draw();
  }

  setGentle(gentle: boolean): void {
    this.gentle = gentle;
  }

  fade(amount: number): void {
    this.uniforms.uFade.value.x = amount;
    this.draw();
  }

  /** The ring of the brush upon the skin; `null` takes it away. */
  showBrush(at: SkinPoint | null, radius: number): void {
    if (!at && !this.ring) return;
    this.ring = at && { at, radius };
    this.uniforms.uFade.value.y = Math.max(0.2, this.metresPerPixel() * 1000);
    this.draw(false);
  }

  metresPerPixel(): number {
    return this.rig.look.span / this.height;
  }

  /** Which skin is under this pixel of the stage? */
  pick(x: number, y: number): SkinPoint | null {
    const camera = this.rig.camera;
    const [px, py] = [(x / this.width) * 2 - 1, 1 - (y / this.height) * 2];
    const from = new Vector3(px, py, -1).unproject(camera);
    const to = new Vector3(px, py, 1).unproject(camera);
    const hit = this.tree.raycastFirst(new Ray(from, to.sub(from).normalize()));
    if (!hit || hit.faceIndex === undefined || hit.faceIndex === null) return null;
    return { triangle: hit.faceIndex, weights: this.weights(hit.faceIndex, hit.point), point: hit.point.toArray() };
  }

  private weights(triangle: number, point: Vector3): [number, number, number] {
    const corner = [0, 1, 2].map((k) => new Vector3().fromArray(this.body.positions, 3 * this.body.triangles[3 * triangle + k]!));
    const [a, b, c] = corner as [Vector3, Vector3, Vector3];
    const whole = b.clone().sub(a).cross(c.clone().sub(a));
    const part = (p: Vector3, q: Vector3): number => Math.max(0, p.clone().sub(point).cross(q.clone().sub(point)).dot(whole));
    const [wa, wb, wc] = [part(b, c), part(c, a), part(a, b)];
    const sum = wa + wb + wc || 1;
    return [wa / sum, wb / sum, wc / sum];
  }

  project(point: [number, number, number], normal?: [number, number, number]): OnStage {
    const camera = this.rig.camera;
    const at = new Vector3(...point);
    const seen = at.clone().project(camera);
    const eye = this.rig.flat ? new Vector3(0, 0, 1).transformDirection(camera.matrixWorld) : camera.position.clone().sub(at).normalize();
    let hidden = seen.z > 1;
    if (normal && !hidden) hidden = eye.dot(new Vector3(...normal)) < -0.1 || this.covered(at, eye);
    return { x: ((seen.x + 1) / 2) * this.width, y: ((1 - seen.y) / 2) * this.height, hidden };
  }

  private covered(at: Vector3, eye: Vector3): boolean {
    const start = at.clone().addScaledVector(eye, 0.012);
    return this.tree.raycastFirst(new Ray(start, eye)) !== null;
  }

  /** Draw at the next frame: everything, or only what `refresh` and `showBrush` named. */
  draw(whole = true): void {
    this.whole ||= whole;
    if (!this.due) this.due = requestAnimationFrame(this.frame);
  }

  private readonly frame = (now: number): void => {
    this.due = 0;
    const moving = this.rig.step(now);
    const started = performance.now();
    const whole = this.whole || moving || !this.thrifty;
    if (whole) {
      this.uniforms.uBrush.value.w = 0;
      this.renderer.clear();
      const rough = this.thrifty && this.uniforms.uDot.value === COARSE;
      this.renderer.render(rough ? this.roughScene() : this.scene, this.rig.camera);
    }
    this.drawPatch(whole);
    this.whole = false;
    this.changed.clear();
    if (whole) this.onFrame();
    this.took = performance.now() - started;
    if (!moving) return;
    this.moved();
    this.draw();
  };

  /** The view moves: without a graphics card, or with a slow one, with fewer dots; all of them again when it rests. */
  moved(): void {
    if (this.thrifty) this.coarse(COARSE);
    else if (this.took > SLOW) this.coarse(1);
  }

  /** The same vertices with far fewer triangles, for the moments of turning without a graphics card. Made when first needed. */
  private roughScene(): Scene {
    if (!this.rough) {
      const geometry = new BufferGeometry();
      geometry.setIndex(new BufferAttribute(roughTriangles(this.body), 1));
      const mesh = new Mesh(geometry, this.mesh.material);
      mesh.frustumCulled = false;
      this.rough = { scene: new Scene(), mesh };
      this.rough.scene.add(mesh);
    }
    for (const [name, attribute] of Object.entries(this.geometry.attributes)) this.rough.mesh.geometry.setAttribute(name, attribute);
    this.rough.mesh.material = this.mesh.material;
    return this.rough.scene;
  }

  /** The skin that changed, and the skin under the ring: where it was and where it is. */
  private drawPatch(whole: boolean): void {
    const drawn = new Set(whole ? [] : [...this.changed, ...this.ringOn]);
    this.ringOn = [];
    if (this.ring) {
      const { at, radius } = this.ring;
      const reach = radius * 1.1 + 0.012;
      for (const v of touched(this.body, this.normals, at, reach)) drawn.add(v);
      this.uniforms.uBrush.value.set(...at.point, radius);
      // Whatever is drawn now and lies near enough shows a piece of the ring, and has to be drawn again when the ring moves on.
      this.ringOn = [...drawn].filter((v) => this.away(v, at.point) < reach);
    } else this.uniforms.uBrush.value.w = 0;
    if (this.patch.take(drawn)) this.renderer.render(this.patch.scene, this.rig.camera);
  }

  private away(v: number, [x, y, z]: [number, number, number]): number {
    const p = this.body.positions;
    return Math.hypot(p[3 * v]! - x, p[3 * v + 1]! - y, p[3 * v + 2]! - z);
  }

  private coarse(dots: number): void {
    if (this.dots <= dots) return;
    clearTimeout(this.sharpen);
    if (this.uniforms.uDot.value > dots) {
      this.size(dots);
      this.whole = true;
      this.draw();
    }
    this.sharpen = window.setTimeout(() => {
      this.size(this.dots);
      this.draw();
    }, 180);
  }

  destroy(): void {
    this.gone = true;
    cancelAnimationFrame(this.due);
    clearTimeout(this.sharpen);
    this.geometry.dispose();
    this.patch.dispose();
    this.rough?.mesh.geometry.dispose();
    this.materials.paint.dispose();
    this.materials.show.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
    this.canvas.remove();
  }
}

/** Can this browser draw in three dimensions, and is there no graphics card behind it? Asked once: a context is dear. */
export function drawing3d(): { possible: boolean; byProcessor: boolean } {
  try {
    const gl = document.createElement("canvas").getContext("webgl2");
    const known = gl?.getExtension("WEBGL_debug_renderer_info");
    const name = gl && known ? String(gl.getParameter(known.UNMASKED_RENDERER_WEBGL)) : "";
    gl?.getExtension("WEBGL_lose_context")?.loseContext();
    return { possible: gl !== null, byProcessor: /swiftshader|llvmpipe|software|basic render/i.test(name) };
  } catch {
    return { possible: false, byProcessor: false };
  }
}
