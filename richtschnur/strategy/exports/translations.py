"""An edition in a further language: alone with the notice that German binds, or beside German."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from richtschnur.documents.paper import Beside, Heading, Item, Note, Paper, PaperBlock, Table, Text
from richtschnur.strategy.exports.papers import as_paper, block_of, heading_of, read_sections
from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.queries import InLanguage, TranslatedWords, translations_of
from richtschnur.translation.models import Translation
from richtschnur.translation.sources import subject
from richtschnur.ui.languages import Language, language_of


@dataclass(frozen=True)
class Translated:
    """The current translations of one edition by subject (strategy.queries.translations_of)."""

    language: Language
    texts: dict[str, Translation]
    is_beside: bool = False

    @property
    def variant(self) -> str:
        """Another one when any translation has changed."""
        said = sorted(f"{name} {one.version} {one.state}" for name, one in self.texts.items())
        digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
        return f"{self.language.code} {self.is_beside} {digest}"

    def passage(self, passage: Passage) -> TranslatedWords | None:
        found = self.texts.get(subject("passage", passage.identity))
        return TranslatedWords(passage, found, self.language.tag) if found else None

    def title(self, edition: Edition) -> str:
        found = self.texts.get(subject("edition-title", edition.strategy.slug))
        return found.text if found else ""

    def heading(self, section: Section) -> str:
        found = self.texts.get(subject("section", section.identity))
        return f"{section.number} {found.text}".strip() if found else ""


def translated(edition: Edition, code: str, *, is_beside: bool = False) -> Translated:
    """What there is in a language: three queries."""
    language = language_of(code)
    return Translated(language, translations_of(edition, language.code), is_beside)


def as_translation(edition: Edition, into: Translated, *, at: datetime) -> Paper:
    """The notice first; what is not translated stands in the paper's own language."""
    paper = as_paper(edition, at=at)
    own = paper.language
    blocks = list(_beside(edition, into) if into.is_beside else _alone(edition, into))
    notice = Text("\n".join(_sentences(edition, into)), "lead", into.language.tag)
    if into.is_beside:
        names = {"passage": language_of(own).name, "room": into.language.name}
        words = replace(paper.words, **names)
        return replace(paper, subtitle=into.title(edition), blocks=[notice, *blocks], words=words)
    title = into.title(edition) or paper.title
    return replace(paper, title=title, language=into.language.tag, blocks=[notice, *blocks])


def _sentences(edition: Edition, into: Translated) -> list[str]:
    """What readers must know before they rely on it."""
    about = InLanguage(into.language)
    for passage in edition.passages.only("identity"):
        found = into.texts.get(subject("passage", passage.identity))
        if found:
            about.states[found.state] += 1
        else:
            about.missing += 1
    about.states = Counter(about.states)
    return about.sentences


def _alone(edition: Edition, into: Translated) -> Iterator[PaperBlock]:
    own = edition.strategy.language
    for section in read_sections(edition):
        if heading := heading_of(section):
            title = into.heading(section)
            yield replace(heading, text=title) if title else replace(heading, language=own)
        for passage in section.passages.all():
            words = into.passage(passage)
            if words:
                yield block_of(words)  # type: ignore[arg-type]
            else:
                block = block_of(passage)
                yield replace(block, language=block.language or own)


def _beside(edition: Edition, into: Translated) -> Iterator[PaperBlock]:
    for section in read_sections(edition):
        if heading := heading_of(section):
            yield heading
            if title := into.heading(section):
                yield Text(title, "lead", into.language.tag)
        for passage in section.passages.all():
            words = into.passage(passage)
            own = block_of(passage)
            other = block_of(words) if words else None  # type: ignore[arg-type]
            if isinstance(own, Note):
                yield own
            elif isinstance(own, Text | Item):
                yield Beside((own,), (_unsigned(other),) if other else ())
            else:
                yield own
                if isinstance(other, Table):
                    yield other


def _unsigned(block: Heading | Text | Item | Table | object) -> Text | Item:
    """The translation without signs of footnotes, which stand with the original."""
    if not isinstance(block, Text | Item):
        raise TypeError(f"no text: {block!r}")
    return replace(block, marks=tuple(mark for mark in block.marks if mark.kind != "note"))
