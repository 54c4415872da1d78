#!/usr/bin/env bash
# How quick is the clinic with a hundred thousand people, a million sessions and fifty people at work, on SQLite and on PostgreSQL?
#   bash bench/clinic/run.sh .venv/bin [PEOPLE SESSIONS SECONDS]
# With the numbers above it takes about half an hour and 20 GB of disk. Let nothing else run beside it. Results are left in bench/results/.
set -euo pipefail
bin="$(cd "$1" && pwd)"; people="${2:-100000}"; sessions="${3:-1000000}"; seconds="${4:-120}"
cd "$(dirname "$0")/../.."
mkdir -p bench/results
printf '== SQLite\n'
bash bench/clinic/one.sh "$bin" bench/results/clinic-sqlite.json "$people" "$sessions" "$seconds"
printf '== PostgreSQL\n'
"$bin/python" tools/with_postgresql.py --durable bash bench/clinic/one.sh "$bin" bench/results/clinic-postgresql.json "$people" "$sessions" "$seconds"
"$bin/python" -m bench.clinic.table bench/results/clinic-sqlite.json bench/results/clinic-postgresql.json
