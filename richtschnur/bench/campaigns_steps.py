"""One method of grouping in a process of its own: METHOD INPUT.csv OUT.csv.

Prints {"seconds","peak_rss_mb"}; reading and writing the files are not counted.
"""

from __future__ import annotations

import csv
import json
import re
import resource
import sys
import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from richtschnur.analysis.alike.grouping import grouped

WORD = re.compile(r"\w+")


def ours(texts: list[str]) -> list[int]:
    """A text that stands alone is a group of its own."""
    return [at if first is None else first for at, first in enumerate(grouped(texts))]


def datasketch(texts: list[str]) -> list[int]:
    """The peer: MinHash LSH of 64 permutations over pairs of words, linked at a likeness of 0.5."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=64)
    labels: list[int] = []
    for at, text in enumerate(texts):
        words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
        pairs = [f"{one} {other}" for one, other in pairwise(words)]
        sketch = MinHash(num_perm=64, seed=42)
        sketch.update_batch([pair.encode() for pair in pairs or words or [""]])
        met = index.query(sketch)
        labels.append(labels[min(met)] if met else at)
        index.insert(at, sketch)
    return labels


METHODS: dict[str, Callable[[list[str]], list[int]]] = {
    "richtschnur": ours,
    "datasketch": datasketch,
}


def main(method: str, source: str, target: str) -> None:
    with Path(source).open(encoding="utf-8", newline="") as lines:
        rows = [(row["id"], row["text"]) for row in csv.DictReader(lines)]
    begun = time.perf_counter()
    labels = METHODS[method]([text for _, text in rows])
    seconds = time.perf_counter() - begun
    with Path(target).open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(["id", "group"])
        table.writerows((id_, label) for (id_, _), label in zip(rows, labels, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"seconds": round(seconds, 2), "peak_rss_mb": peak}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
