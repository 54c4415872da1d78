#!/usr/bin/env bash
# Builds or checks the browser scripts (chart and clinic) with the pinned Node.js of the virtual environment; nothing of the system is needed.
set -euo pipefail
bin="$(cd "$1" && pwd)"; what="$2"
export PATH="$bin:$PATH"
cd "$(dirname "$0")/../web"
if [ ! -e node_modules/.ready ] || [ package-lock.json -nt node_modules/.ready ]; then
  printf '· installing the pinned packages of the browser scripts\n'
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.ready
fi
printf '· browser scripts: %s\n' "$what"
npm run --silent "$what" | tail -n 6
