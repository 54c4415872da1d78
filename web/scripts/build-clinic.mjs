/**
 * Builds the scripts of the clinic: each is one file without parts, so that a server may rename it, and no module, so that it can
 * stand anywhere in a page. The file of htmx is laid beside them as it is published.
 */

import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const WEB = join(import.meta.dirname, "..");
const OUT = join(WEB, "../src/needlepoint/clinic/static/clinic");

mkdirSync(OUT, { recursive: true });
for (const name of ["clinic", "capture"]) {
  await build({
    root: WEB,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    build: {
      outDir: OUT,
      // Style sheets and symbols live there too.
      emptyOutDir: false,
      target: "es2022",
      sourcemap: false,
      rollupOptions: { input: join(WEB, `src/clinic/${name}.ts`), output: { format: "iife", entryFileNames: `${name}.js` } },
    },
  });
}
copyFileSync(join(WEB, "node_modules/htmx.org/dist/htmx.min.js"), join(OUT, "htmx.min.js"));
