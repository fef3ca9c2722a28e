#!/usr/bin/env bash
# Starts one real OpenSearch node in the foreground, from the server's own jars as Maven Central publishes them.
# Usage: tests/opensearch/node.sh HTTP_PORT DATA_DIR [key=value of opensearch.yml ...]
# Where a setting begins with plugins.security, the node has the security plugin, with the rules that it ships.
# The heap is HEAP (512m unless set); the version is OPENSEARCH, as the runner that brings the server's jars and the plugin have it.
# Needs a JDK of 17 or newer (21 for OpenSearch 3) and Maven; what it fetches it fetches once, below target/.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
port="${1:?the HTTP port}" data="${2:?the data folder}"
shift 2
version="${OPENSEARCH:-2.19.1.0}"
fetched="$here/../../target/opensearch/$version"
for tool in java javac jar mvn; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: install a JDK (17 or newer) and Maven" >&2; exit 3; }
done
mkdir -p "$fetched/classes" "$data"
fetched="$(cd "$fetched" && pwd)"
lib="$fetched/lib" classes="$fetched/classes" security="$fetched/security"
secured="" plugin=""
[[ " $*" == *" plugins.security"* ]] && secured=yes
(
  flock 9
  if [ ! -f "$lib/complete" ]; then
    mvn -q -B -f "$here/pom.xml" -Dopensearch="$version" dependency:copy-dependencies -DoutputDirectory="$lib" >&2
    touch "$lib/complete"
  fi
  if [ "$secured" ] && [ ! -f "$security/complete" ]; then
    mvn -q -B -f "$here/pom.xml" -Dopensearch="$version" dependency:copy -DoutputDirectory="$security" \
      -Dartifact="org.opensearch.plugin:opensearch-security:$version:zip" >&2
    (cd "$security" && jar xf "opensearch-security-$version.zip" && rm "opensearch-security-$version.zip")
    touch "$security/complete"
  fi
  if [ ! -f "$classes/Node.class" ] || [ "$here/Node.java" -nt "$classes/Node.class" ]; then
    javac -nowarn -proc:none -cp "$lib/*" -d "$classes" "$here/Node.java" >&2
  fi
) 9>"$fetched/lock"
[ "$port" = prepare ] && exit 0
path="$classes:$lib/*"
if [ "$secured" ]; then
  # Of the jars that both bring, the server's come first.
  path="$path:$security/*" plugin=org.opensearch.security.OpenSearchSecurityPlugin
  umask 077
  mkdir -p "$data/config/opensearch-security"
  cp "$security"/config/*.yml "$data/config/opensearch-security"
fi
heap="${HEAP:-512m}"
exec java -Xms"$heap" -Xmx"$heap" -XX:+UseG1GC -Dlog4j2.disable.jmx=true -Dlog4j2.level=warn \
  -Dlog4j2.configurationFile="$here/log4j2.properties" -Dopensearch.path.home="$data" -Dplugin="$plugin" \
  -cp "$path" Node path.home="$data" http.port="$port" "$@"
