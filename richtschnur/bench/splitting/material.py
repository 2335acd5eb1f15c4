"""The sentences that papers are made of, and the draft that they speak about."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from richtschnur.analysis.splitting import Place

RESOURCES = Path(__file__).parent / "resources"
SECOND = (
    "Zuständig ist die Verwaltung gemeinsam mit den Gemeinden; berichtet wird im Kreisausschuss.",
    "Die Umsetzung beginnt im kommenden Haushaltsjahr und wird nach drei Jahren überprüft.",
    "Träger können sich bis zum Frühjahr mit einem kurzen Vorhabenblatt bewerben.",
)


@dataclass(frozen=True)
class Subject:
    """A section of the draft: `id` is its first passage, `number` such as 3.2."""

    id: int
    number: str
    chapter: str
    title: str
    noun: str
    passage: str
    demands: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def guideline(self) -> str:
        return self.number.partition(".")[0]


@lru_cache
def subjects() -> tuple[Subject, ...]:
    """All sections of the draft in order, each with a chapter's opening and two passages."""
    found: list[Subject] = []
    chapter, title, noun, number, section, place = "", "", "", 0, 0, 0
    for line in (RESOURCES / "subjects.txt").read_text("utf-8").splitlines()[1:]:
        sign, _space, words = line.partition(" ")
        if sign == "#":
            chapter, number, section, place = words, number + 1, 0, place + 1
        elif sign == "=":
            title, _bar, noun = (part.strip() for part in words.partition("|"))
            section += 1
        elif sign == "P":
            place += 1
            found.append(Subject(place, f"{number}.{section}", chapter, title, noun, words))
            place += 1
        elif sign == "D":
            found[-1].demands.append(words)
        else:
            found[-1].reasons.append(words)
    return tuple(found)


@lru_cache
def draft() -> tuple[Place, ...]:
    """The draft's passages as the splitter gets them."""
    places: list[Place] = []
    for subject in subjects():
        chapter = f"Leitlinie {subject.guideline}: {subject.chapter}"
        if subject.number.endswith(".1"):
            words = f"Das Kapitel {subject.chapter} beschreibt, was der Landkreis sich vornimmt."
            places.append(Place(len(places) + 1, len(places) + 1, (chapter,), words))
        heading = (chapter, f"{subject.number} {subject.title}")
        for text in (subject.passage, SECOND[subject.id % len(SECOND)]):
            places.append(Place(len(places) + 1, len(places) + 1, heading, text))
    return tuple(places)


@lru_cache
def general() -> dict[str, list[str]]:
    """Sentences for any paper by what they are for: reason, intro, closing, annex, footnote."""
    found: dict[str, list[str]] = {}
    for line in (RESOURCES / "general.txt").read_text("utf-8").splitlines()[1:]:
        if line.startswith("## "):
            sentences = found.setdefault(line[3:], [])
        else:
            sentences.append(line)
    return found
