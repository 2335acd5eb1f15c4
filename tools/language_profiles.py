"""Counts the trigrams of sample sentences into `richtschnur/analysis/resources/trigrams.json`.

    .venv/bin/python -m tools.language_profiles SENTENCES.csv [MORE_GERMAN.csv …]

The first file has the columns language and text; of the further ones (column text, German) every
twentieth row is counted, because declarations speak otherwise than residents. Only how often
three letters follow each other is kept: facts, no texts.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

from richtschnur.analysis.language import RESOURCES, _words, trigrams

KEPT = 2500


def main(paths: list[str]) -> None:
    counts: dict[str, Counter[str]] = {}
    for row in _rows(paths[0]):
        counts.setdefault(row["language"], Counter()).update(trigrams(_words(row["text"])))
    for path in paths[1:]:
        for row in list(_rows(path))[::20]:
            counts["de"].update(trigrams(_words(row["text"])))
    counts["bg"] = Counter()
    kept = {code: dict(sorted(counts[code].most_common(KEPT))) for code in sorted(counts)}
    kept["bg"] = _bulgarian(kept["ru"])
    target = RESOURCES / "trigrams.json"
    target.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def _bulgarian(russian: dict[str, int]) -> dict[str, int]:
    """No samples are at hand: what Russian has without its own letters; its words decide."""
    return {trigram: n for trigram, n in russian.items() if not set(trigram) & set("ыэёщ")}


def _rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main(sys.argv[1:])
