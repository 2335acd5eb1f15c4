"""Reads of the stage."""

from richtschnur.strategy.queries.contents import (
    Contents,
    Heading,
    ReadingPage,
    Shown,
    contents_of,
)
from richtschnur.strategy.queries.doubts import doubt_message, unreadable_message
from richtschnur.strategy.queries.editions import (
    edition_by_ref,
    element_tree,
    next_published,
    published_editions,
    sections_with_passages,
)
from richtschnur.strategy.queries.headings import contents_in
from richtschnur.strategy.queries.in_language import (
    InLanguage,
    show_in,
    show_passage_in,
    summary_in,
    translations_of,
)
from richtschnur.strategy.queries.lineage import PassageFate, compare
from richtschnur.strategy.queries.lineage_proposals import (
    ProposedFate,
    latest_edition,
    outlined_passages,
    propose_lineage,
)
from richtschnur.strategy.queries.lineage_review import open_lineage
from richtschnur.strategy.queries.lineage_telling import ChangedSection, tell_changes
from richtschnur.strategy.queries.lineage_words import word_changes
from richtschnur.strategy.queries.reading import ReadPassage, ReadSection, labels_of, read_edition
from richtschnur.strategy.queries.telling import (
    line_of_passage,
    passage_address,
    section_path,
)
from richtschnur.strategy.queries.translated_words import TranslatedWords

__all__ = [
    "ChangedSection",
    "Contents",
    "Heading",
    "InLanguage",
    "PassageFate",
    "ProposedFate",
    "ReadPassage",
    "ReadSection",
    "ReadingPage",
    "Shown",
    "TranslatedWords",
    "compare",
    "contents_in",
    "contents_of",
    "doubt_message",
    "edition_by_ref",
    "element_tree",
    "labels_of",
    "latest_edition",
    "line_of_passage",
    "next_published",
    "open_lineage",
    "outlined_passages",
    "passage_address",
    "propose_lineage",
    "published_editions",
    "read_edition",
    "section_path",
    "sections_with_passages",
    "show_in",
    "show_passage_in",
    "summary_in",
    "tell_changes",
    "translations_of",
    "unreadable_message",
    "word_changes",
]
