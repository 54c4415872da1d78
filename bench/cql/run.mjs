// The ten rules with cql-execution, the reference engine of CQL. Usage: node run.mjs WORK_FOLDER PEOPLE RUNS
// Records are parsed before the clock starts; what is timed ends with the evidence as plain values. One JSON document on standard output.
import cql from "cql-execution";
import fhir from "cql-exec-fhir";
import { readFileSync } from "node:fs";

const [work, name, runs] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const sets = JSON.parse(readFileSync(`${work}/value_sets.json`, "utf8"));
const rules = Object.keys(sets.rules);

function bundles(folder) {
  const people = new Map();
  for (const kind of ["Patient", "Condition", "MedicationRequest"]) {
    for (const line of readFileSync(`${work}/${folder}/${kind}.ndjson`, "utf8").split("\n")) {
      if (!line) continue;
      const resource = JSON.parse(line);
      const id = kind === "Patient" ? resource.id : resource.subject.reference.split("/")[1];
      if (!people.has(id)) people.set(id, []);
      people.get(id).push({ resource });
    }
  }
  return [...people.values()].map((entry) => ({ resourceType: "Bundle", type: "collection", entry }));
}

let started = performance.now();
const codes = {};
for (const [rule, one] of Object.entries(sets.rules)) {
  for (const kind of ["conditions", "medicines"]) {
    if (one[kind]) codes[`urn:needlepoint:bench:${rule}-${kind}`] = { "": one[kind].map(([system, code]) => ({ system, code, version: "" })) };
  }
}
const library = new cql.Library(JSON.parse(readFileSync(`${work}/TenRules.json`, "utf8")));
const executor = new cql.Executor(library, new cql.CodeService(codes));
const source = fhir.PatientSource.FHIRv401();
const prepare = (performance.now() - started) / 1000;

async function evaluate(some) {
  source.loadBundles(some);
  const results = (await executor.exec(source)).patientResults;
  const answers = {};
  for (const [person, found] of Object.entries(results)) {
    const of = {};
    for (const rule of rules) {
      const value = found[rule];
      if (value === true) of[rule] = [];
      else if (Array.isArray(value) && value.length) of[rule] = value.map((one) => [one.resource, one.code, one.dated]);
    }
    answers[person] = of;
  }
  return answers;
}

const timed = bundles(name);
await evaluate(timed);
const batch = [];
for (let run = 0; run < runs; run++) {
  started = performance.now();
  await evaluate(timed);
  batch.push((performance.now() - started) / 1000);
}
const single = [];
for (const one of timed.slice(0, 300)) {
  started = performance.now();
  await evaluate([one]);
  single.push((performance.now() - started) * 1000);
}
const answers = { ...(await evaluate(timed)), ...(await evaluate(bundles("probes"))) };
console.log(JSON.stringify({ engines: [{ engine: "cql-execution", people: timed.length, prepare, batch, single, answers }] }));
