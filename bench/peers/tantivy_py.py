#!/usr/bin/env python3
"""tantivy from Python (PyPI `tantivy`), over words cut beforehand; BM25, ten hits with their text."""
import importlib.metadata

import tantivy

import peer

out, work = peer.arguments()
schema = tantivy.SchemaBuilder()
for name, stored, cut in [("id", True, "raw"), ("title", True, "raw"), ("text", True, None), ("words", False, "whitespace"), ("titles", False, "whitespace")]:
    if cut is None:
        schema.add_bytes_field(name, stored=True)
    else:
        schema.add_text_field(name, stored=stored, tokenizer_name=cut)
schema = schema.build()
index_of = tantivy.Index(schema, path=str(work))
state = {}


def index():
    writer = index_of.writer(256_000_000, 2)
    for name, title_words, words, title, text in peer.passages(out):
        writer.add_document(tantivy.Document(id=name, title=title, text=text.encode(), words=words, titles=title_words))
    writer.commit()
    writer.wait_merging_threads()
    index_of.reload()
    state["searcher"] = index_of.searcher()


def term(word):
    return tantivy.Query.term_query(schema, "words", word)


def expression(query):
    if "phrase" in query:
        return tantivy.Query.phrase_query(schema, "words", query["phrase"])
    if "should" in query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term(word)) for word in query["should"]])
    parts = [(tantivy.Occur.Must, term(word)) for word in query["must"]]
    if "any" in query:
        parts.append((tantivy.Occur.Must, tantivy.Query.boolean_query([(tantivy.Occur.Should, term(word)) for word in query["any"]])))
        parts += [(tantivy.Occur.MustNot, term(word)) for word in query["not"]]
    return tantivy.Query.boolean_query(parts)


def ask(query):
    searcher = state["searcher"]
    found = searcher.search(expression(query), 10).hits
    return len([searcher.doc(address).get_first("text") for _, address in found])


peer.run("tantivy-py", importlib.metadata.version("tantivy"), "words cut beforehand; id, title and text; no snippet", out, work, index, ask)
