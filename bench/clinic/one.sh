#!/usr/bin/env bash
# Fills one database, serves it, and lets fifty people work in it.
#   bash bench/clinic/one.sh .venv/bin RESULT.json PEOPLE SESSIONS SECONDS      (DATABASE_URL: PostgreSQL; without it SQLite in a folder of its own)
set -euo pipefail
bin="$(cd "$1" && pwd)"; result="$2"; people="$3"; sessions="$4"; seconds="$5"
export NEEDLEPOINT_HOME; NEEDLEPOINT_HOME="$(mktemp -d)"
export DJANGO_SETTINGS_MODULE=needlepoint.clinic.settings
port=8199; server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$NEEDLEPOINT_HOME"' EXIT
"$bin/python" -m bench.clinic.fill --people "$people" --sessions "$sessions" --entries-of 0.05
"$bin/needlepoint" serve --port "$port" --workers 2 --this-machine-only > "$NEEDLEPOINT_HOME/server.log" 2>&1 &
server=$!
for _ in $(seq 60); do
  "$bin/python" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/health/ready')" 2>/dev/null && break
  sleep 2
done
"$bin/python" -m bench.clinic.load "$result" --address "http://127.0.0.1:$port" --seconds "$seconds" --server "$server"
