#!/usr/bin/env python3
"""SQLite FTS5 from Python's standard library, over words cut beforehand; bm25, ten hits with their text."""
import sqlite3

import peer


def expression(query):
    quoted = lambda words: [f'"{word}"' for word in words]
    if "phrase" in query:
        return '"' + " ".join(query["phrase"]) + '"'
    if "should" in query:
        return " OR ".join(quoted(query["should"]))
    must = " AND ".join(quoted(query["must"]))
    if "any" in query:
        must = f"({must}) AND ({' OR '.join(quoted(query['any']))}) NOT {quoted(query['not'])[0]}"
    return must


out, work = peer.arguments()
base = sqlite3.connect(work / "fts5.db")
base.executescript("PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-200000;"
                   "CREATE TABLE passage(id TEXT, title TEXT, text TEXT);"
                   "CREATE VIRTUAL TABLE held USING fts5(title, words, content='', tokenize='unicode61');")


def index():
    with base:
        for row, (name, title_words, words, title, text) in enumerate(peer.passages(out)):
            base.execute("INSERT INTO passage(rowid, id, title, text) VALUES (?,?,?,?)", (row + 1, name, title, text))
            base.execute("INSERT INTO held(rowid, title, words) VALUES (?,?,?)", (row + 1, title_words, words))


def ask(query):
    found = base.execute("SELECT p.id, p.title, p.text FROM (SELECT rowid AS at FROM held WHERE held MATCH ? ORDER BY rank LIMIT 10) "
                         "JOIN passage p ON p.rowid = at", (expression(query),)).fetchall()
    return len(found)


peer.run("SQLite FTS5", sqlite3.sqlite_version, "words cut beforehand; id, title and text; no snippet", out, work, index, ask)
