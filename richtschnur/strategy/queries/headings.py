"""What stands in an edition, with its headings in the reader's language."""

from __future__ import annotations

from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries.contents import Contents, Heading, contents_of
from richtschnur.translation.queries import texts_in
from richtschnur.translation.sources import Source, subject
from richtschnur.ui.languages import language_of


def contents_in(code: str | None, edition: Edition) -> Contents:
    """`contents_of`, its headings translated where their present words are; two queries.

    One query for who reads the paper's own language. An older translation is left out here: a
    list has no room to say of each that it is outdated, and where the heading stands it is said.
    """
    contents = contents_of(edition)
    language, paper = language_of(code), language_of(edition.strategy.language)
    if language == paper:
        return contents
    named = {subject("section", heading.identity): heading for heading in _named(contents)}
    for name, fingerprint, text in texts_in(list(named), language.code):
        heading = named[name]
        if Source(name, heading.words, language=paper.code).fingerprint == fingerprint:
            heading.translated = f"{heading.number} {text}".strip()
            contents.tag, contents.paper_tag = language.tag, paper.tag
    return contents


def _named(contents: Contents) -> list[Heading]:
    return [heading for heading in contents.headings if heading.title and heading.words.strip()]
