"""How long the slowest of many shards takes, from how long one takes: an answer waits for all of them.

Usage: tail.py P50_MS P99_MS. One shard's times are taken as log-normal through these two; shards as independent.
"""

import statistics
import sys

Z99 = statistics.NormalDist().inv_cdf(0.99)


def slowest(shards: int, share: float, p50: float, p99: float) -> float:
    """The time within which, in this share of the searches, all shards have answered."""
    one = share ** (1 / shards)
    return p50 * (p99 / p50) ** (statistics.NormalDist().inv_cdf(one) / Z99)


def main() -> None:
    """Prints the table."""
    p50, p99 = float(sys.argv[1]), float(sys.argv[2])
    print("| shards | p50 | p99 | searches in which some shard is beyond its own p99 |\n|---|---|---|---|")
    for shards in (1, 3, 10, 30, 100, 300):
        times = [slowest(shards, share, p50, p99) for share in (0.5, 0.99)]
        print(f"| {shards} | {times[0]:.0f} ms | {times[1]:.0f} ms | {100 * (1 - 0.99**shards):.0f} % |")


if __name__ == "__main__":
    main()
