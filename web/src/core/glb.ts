/** Reads the one GLB that we ship: int16 positions and morph targets with EXT_meshopt_compression, on the processor. */

// The decoder in plain JavaScript: a page that forbids WebAssembly by its content security policy can show the body too.
import { MeshoptDecoder } from "../../node_modules/meshoptimizer/meshopt_decoder_reference.js";

export interface DecodedBody {
  /** Metres, three numbers a vertex. */
  mean: Float32Array;
  /** Name of each morph target and what it adds to every coordinate, in metres. */
  morphs: { name: string; by: Float32Array }[];
  /** Three vertices a triangle. */
  triangles: Uint16Array;
  /** How much of the sky each vertex sees, 0–255. */
  light: Uint8Array;
}

interface View {
  byteLength: number;
  extensions: { EXT_meshopt_compression: { byteOffset?: number; byteLength: number; byteStride: number; count: number; mode: string; filter?: string } };
}
interface Accessor {
  bufferView: number;
  count: number;
}
interface Gltf {
  accessors: Accessor[];
  bufferViews: View[];
  nodes: { scale: number[]; translation: number[] }[];
  meshes: {
    extras: { targetNames: string[] };
    primitives: { attributes: Record<string, number>; indices: number; targets: { POSITION: number }[] }[];
  }[];
}

const GLTF = 0x46546c67;

export class BodyFileError extends Error {
  override name = "BodyFileError";
}

/** The body in a GLB file. Throws BodyFileError when the file is something else. */
export function decodeGlb(file: ArrayBuffer): DecodedBody {
  const head = new DataView(file);
  if (file.byteLength < 20 || head.getUint32(0, true) !== GLTF) throw new BodyFileError("body.glb is not a GLB file");
  const jsonLength = head.getUint32(12, true);
  const gltf = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 20, jsonLength))) as Gltf;
  const binary = new Uint8Array(file, 20 + jsonLength + 8);
  const primitive = gltf.meshes[0]?.primitives[0];
  const node = gltf.nodes[0];
  if (!primitive || !node) throw new BodyFileError("body.glb holds no mesh");

  const unpack = (accessor: number): { bytes: Uint8Array; stride: number; count: number } => {
    const view = gltf.bufferViews[gltf.accessors[accessor]!.bufferView]!;
    const packed = view.extensions.EXT_meshopt_compression;
    const bytes = new Uint8Array(packed.count * packed.byteStride);
    const source = binary.subarray(packed.byteOffset ?? 0, (packed.byteOffset ?? 0) + packed.byteLength);
    MeshoptDecoder.decodeGltfBuffer(bytes, packed.count, packed.byteStride, source, packed.mode, packed.filter);
    return { bytes, stride: packed.byteStride, count: packed.count };
  };
  const coordinates = (accessor: number, move: number[]): Float32Array => {
    const { bytes, stride, count } = unpack(accessor);
    const whole = new Int16Array(bytes.buffer);
    const out = new Float32Array(count * 3);
    const [sx, sy, sz] = node.scale as [number, number, number];
    const [mx, my, mz] = move as [number, number, number];
    for (let v = 0, from = 0, to = 0; v < count; v += 1, from += stride / 2, to += 3) {
      out[to] = (whole[from]! / 32767) * sx + mx;
      out[to + 1] = (whole[from + 1]! / 32767) * sy + my;
      out[to + 2] = (whole[from + 2]! / 32767) * sz + mz;
    }
    return out;
  };

  const colours = unpack(primitive.attributes.COLOR_0!);
  const light = new Uint8Array(colours.count);
  for (let v = 0; v < light.length; v += 1) light[v] = colours.bytes[v * colours.stride]!;
  const names = gltf.meshes[0]!.extras.targetNames;
  return {
    mean: coordinates(primitive.attributes.POSITION!, node.translation),
    morphs: primitive.targets.map((target, n) => ({ name: names[n]!, by: coordinates(target.POSITION, [0, 0, 0]) })),
    triangles: new Uint16Array(unpack(primitive.indices).bytes.buffer),
    light,
  };
}
