#!/usr/bin/env bash
# Runs every check of the project. Needs a Rust toolchain, a C and a C++ compiler, Python 3.11 with venv and Node.js 20, and for
# the checks against OpenSearch a JDK of 17 or newer, Maven and openssl (without them those are skipped, unless CI is set); what else a
# part needs it installs below target/, from the package registries, or names.
set -euo pipefail
cd "$(dirname "$0")"

step() { printf '\n== %s\n' "$*"; }

if ! command -v cargo >/dev/null; then
  echo "cargo is missing: install Rust from https://rustup.rs, then run ./test.sh again" >&2
  exit 2
fi
if ! command -v "${CXX:-c++}" >/dev/null; then
  echo "a C++ compiler is missing: install g++ or clang, then run ./test.sh again" >&2
  exit 2
fi
for part in rustfmt clippy; do
  cargo "${part/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$part"
done

step "format"
cargo fmt --all --check

step "clippy, warnings denied"
cargo clippy --locked --all-targets -- -D warnings

step "documentation, warnings denied"
RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --lib --quiet

step "unit and integration tests"
cargo test --locked

step "real clients against the real server"
if ! python3 -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Python 3.11 or newer with venv is missing: install python3 and python3-venv, then run ./test.sh again" >&2
  exit 2
fi
python3 tests/clients/run.py

step "the index on a real cluster of OpenSearch"
python3 tests/opensearch/run.py

step "the portal in a real browser"
tests/browser/run.sh

step "the corpus has no faults of severity error"
cargo run --locked --quiet -- check
