#!/usr/bin/env bash
# Times Needlepoint, and others beside it, on this machine. A peer that cannot be installed is left out, and that is said.
#   bash bench/run.sh .venv/bin                    with the sixty people that ship
#   bash bench/run.sh .venv/bin --data FOLDER      and with those of another FHIR bulk export (NDJSON)
#   bash bench/run.sh .venv/bin --page PAGE.md     and put the table between the marks of that page, too
# It takes five to ten minutes. The table is left in bench/latest.md.
set -euo pipefail
bin="$(cd "$1" && pwd)"; shift
data=""; page=""
while [ $# -gt 0 ]; do
  case "$1" in
    --data) data="$(cd "$2" && pwd)"; shift 2 ;;
    --page) page="$(cd "$(dirname "$2")" && pwd)/$(basename "$2")"; shift 2 ;;
    *) echo "bench/run.sh BIN [--data FOLDER] [--page PAGE.md]" >&2; exit 2 ;;
  esac
done
cd "$(dirname "$0")"
work=.work; results=results; peers=.venvs/peers
shipped="$(cd .. && pwd)/examples/synthea/bulk"
rm -rf "$work" "$results"; mkdir -p "$work" "$results"
started=$(date +%s)
step() { printf '\n== %s (%s s)\n' "$*" "$(($(date +%s) - started))"; }
missing() { printf '  left out: %s\n' "$*"; printf '%s\n' "$*" >> "$results/left-out.txt"; }
# The answer of a program goes to a file only when it is whole.
into() { local out="$results/$1"; shift; if "$@" > "$out.part"; then mv "$out.part" "$out"; else rm -f "$out.part"; return 1; fi; }

[ -d "$shipped" ] || [ -n "$data" ] || { echo "there are no people to time it with: give --data FOLDER" >&2; exit 2; }
cut -d' ' -f1-3 /proc/loadavg > "$results/load.txt" 2>/dev/null || true

step "the peers from the package registries"
if [ ! -x "$peers/bin/python" ]; then
  if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --python "$bin/python" "$peers" && VIRTUAL_ENV="$PWD/$peers" uv pip sync --quiet --require-hashes requirements-bench.txt || rm -rf "$peers"
  else
    { "$bin/python" -m venv "$peers" && "$peers/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt; } || rm -rf "$peers"
  fi
fi
[ -x "$peers/bin/python" ] || missing "fhir4ds-v2 and zen-engine: their packages could not be installed"
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  missing "cql-execution: there is no Node.js on this machine"
elif [ ! -d node_modules ]; then
  npm ci --ignore-scripts --no-audit --no-fund --silent || missing "cql-execution: its packages could not be installed"
fi
python="$bin/python"; [ -x "$peers/bin/python" ] && python="$peers/bin/python"

step "ten rules: the value sets, the CQL library, and people made up to find disagreement"
"$python" rules/value_sets.py "$work"
"$python" rules/records.py "$work" probes
"$python" rules/cql.py "$work"
if [ -d node_modules ]; then
  node cql/translate.mjs "$work" || missing "cql-execution: the library could not be translated"
fi

disagree=0
ten_rules() { # NAME EXPORT COPIES-FOR-SIX-THOUSAND COPIES-FOR-A-MILLION
  local name="$1" files=()
  step "ten rules, $name people"
  "$python" rules/records.py "$work" "$name" "$2" "$3"
  if [ -f "$work/TenRules.json" ]; then
    echo "  cql-execution ..."; into "rules-$name-cql.json" node cql/run.mjs "$work" "$name" 3 || missing "cql-execution failed"
  fi
  if [ -x "$peers/bin/python" ]; then
    echo "  fhir4ds-v2 ..."; into "rules-$name-fhir4ds.json" "$peers/bin/python" rules/fhir4ds_run.py "$work" "$name" 3 || missing "fhir4ds-v2 failed"
    echo "  zen-engine ..."; into "rules-$name-zen.json" "$peers/bin/python" rules/zen_run.py "$work" "$name" 3 || missing "zen-engine failed"
  fi
  echo "  SQL by hand ..."; into "rules-$name-sql.json" "$python" rules/sql_run.py "$work" "$name" 9
  echo "  Needlepoint ..."; into "rules-$name-needlepoint.json" "$bin/python" rules/needlepoint_run.py "$work" "$name" 5
  into "rules-$name-many.json" "$bin/python" rules/many_run.py "$work" "$name" "$4"
  "$python" rules/compare.py "$results/compare-$name.json" "$results/rules-$name"-*.json || { disagree=1; echo "  THE ENGINES DISAGREE"; }
}
if [ -d "$shipped" ]; then ten_rules shipped "$shipped" 100 16667; fi
if [ -n "$data" ]; then ten_rules larger "$data" 10 1626; fi

step "one person"
people=("${data:-}"); [ -d "$shipped" ] && people=("$shipped")
"$bin/python" one_person.py "$results/one-person.json" "${people[@]}"

step "reading NDJSON"
"$bin/python" read.py "$results/read.json" "$work" "${people[@]}" ${data:+"$data"}

if [ -f million.py ]; then
  step "a million people, all rules"
  "$bin/python" million.py --engines duckdb,memory | tee "$results/million.txt"
fi

step "which muscles could explain a pain"
peer=""; [ -x "$peers/bin/python" ] && peer="$peers/bin/python"
"$bin/python" locate.py "$results/locate.json" ${peer:+"$peer"} > "$results/locate.md" || missing "the ranking could not be timed"

step "a plan for eight places"
"$bin/python" plan.py "$results/plan.json" > "$results/plan.md" || missing "the plan could not be timed"

step "the body chart in Chromium"
"$bin/python" chart.py "$results/chart.json" > "$results/chart.txt" || missing "the body chart could not be timed: is it built, and is Chromium there?"

step "the table"
"$bin/python" table.py "$results" latest.md ${page:+"$page"}
{ echo; cat "$results/locate.md"; echo; cat "$results/plan.md"; echo; echo "### The body chart, drawn by the processor alone"; echo; echo '```text'; cat "$results/chart.txt"; echo '```'; } >> latest.md
cat latest.md
rm -rf "$work"
exit "$disagree"
