#!/usr/bin/env bash
# Makes the virtual environment with pinned, hashed dependencies. Says what it does; safe to run again.
set -euo pipefail
python="$1"; venv="$2"
say() { printf '· %s\n' "$*"; }

"$python" - <<'PY' || { echo "Needlepoint needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; }
import sys
sys.exit(0 if sys.version_info >= (3, 11) else 1)
PY

if [ ! -x "$venv/bin/python" ]; then
  say "making the virtual environment $venv"
  if ! "$python" -m venv "$venv" 2>/dev/null; then
    bash "$(dirname "$0")/system.sh" python3-venv
    "$python" -m venv "$venv"
  fi
fi

say "installing the pinned packages (about 2 GB with the test tools; one to two minutes)"
if command -v uv >/dev/null 2>&1; then
  VIRTUAL_ENV="$PWD/$venv" uv pip sync --quiet --require-hashes requirements.lock
  VIRTUAL_ENV="$PWD/$venv" uv pip install --quiet --no-deps --no-build-isolation -e .
else
  # --no-deps: the lock names everything; hashes are checked for each file.
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi

say "compiling, so that the command starts quickly"
"$venv/bin/python" -m compileall -q -x '(pyspark|mypy|hypothesis|playwright|material|scipy|pandas|numpy|pyarrow|sqlglot|ibis|babel|nltk)' \
  "$venv"/lib/python3*/site-packages src >/dev/null 2>&1 || true

say "looking for the libraries that PDF needs"
"$venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1 || bash "$(dirname "$0")/system.sh" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
say "reading the knowledge once, so that the next answers are quick"
"$venv/bin/python" -c 'from needlepoint.library import load_knowledge as load; k = load(); print(f"· {len(k.rules)} rules, {len(k.facts)} facts, {len(k.atlas.muscles)} muscles: ready")'
