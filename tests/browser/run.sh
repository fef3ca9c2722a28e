#!/usr/bin/env bash
# Runs the browser tests. Needs Node.js 20 and Chromium; the latter is installed where Debian's packages can be, and the
# rest below this folder.
set -euo pipefail
cd "$(dirname "$0")"

if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null || ! command -v npm >/dev/null; then
  echo "Node.js 20 or newer with npm is missing: install it, then run this again" >&2
  exit 2
fi
if [ -z "${CHROMIUM:-}" ] && ! command -v chromium chromium-browser google-chrome >/dev/null; then
  if ! { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }; then
    echo "Chromium is missing: install it, or name one in CHROMIUM, then run this again" >&2
    exit 2
  fi
fi
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --silent
fi
cargo build --locked --quiet
node --test --test-concurrency=1
