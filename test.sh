#!/usr/bin/env bash
# Runs every check of the project. Needs a Rust toolchain and a C compiler; what else a part needs it installs or names.
set -euo pipefail
cd "$(dirname "$0")"

step() { printf '\n== %s\n' "$*"; }

if ! command -v cargo >/dev/null; then
  echo "cargo is missing: install Rust from https://rustup.rs, then run ./test.sh again" >&2
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

step "the corpus has no faults of severity error"
cargo run --locked --quiet -- check
