"""Reads of the stage."""

from richtschnur.strategy.queries.doubts import doubt_message, unreadable_message
from richtschnur.strategy.queries.editions import (
    edition_by_ref,
    element_tree,
    next_published,
    published_editions,
    sections_with_passages,
)
from richtschnur.strategy.queries.lineage import PassageFate, compare, word_changes

__all__ = [
    "PassageFate",
    "compare",
    "doubt_message",
    "edition_by_ref",
    "element_tree",
    "next_published",
    "published_editions",
    "sections_with_passages",
    "unreadable_message",
    "word_changes",
]
