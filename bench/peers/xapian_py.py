#!/usr/bin/env python3
"""Xapian (Debian python3-xapian), over words cut beforehand; BM25, ten hits with their text."""
import xapian

import peer

out, work = peer.arguments()
state = {}


def index():
    base = xapian.WritableDatabase(str(work / "xapian"), xapian.DB_CREATE_OR_OVERWRITE)
    for _, title_words, words, title, text in peer.passages(out):
        document = xapian.Document()
        document.set_data(f"{title}\n{text}")
        for at, word in enumerate(words.split()):
            document.add_posting(word[:60], at + 1)
        for word in title_words.split():
            document.add_term("S" + word[:60])
        base.add_document(document)
    base.commit()
    base.close()
    state["base"] = xapian.Database(str(work / "xapian"))


def ask(query):
    every = xapian.Query
    if "phrase" in query:
        asked = every(every.OP_PHRASE, query["phrase"])
    elif "should" in query:
        asked = every(every.OP_OR, query["should"])
    else:
        asked = every(every.OP_AND, query["must"])
        if "any" in query:
            asked = every(every.OP_AND_NOT, every(every.OP_AND, asked, every(every.OP_OR, query["any"])), every(query["not"][0]))
    enquire = xapian.Enquire(state["base"])
    enquire.set_query(asked)
    return len([match.document.get_data() for match in enquire.get_mset(0, 10)])


peer.run("Xapian", xapian.version_string(), "words cut beforehand; title and text; no snippet", out, work, index, ask)
