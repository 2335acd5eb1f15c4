"""Placeholders of boilerplates: German words in braces, for what an answer is about.

Answers are written in German, so their placeholders are German words, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from richtschnur.evaluation.models import Point

PASSAGE, SECTION, PAPER, TOPIC = "Absatz", "Abschnitt", "Konzept", "Thema"
PLACEHOLDERS = (PASSAGE, SECTION, PAPER, TOPIC)
_BRACES = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown(text: str) -> list[str]:
    """What stands in braces but is no placeholder, as it was written."""
    return [found[0] for found in _BRACES.finditer(text) if found[1].strip() not in PLACEHOLDERS]


def unfilled(text: str) -> list[str]:
    """The placeholders that still stand in an answer, as they were written."""
    return [found[0] for found in _BRACES.finditer(text) if found[1].strip() in PLACEHOLDERS]


def fill(text: str, point: Point, *, section: str) -> str:
    """The text with everything filled that this point tells; what it doesn't tell stays.

    `section` is the path of the section that the point's passage stands in, or "".
    """
    known = dict(_known(point, section))

    def value(found: re.Match[str]) -> str:
        return known.get(found[1].strip()) or found[0]

    return _BRACES.sub(value, text)


def _known(point: Point, section: str) -> Iterator[tuple[str, str]]:
    passage = point.comment.passage
    if passage is not None:
        yield PASSAGE, f"Absatz {passage.number}"
        yield SECTION, section
    yield PAPER, str(point.comment.contribution.consultation.strategy)
    yield TOPIC, ", ".join(topic.name for topic in point.topics.all())
