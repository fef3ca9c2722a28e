#!/usr/bin/env bash
# Indexes a large JSONL made from public texts: time, peak memory, size, and an interruption taken up again.
#
#   cargo build --release && benches/large.sh target/release/wenyuan FOLDER [PASSAGES]
#
# FOLDER holds *.jsonl or *.jsonl.gz files of {"id","text",...} at any depth. They are repeated, each time with another
# number in the text, until there are PASSAGES (default 200000) of them. Nothing of it is kept.
set -euo pipefail
program=$(realpath "$1") texts=$(realpath "$2") passages=${3:-200000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/corpus"
cd "$work"

python3 - "$texts" "$passages" corpus/large.jsonl <<'PYTHON'
import gzip, json, pathlib, sys
folder, wanted, out = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
texts = []
for path in sorted(folder.rglob("corpus*.jsonl*")) or sorted(folder.rglob("*.jsonl*")):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        texts += [record for record in map(json.loads, lines) if record.get("text")]
size = 0
with open(out, "w", encoding="utf-8") as file:
    for number in range(wanted):
        record = texts[number % len(texts)]
        turn = number // len(texts)
        # Another number and another order of sentences in every turn, so that no two passages are the same.
        parts = record["text"].split(". ")
        parts = parts[turn % len(parts):] + parts[:turn % len(parts)]
        text = f"{'. '.join(parts)} ({turn})" if turn else record["text"]
        size += len(text.encode())
        made = {"id": f"{number}", "title": record.get("title") or "", "text": text}
        file.write(json.dumps(made, ensure_ascii=False) + "\n")
print(f"{wanted} passages of {len(texts)} texts, {size / 1e6:.1f} MB of text")
with open("bytes", "w") as file:
    file.write(str(size))
PYTHON

# Runs a command and prints its wall time, processor time and peak memory.
measured() {
  python3 - "$@" <<'PYTHON'
import resource, subprocess, sys, time
since = time.monotonic()
ended = subprocess.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"exit {ended.returncode}, {time.monotonic() - since:.1f} s, CPU {used.ru_utime + used.ru_stime:.1f} s, "
      f"peak memory {used.ru_maxrss / 1024:.0f} MB")
PYTHON
}

echo "-- in one pass"
measured "$program" index
echo "index: $(du -sb index | cut -f1) bytes, $(python3 -c "
import os, sys
size = sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk('index') for name in names)
print(f'{size / int(open(\"bytes\").read()):.2f} times the text')")"
echo "-- nothing changed"
measured "$program" index
echo "-- a search with the index there"
measured "$program" search "stem cell therapy" --limit 1 --json >search.json && tail -1 search.json
rm -r index
echo "-- interrupted after 25 s, then taken up"
WENYUAN_INDEX__COMMIT_SECONDS=5 "$program" index & pid=$!
sleep 25
kill -INT $pid && wait $pid || echo "exit $?"
measured "$program" index --json
