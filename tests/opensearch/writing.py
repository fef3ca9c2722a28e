"""Nothing is lost and nothing is there twice, whatever happens while articles are written."""

import time
import urllib.error
from pathlib import Path

from library import Library
from nodes import ask
from proxy import Proxy


def held(url: str, name: str) -> dict[str, int]:
    """How many documents of each kind the live index holds, and how many of its passages are there twice."""
    ask(f"{url}/{name}/_refresh", "POST")
    count = lambda kind: ask(f"{url}/{name}/_count", "POST", {"query": {"prefix": {"kind": kind}}})["count"]  # noqa: E731
    body = {"size": 0, "aggs": {"keys": {"cardinality": {"field": "key", "precision_threshold": 40000}}}}
    distinct = ask(f"{url}/{name}/_search", "POST", body)["aggregations"]["keys"]["value"]
    everything = ask(f"{url}/{name}/_count")["count"]
    return {"passages": count("passage/"), "articles": count("article"), "all": everything, "distinct": distinct}


def written(url: str, index: str) -> int:
    """How many articles an index that is being built holds whole."""
    try:
        ask(f"{url}/{index}/_refresh", "POST")
        return ask(f"{url}/{index}/_count", "POST", {"query": {"term": {"kind": "article"}}})["count"]
    except urllib.error.HTTPError:
        return 0


def generations(url: str, name: str) -> list[str]:
    """The indexes of a name."""
    listed = ask(f"{url}/_cat/indices/{name}-g*?format=json")
    return sorted(entry["index"] for entry in listed)


def back_pressure(program: Path, folder: Path, url: str) -> str:
    """A cluster that refuses, in whole and in part, and whose answers get lost."""
    proxy = Proxy(url)
    library = Library(program, folder, [proxy.url], name="pressed", bulk_mb=1)
    passages = library.fill(120, 20)
    done = library.json("opensearch", "index", "--json")
    proxy.close()
    found = held(url, "pressed")
    assert done["passages"] and sum(done["passages"].values()) == passages, done
    assert found["passages"] == passages and found["articles"] == 120, found
    assert all(proxy.did[kind] for kind in ("refused", "answer lost", "some documents refused")), proxy.did
    return f"{passages} passages whole after {dict(proxy.did)}"


def killed_and_taken_up(program: Path, folder: Path, url: str) -> str:
    """The writer is killed again and again."""
    library = Library(program, folder, [url], name="killed", bulk_mb=1, threads=1)
    passages = library.fill(600, 25)
    for share in (1, 2):
        # A lease that nobody renews holds the next writer up for ten seconds.
        writer = library.start("opensearch", "index", "--json")
        while written(url, "killed-g000001") < 100 * share:
            assert writer.poll() is None, writer.communicate()
            time.sleep(0.2)
        writer.kill()
        writer.communicate()
    done = library.json("opensearch", "index", "--json")
    found = held(url, "killed")
    assert found["passages"] == passages and found["articles"] == 600, found
    assert done["resumed"] and done["articles_written"] <= 400, done
    return f"two kills, the last run wrote {done['articles_written']} of 600 articles"


def kept_up_to_date(program: Path, folder: Path, url: str) -> str:
    """Changed, new and removed articles; a running server takes each generation up, and old ones go."""
    library = Library(program, folder, [url], name="updated")
    passages = library.fill(40, 10)
    assert library.json("opensearch", "index", "--json")["published"]
    again = library.json("opensearch", "index", "--json")
    assert not again["published"], again
    server = library.serve()
    assert server.search("zyzzyva")[1]["hits"] == []
    first = library.corpus / "a00000.md"
    first.write_text(first.read_text(encoding="utf-8") + "\nThe zyzzyva eats palms.\n", encoding="utf-8")
    (library.corpus / "a00001.md").unlink()
    done = library.json("opensearch", "index", "--json")
    assert done["articles_written"] == 1 and done["articles_removed"] == 1, done
    found = held(url, "updated")
    assert found["passages"] == passages + 1 - 10 and found["articles"] == 39, found
    assert found["all"] == found["distinct"], found
    end = time.monotonic() + 10
    while time.monotonic() < end and not server.search("zyzzyva")[1]["hits"]:
        time.sleep(0.2)
    assert server.search("zyzzyva")[1]["total"] == 1
    server.close()
    library.run("embedded", "index")
    local, far = (library.json(engine, "search", "--json", "palms") for engine in ("embedded", "opensearch"))
    assert [hit["score"] for hit in local["hits"]] == [hit["score"] for hit in far["hits"]]
    for _ in range(2):
        assert library.json("opensearch", "index", "--rebuild", "--json")["published"]
    assert len(generations(url, "updated")) == 2, generations(url, "updated")
    return "one article changed, one removed, two rebuilds; two generations are kept"


def shared_work(program: Path, folder: Path, url: str) -> str:
    """Three processes write one index."""
    library = Library(program, folder, [url], name="shared")
    passages = library.fill(90, 15)
    parts = [library.start("opensearch", "index", "--json", "--part", f"{part}/3") for part in (1, 2, 3)]
    for part in parts:
        _, err = part.communicate(timeout=300)
        assert part.returncode == 0, err
    found = held(url, "shared")
    assert found["passages"] == passages and found["articles"] == 90, found
    return f"three processes, {passages} passages, one publication"
