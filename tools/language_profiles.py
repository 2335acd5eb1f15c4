"""Weighs sequences of up to four letters for `richtschnur/analysis/resources/ngrams.tsv`.

    .venv/bin/python -m tools.language_profiles MODELS SENTENCES.csv

MODELS is the folder `lingua/language-models` of the package lingua-language-detector 1.3.5
(Apache-2.0): how often sequences of letters occur in 75 languages. It has no Pashto and no Sorani;
they are counted in SENTENCES (columns language and text), of Pashto every second sentence only:
the others measure. Only weights of sequences are kept: facts, no texts.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from pathlib import Path

import brotli

from richtschnur.analysis.language import BASE, RESOURCES, STEPS, words

LONGEST = 4
SETS = {
    "latin": (["de", "en", "fr", "pl", "ro", "so", "sq", "tr", "vi"], 32_000),
    "cyrillic": (["uk", "ru", "bg"], 20_000),
    "arabic": (["ar", "fa", "ps", "ckb"], 24_000),
}
COUNTED = ("ps", "ckb")
NAMES = ("unigrams", "bigrams", "trigrams", "quadrigrams")
Counts = dict[str, int]


def main(models: str, sentences: str) -> None:
    lines = []
    for script, (codes, kept) in SETS.items():
        counts = {code: _counts(code, Path(models), Path(sentences)) for code in codes}
        lines.append("\t".join(["#", script, *codes]))
        lines += [f"{gram}\t{_written(found)}" for gram, found in _weighed(counts, kept)]
    (RESOURCES / "ngrams.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def _counts(code: str, models: Path, sentences: Path) -> Counts:
    """How often each sequence stands in the language."""
    if code in COUNTED:
        return _counted(code, sentences)
    found: Counts = {}
    for name in NAMES:
        packed = (models / code / f"{name}.json.br").read_bytes()
        for share, grams in json.loads(brotli.decompress(packed))["ngrams"].items():
            found |= dict.fromkeys(grams.split(" "), int(share.partition("/")[0]))
    return found


def _counted(code: str, sentences: Path) -> Counts:
    with sentences.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file) if row["language"] == code]
    counter: Counter[str] = Counter()
    for text in texts[:: 2 if code == "ps" else 1]:
        for word in words(text):
            counter.update(word[i : i + n] for n in range(1, 5) for i in range(len(word) - n + 1))
    return counter


def _weighed(counts: dict[str, Counts], kept: int) -> list[tuple[str, list[float]]]:
    """The sequences that tell languages apart best, with a weight for each language.

    The weights of all sequences in a word add up to its likelihood by its letters, each given the
    three before it: a longer sequence holds only by how much it corrects the shorter one.
    """
    totals = {
        code: sum(n for g, n in found.items() if len(g) == 1) for code, found in counts.items()
    }
    orders: dict[str, Counter[int]] = {code: Counter() for code in counts}
    for code, known in counts.items():
        for gram, count in known.items():
            orders[code][len(gram)] += count
    grams = {
        gram
        for code, found in counts.items()
        for gram, count in found.items()
        if count >= 3 or code in COUNTED
    }
    weights, value = {}, {}
    for gram in grams:
        found = [_likelihood(counts[c], totals[c], gram) for c in counts]
        if len(gram) > 1:
            shorter = [_likelihood(counts[c], totals[c], gram[1:]) for c in counts]
            found = [one - other for one, other in zip(found, shorter, strict=True)]
        share = max(counts[c].get(gram, 0) / orders[c][len(gram)] for c in counts)
        weights[gram] = found
        value[gram] = share * (max(found) - min(found)) if len(gram) > 1 else math.inf
    best = sorted(grams, key=lambda gram: (-value[gram], gram))[:kept]
    return [(gram, weights[gram]) for gram in sorted(best)]


def _likelihood(counts: Counts, total: int, gram: str) -> float:
    """The logarithm of how likely the last letter follows the ones before it."""
    count, before = counts.get(gram, 0), counts.get(gram[:-1], 0)
    is_large = total > 100_000
    if len(gram) == 1:
        return math.log(count / total) if count else math.log(1e-6 if is_large else 0.3 / total)
    shorter = _likelihood(counts, total, gram[1:])
    trust = before / (before + (5 if is_large else 3))
    if count and before:
        return math.log(trust * min(1, count / before) + (1 - trust) * math.exp(shorter))
    return shorter + math.log(1.02 - trust) if before else shorter


def _written(weights: list[float]) -> str:
    return "".join(chr(BASE + max(-46, min(46, round(STEPS * weight)))) for weight in weights)


if __name__ == "__main__":
    main(*sys.argv[1:])
