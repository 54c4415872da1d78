#!/usr/bin/env node
/**
 * Areas and shares of a painting, as the browser computes them.
 *
 * Reads {"body": {…}, "painting": {…}} from standard input: `body` is a person (sex, age, height_cm, weight_kg, build, neutral), or
 * {"parameters": {sex, age, muscle, weight, height, fat}} for one certain shape. Prints JSON:
 * {"parameters", "stature_cm", "litres", "skin_cm2", "area_cm2", "percent", "regions": [{id, name, side, share, area_cm2, intensity}]}.
 * Exit code 2: the input cannot be used, said on standard error.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

const here = import.meta.dirname;
const BODY = process.env.NEEDLEPOINT_BODY ?? join(here, "../../src/needlepoint/body/np-adult-1");

const folder = mkdtempSync(join(tmpdir(), "needlepoint-measure-"));
try {
  await build({
    configFile: false, logLevel: "error", root: join(here, ".."),
    build: {
      outDir: folder, emptyOutDir: true, target: "node20", ssr: join(here, "measured.ts"), minify: false,
      rollupOptions: { output: { format: "es", entryFileNames: "measured.mjs" } },
    },
  });
  const { measured } = await import(pathToFileURL(join(folder, "measured.mjs")).href);
  const told = JSON.parse(readFileSync(0, "utf8"));
  const read = async (name) => {
    const bytes = readFileSync(join(BODY, name));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  };
  process.stdout.write(JSON.stringify(await measured(told, read)) + "\n");
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
