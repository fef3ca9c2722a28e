#!/usr/bin/env python3
"""OpenSearch, one node started from its published jars, over words cut beforehand; BM25, over HTTP, ten hits with their text.

Processor times are those of the server's process; the cache of requests is off.
"""
import json
import pathlib
import subprocess

import peer
from http_peer import Door

PORT = 9461
out, work = peer.arguments()
node = pathlib.Path(__file__).resolve().parents[2] / "tests" / "opensearch" / "node.sh"
subprocess.run([node, "prepare", work / "data"], check=True, stdout=subprocess.DEVNULL)
server = subprocess.Popen([node, str(PORT), work / "data", "node.name=bench", "cluster.name=bench", "transport.port=9561",
                           "discovery.type=single-node"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    door = Door("127.0.0.1", PORT, server.pid)
    version = door.wait("/")["version"]["number"]
    words = {"type": "text", "analyzer": "whitespace"}
    hidden = {"index": False, "doc_values": False, "type": "keyword"}

    def index():
        door.ask("PUT", "/bench", {"settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
                                   "mappings": {"_source": {"excludes": ["words", "titles"]}, "properties": {
                                       "title": hidden, "text": hidden, "words": words, "titles": words}}})
        lines = []
        for name, title_words, cut, title, text in peer.passages(out):
            lines += [json.dumps({"index": {"_id": name}}), json.dumps({"title": title, "text": text, "words": cut, "titles": title_words})]
            if len(lines) == 4000:
                door.ask("POST", "/bench/_bulk", ("\n".join(lines) + "\n").encode())
                lines = []
        if lines:
            door.ask("POST", "/bench/_bulk", ("\n".join(lines) + "\n").encode())
        door.ask("POST", "/bench/_flush")
        door.ask("POST", "/bench/_refresh")

    def clauses(query, name):
        return [{"term": {"words": word}} for word in query.get(name, [])]

    def ask(query):
        if "phrase" in query:
            asked = {"match_phrase": {"words": " ".join(query["phrase"])}}
        else:
            asked = {"bool": {"should": clauses(query, "should"), "must": clauses(query, "must"), "must_not": clauses(query, "not")}}
            if "any" in query:
                asked["bool"]["must"].append({"bool": {"should": clauses(query, "any")}})
        return len(door.ask("POST", "/bench/_search?request_cache=false", {"size": 10, "query": asked, "track_total_hits": False})["hits"]["hits"])

    peer.run("OpenSearch", version, "words cut beforehand; over HTTP; id, title and text; no snippet", out, work / "data", index, ask, door.cpu)
finally:
    server.terminate()
    server.wait()
