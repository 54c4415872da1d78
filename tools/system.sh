#!/usr/bin/env bash
# Installs packages of the operating system where that is possible, and says how where it is not.
set -euo pipefail
if command -v apt-get >/dev/null 2>&1; then
  run=""; [ "$(id -u)" = 0 ] || run="sudo -n"
  printf '· installing %s\n' "$*"
  if $run apt-get update -qq >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "please install these packages of your system and run the command again: $*" >&2
exit 1
