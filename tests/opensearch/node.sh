#!/usr/bin/env bash
# Starts one real OpenSearch node in the foreground, from the server's own jars as Maven Central publishes them.
# Usage: tests/opensearch/node.sh HTTP_PORT DATA_DIR [key=value of opensearch.yml ...]
# The heap is HEAP (512m unless set). Needs a JDK of 17 or newer and Maven; the jars are fetched once, below target/.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
port="${1:?the HTTP port}" data="${2:?the data folder}"
shift 2
lib="${WENYUAN_OPENSEARCH_LIB:-$here/../../target/opensearch/lib}"
classes="$lib/../classes"
for tool in java javac mvn; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: install a JDK (17 or newer) and Maven" >&2; exit 3; }
done
mkdir -p "$lib" "$classes" "$data"
(
  flock 9
  if [ ! -f "$lib/complete" ]; then
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$(cd "$lib" && pwd)" >&2
    touch "$lib/complete"
  fi
  if [ ! -f "$classes/Node.class" ] || [ "$here/Node.java" -nt "$classes/Node.class" ]; then
    javac -nowarn -proc:none -cp "$lib/*" -d "$classes" "$here/Node.java" >&2
  fi
) 9>"$lib/../lock"
[ "$port" = prepare ] && exit 0
heap="${HEAP:-512m}"
exec java -Xms"$heap" -Xmx"$heap" -XX:+UseG1GC -Dlog4j2.disable.jmx=true -Dlog4j2.level=warn \
  -Dlog4j2.configurationFile="$here/log4j2.properties" -Dopensearch.path.home="$data" \
  -cp "$classes:$lib/*" Node path.home="$data" http.port="$port" "$@"
