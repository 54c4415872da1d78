import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

const BODY = join(import.meta.dirname, "../src/needlepoint/body/np-adult-1");
const OUT = join(import.meta.dirname, "../src/needlepoint/exchange/chart/static");
const FILES = ["body.glb", "body_model.json", "calibration.json", "regions.json", "regions.bin", "mirror.bin", "footprints.json", "footprints.bin"];
const VIEWS = ["front", "back", "left", "right"];
const DRAWINGS = ["female", "male", "neutral"].flatMap((sex) => VIEWS.map((view) => `svg/${sex}_average_${view}.svg`));

/** What the licences of the libraries inside the script ask for: their own words beside it. */
function licences(): string {
  return ["three", "three-mesh-bvh", "meshoptimizer"]
    .map((name) => {
      const folder = join(import.meta.dirname, "node_modules", name);
      const file = readdirSync(folder).find((one) => /^licen[sc]e/i.test(one));
      const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
      if (!file) throw new Error(`${name} has no licence file`);
      return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
    })
    .join("\n" + "-".repeat(80) + "\n\n");
}

/** The body lives with the Python package: served from there while developing, copied beside the script when built. */
function bodyFiles(): Plugin {
  return {
    name: "body-files",
    configureServer(server) {
      server.middlewares.use("/src/body/", (request, response, next) => {
        const file = join(BODY, (request.url ?? "").split("?")[0]!);
        if (!file.startsWith(BODY) || !existsSync(file)) return next();
        if (file.endsWith(".svg")) response.setHeader("Content-Type", "image/svg+xml");
        response.end(readFileSync(file));
      });
    },
    closeBundle() {
      const to = join(OUT, "body");
      rmSync(to, { recursive: true, force: true });
      mkdirSync(join(to, "svg"), { recursive: true });
      for (const name of [...FILES, ...DRAWINGS]) {
        if (existsSync(join(BODY, name))) cpSync(join(BODY, name), join(to, name));
      }
      writeFileSync(join(OUT, "LICENSES.txt"), licences());
    },
  };
}

export default defineConfig({
  plugins: [bodyFiles()],
  base: "./",
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { "body-chart": "src/body-chart.ts", locate: "locate.html" },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
  test: { include: ["tests/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
