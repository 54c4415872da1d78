// Translates the CQL library of the ten rules into ELM. Usage: node translate.mjs WORK_FOLDER
import { CqlTranslator, LibraryManager, ModelManager, createModelInfoProvider, stringAsSource } from "@cqframework/cql/cql-to-elm";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const work = process.argv[2];
const here = new URL(".", import.meta.url);
const fhir = createRequire(import.meta.url).resolve("cql-exec-fhir").replace(/lib\/.*$/, "lib/modelInfos/fhir-modelinfo-4.0.1.xml");
const models = new ModelManager();
models.modelInfoLoader.registerModelInfoProvider(
  createModelInfoProvider((name) =>
    stringAsSource(readFileSync(name === "System" ? new URL("system-modelinfo.xml", here) : fhir, "utf8"))),
);
const started = performance.now();
const translator = CqlTranslator.fromText(readFileSync(`${work}/TenRules.cql`, "utf8"), new LibraryManager(models));
const errors = translator.errors.asJsReadonlyArrayView?.() ?? [];
if (errors.length) {
  for (const error of errors) console.error(error.message, error.locator?.toString?.() ?? "", error.cause?.message ?? "", error.cause?.stack?.slice(0,600) ?? "");
  process.exit(1);
}
writeFileSync(`${work}/TenRules.json`, translator.toJson());
console.error(`  translated in ${((performance.now() - started) / 1000).toFixed(1)} s`);
