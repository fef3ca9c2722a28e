#!/usr/bin/env python3
"""Groonga (Debian groonga-bin), its own character pairs (TokenBigram), over its HTTP server; ten hits with their text.

Its score is a count of terms, not BM25. Processor times are those of the server's process; its cache is off.
"""
import json
import subprocess

import peer
from http_peer import Door, quote

PORT = 9462
out, work = peer.arguments()
base = work / "base"
base.mkdir(exist_ok=True)
version = subprocess.run(["groonga", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
server = subprocess.Popen(["groonga", "--protocol", "http", "--port", str(PORT), "--max-threads", "2", "--bind-address", "127.0.0.1",
                           "--cache-limit", "0", "-s", "-n", str(base / "db")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    door = Door("127.0.0.1", PORT, server.pid)
    door.wait("/d/status")

    def index():
        for command in ["table_create?name=P&flags=TABLE_HASH_KEY&key_type=ShortText",
                        "column_create?table=P&name=title&flags=COLUMN_SCALAR&type=Text",
                        "column_create?table=P&name=text&flags=COLUMN_SCALAR&type=Text",
                        "table_create?name=T&flags=TABLE_PAT_KEY&key_type=ShortText&default_tokenizer=TokenBigram&normalizer=NormalizerAuto",
                        "column_create?table=T&name=at&flags=COLUMN_INDEX%7CWITH_POSITION&type=P&source=text"]:
            door.ask("GET", "/d/" + command)
        held = []
        for name, _, _, title, text in peer.passages(out):
            held.append({"_key": name, "title": title, "text": text})
            if len(held) == 2000:
                door.ask("POST", "/d/load?table=P", held)
                held = []
        door.ask("POST", "/d/load?table=P", held)

    def ask(query):
        text = query["q"].replace(" AND ", " ").replace(" NOT ", " -") if query["kind"] != "or" else query["q"].replace(" ", " OR ")
        if query["kind"] == "question":
            text = " OR ".join(query["should"])
        found = door.ask("GET", f"/d/select?table=P&match_columns=text&query={quote(text)}&limit=10&sort_keys=-_score&cache=no&output_columns=_key,title,text,_score")
        return len(found[1][0]) - 2

    peer.run("Groonga", version, "cuts character pairs itself; counts in place of BM25; over HTTP; id, title and text", out, base, index, ask, door.cpu)
finally:
    server.terminate()
    server.wait()
