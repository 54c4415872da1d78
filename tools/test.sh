#!/usr/bin/env bash
# Everything that has to hold before a change lands. The same command runs on a desk and in the pipeline.
set -euo pipefail
bin="$1"; here="$(dirname "$0")"
export NO_MKDOCS_2_WARNING=1
step() { printf '\n== %s\n' "$*"; }

step "what the tests need from this machine"
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || bash "$here/system.sh" chromium
command -v pdftoppm >/dev/null 2>&1 || bash "$here/system.sh" poppler-utils
command -v java >/dev/null 2>&1 || bash "$here/system.sh" default-jre-headless

step "style"
"$bin/ruff" check .
"$bin/ruff" format --check .
step "imports point one way"
"$bin/lint-imports" --no-cache
step "types"
"$bin/mypy"
step "the knowledge has no fault, and a case covers every rule"
"$bin/needlepoint" check-knowledge
step "the footprints for the browser are those of the knowledge"
"$bin/python" tools/compile_footprints.py --check
step "the body chart: types and its own tests"
bash "$here/web.sh" "$bin" check
step "the documentation builds"
"$bin/python" tools/generate_docs.py --check
"$bin/mkdocs" build --strict --quiet
step "tests"
"$bin/pytest" -n auto --dist worksteal -m "not spark" --durations 25
step "the clinic on PostgreSQL"
# What does not touch the database, and what kills servers for minutes, runs on PostgreSQL with `make thorough`.
"$bin/python" "$here/with_postgresql.py" "$bin/pytest" -n auto --dist worksteal -m "not browser" --durations 15 tests/clinic --ignore tests/clinic/gallery --ignore tests/clinic/faults \
  --ignore tests/clinic/keep/test_commands.py --ignore tests/clinic/access/test_deploy.py --ignore tests/clinic/access/test_logs.py
step "whole visits in Chromium, on PostgreSQL"
"$bin/python" "$here/with_postgresql.py" "$bin/pytest" -n auto --dist worksteal --durations 10 tests/clinic/stories
step "the same answers on Spark"
"$bin/pytest" -m spark
