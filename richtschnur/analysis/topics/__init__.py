"""What a text is about: topics are described by a paper's own words, and learned from every click.

Nobody is left over: every text gets suggestions, each with its certainty. The plain values stand
here, without numpy; `sorting` does the work.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A topic by its name and what describes it: a paper's headings and texts, or one line."""

    name: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Labelled:
    """A text of which a person said what it is about."""

    text: str
    topic_name: str


@dataclass(frozen=True)
class Suggestion:
    """A topic's name, and how likely it is right: 0 to 1; those of one text sum to 1 at most."""

    topic: str
    certainty: float
