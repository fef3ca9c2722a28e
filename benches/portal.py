#!/usr/bin/env python3
"""How long pages and completions take beside the JSON calls, against a running server.

benches/portal.py http://127.0.0.1:7700 [QUERY ...]

Figures are medians of the time to the first byte over one connection, in milliseconds, all of one run.
"""

import http.client
import statistics
import sys
import time
import urllib.parse

ROUNDS = 60
TYPED = ["糖", "糖尿", "糖尿病足", "细胞", "s", "st", "stem c", "dia", "tang", "tangniao", "gan", "ganxibao", "tnb", "x", "肿瘤"]


def first_byte(connection: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept-Language": "zh"})
    answer = connection.getresponse()
    took = (time.perf_counter() - began) * 1000
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
    return took


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    queries = sys.argv[2:] or ["干细胞", "stem cell therapy", "糖尿病足溃疡 细胞治疗", "hypoxia", "CD34+"]
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(sys.argv[1]).netloc, timeout=60)
    ratios = []
    for query in queries:
        q = urllib.parse.quote(query)
        paths = {"page": f"/?q={q}", "json": f"/v1/search?q={q}", "counted": f"/v1/search?q={q}&facets=true"}
        for path in paths.values():
            first_byte(connection, path)
        took: dict[str, list[float]] = {name: [] for name in paths}
        for _ in range(ROUNDS):
            # One after the other, so that what else the machine does falls on all alike.
            for name, path in paths.items():
                took[name].append(first_byte(connection, path))
        median = {name: statistics.median(times) for name, times in took.items()}
        ratios.append(median["page"] / median["json"])
        print(f"{query}: page {median['page']:.2f}, JSON {median['json']:.2f}, JSON with counts {median['counted']:.2f}, "
              f"page to JSON {ratios[-1]:.2f}")
    print(f"page to JSON, median of the queries: {statistics.median(ratios):.2f}")
    times = [first_byte(connection, f"/v1/suggest?q={urllib.parse.quote(text)}") for text in TYPED for _ in range(ROUNDS)]
    health = [first_byte(connection, "/healthz") for _ in range(ROUNDS * 5)]
    print(f"completions: median {statistics.median(times):.2f}, 99th of a hundred {statistics.quantiles(times, n=100)[98]:.2f}; "
          f"/healthz {statistics.median(health):.2f}")


if __name__ == "__main__":
    main()
