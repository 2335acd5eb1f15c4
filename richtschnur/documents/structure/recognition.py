"""From plain blocks to the recognised paper."""

from __future__ import annotations

import re
from typing import Final

from richtschnur.documents.blocks import Document
from richtschnur.documents.labels import label
from richtschnur.documents.structure import lists
from richtschnur.documents.structure.guideline import mark_contents, unmarked_tables
from richtschnur.documents.structure.marks import Guideline, Marks, mark_guidelines
from richtschnur.documents.structure.outline import Outline
from richtschnur.documents.structure.sections import end_of_branch, to_sections
from richtschnur.documents.structure.tables import mark_table

_BASELINE_HEADING: Final = re.compile(
    r"\b(?:ausgangslage|ausgangssituation|bestandsaufnahme|situationsanalyse|ist-(?:stand|situation"
    r"|analyse)|baseline|current situation)\b",
    re.IGNORECASE,
)
_GUIDING_HEADING: Final = re.compile(
    r"\b(?:\w*leitziele?|leitbild|vision|grundhaltung|guiding goal)\b", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"[„“\"»«].*[“”\"«»][.!]?")
_IN_CHARGE: Final = re.compile(
    r"(?:keine?\s+)?(?:un)?(?:direkte|mittelbare|indirekte|eigene|geteilte|gemeinsame)\s+"
    r"(?:verantwortung|verantwortlichkeit|zuständigkeit)\b"
    r"|(?:no\s+)?(?:direct|indirect|shared)\s+responsibility\b",
    re.IGNORECASE,
)


def recognise(document: Document) -> Outline:
    """Recognise sections, guiding goal, baseline, guidelines, goals, measures, responsibility.

    Nothing is guessed silently: the outline's doubts hold the document's own and what was unsure
    here. Every word of the blocks stands in the sections, in order.
    """
    marks = Marks(to_sections(document))
    titles = (at for at, one in enumerate(marks.sections) if one.title == document.title)
    guidelines = mark_guidelines(marks, next(titles, None) if document.title else None)
    inside = _inside(guidelines)
    for guideline in guidelines:
        inner = [one for one in guidelines if guideline.section < one.section < guideline.end]
        if not inner:
            mark_contents(marks, guideline)
    for section, passage in list(unmarked_tables(marks, inside)):
        mark_table(marks, section, passage, parent=None)
    _mark_baseline(marks, inside)
    _mark_guiding_goal(marks, inside)
    _mark_responsibility(marks, inside)
    doubts = (*document.doubts, *marks.doubts)
    return Outline(document.title, marks.sections, marks.in_order(), doubts, document.pictures)


def _inside(guidelines: list[Guideline]) -> set[int]:
    return {at for one in guidelines for at in range(one.section, one.end)}


def _mark_baseline(marks: Marks, inside: set[int]) -> None:
    """The chapter "Ausgangslage" and every passage in it."""
    at = 0
    while at < len(marks.sections):
        section = marks.sections[at]
        if at in inside or not _BASELINE_HEADING.search(section.title):
            at += 1
            continue
        end = end_of_branch(marks.sections, at)
        parent = marks.add("baseline", at, None, (0, len(section.title)), certainty=0.9)
        for one in range(at, end):
            for number, passage in enumerate(marks.sections[one].passages):
                span = (0, len(passage.text))
                if one not in inside and passage.text:
                    marks.add("baseline", one, number, span, parent=parent, certainty=0.85)
        at = end


def _mark_guiding_goal(marks: Marks, inside: set[int]) -> None:
    found = False
    for at, section in enumerate(marks.sections):
        if at in inside:
            continue
        for number, passage in enumerate(section.passages):
            named = label(passage.text)
            if named and named.kind == "guiding_goal" and not named.whole:
                span = lists.trimmed(passage.text, named.start, len(passage.text), 0.9)
                marks.add("guiding_goal", at, number, span[:2], certainty=0.9)
                found = True
    if found:
        return
    for at, section in enumerate(marks.sections):
        if at not in inside and _GUIDING_HEADING.search(section.title):
            _guiding_goal_in(marks, at)
            return
    marks.doubt("no-guiding-goal")


def _guiding_goal_in(marks: Marks, at: int) -> None:
    """A passage wholly in quotes; else what a colon announces; else the first paragraph."""
    passages = marks.sections[at].passages
    quoted = [n for n, one in enumerate(passages) if _QUOTED.fullmatch(one.text)]
    announced = [n for n in range(1, len(passages)) if passages[n - 1].text.endswith(":")]
    if quoted:
        number, certainty = quoted[0], 0.9
    elif announced:
        number, certainty = announced[0], 0.6
    elif passages:
        number, certainty = 0, 0.5
    else:
        marks.doubt("no-guiding-goal", marks.sections[at].title)
        return
    if certainty < 0.9 or len(quoted) > 1:
        marks.doubt("guiding-goal-guessed", passages[number].text)
    marks.add("guiding_goal", at, number, (0, len(passages[number].text)), certainty=certainty)


def _mark_responsibility(marks: Marks, inside: set[int]) -> None:
    for at, section in enumerate(marks.sections):
        if at in inside:
            continue
        for number, passage in enumerate(section.passages):
            if passage.kind != "table" and _IN_CHARGE.match(passage.text):
                span = lists.trimmed(passage.text, 0, len(passage.text), 0.85)
                marks.add("responsibility", at, number, span[:2], certainty=0.85)
