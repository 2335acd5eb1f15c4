"""A paper in further languages: its texts as sources, and what a reader is shown of them.

German (the paper's own language) is binding; everything here is a reading aid and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.queries.editions import sections_with_passages
from richtschnur.strategy.queries.notes import pair_translated
from richtschnur.strategy.queries.reading import ReadSection
from richtschnur.strategy.queries.translated_words import TranslatedWords
from richtschnur.strategy.states import PassageKind
from richtschnur.translation.models import Translation
from richtschnur.translation.queries import Told, are_told, told_in
from richtschnur.translation.sources import Source, subject
from richtschnur.translation.states import TranslationState
from richtschnur.ui.languages import Language, language_of
from richtschnur.ui.moments import day_in_words

PLAIN = "de-simple"
FIRST_TEXTS = 200


def source_of(passage: Passage, language: str) -> Source:
    """A passage's words; one that is in another language itself is translated from that."""
    return Source(
        subject("passage", passage.identity),
        passage.text,
        passage.marking,
        passage.caption,
        language_of(passage.language or language).code,
        is_table=passage.kind == PassageKind.TABLE,
    )


def heading_source(section: Section, language: str) -> Source:
    """A heading's words, without its number."""
    return Source(subject("section", section.identity), section.title, language=language)


def title_source(edition: Edition) -> Source:
    """The edition's title."""
    paper = edition.strategy
    return Source(
        subject("edition-title", paper.slug),
        edition.title,
        language=language_of(paper.language).code,
    )


def sources_of(edition: Edition, sections: Iterable[Section] | None = None) -> list[Source]:
    """Every text of an edition in reading order: title, headings, passages; two queries."""
    language = language_of(edition.strategy.language).code
    found = [title_source(edition)] if sections is None else []
    for section in sections_with_passages(edition) if sections is None else sections:
        if section.title.strip():
            found.append(heading_source(section, language))
        found += [source_of(passage, language) for passage in section.passages.all()]
    return [source for source in found if source.text.strip() or source.caption.strip()]


def is_begun(edition: Edition, language: str) -> bool:
    """Is something of the edition told in a language? Asks its headings and first passages."""
    sections = edition.sections.values_list("identity", flat=True)[:FIRST_TEXTS]
    passages = edition.passages.order_by("position").values_list("identity", flat=True)
    subjects = [title_source(edition).subject]
    subjects += [subject("section", one) for one in sections]
    subjects += [subject("passage", one) for one in passages[:FIRST_TEXTS]]
    return are_told(subjects, language)


def translations_of(edition: Edition, language: str) -> dict[str, Translation]:
    """What belongs to the edition's present words in a language, by subject; three queries.

    Subjects are "edition-title:<slug>", "section:<identity>" and "passage:<identity>".
    """
    told = told_in(sources_of(edition), language)
    return {
        name: one.translation for name, one in told.items() if one.translation and one.is_current
    }


@dataclass(frozen=True)
class Shown:
    """A translation on a page: `words` as a template shows them, `state` as a sentence."""

    told: Told
    words: TranslatedWords | None
    tag: str
    direction: str
    state: str

    @property
    def text(self) -> str:
        return self.told.translation.text if self.told.translation else ""

    @property
    def is_outdated(self) -> bool:
        return self.told.is_outdated


@dataclass
class InLanguage:
    """How a page is translated: for the notice on top. `missing` stand in the paper's language."""

    language: Language
    title: Shown | None = None
    states: Counter[str] = field(default_factory=Counter)
    outdated: int = 0
    missing: int = 0
    is_summary: bool = False

    @property
    def translated(self) -> int:
        return self.states.total()

    @property
    def kind(self) -> str:
        """What to call a text in plain German; "" for every other language."""
        if self.language.code != PLAIN:
            return ""
        return kind_of_plain(self.states)

    @property
    def sentences(self) -> list[str]:
        """What readers must know before they rely on it."""
        if self.is_summary:
            return [
                _("German is binding; translations are a reading aid."),
                _("Each translated passage says who made and who checked it."),
            ]
        if not self.translated:
            return [_("This text is in German. It has not been translated into this language yet.")]
        said = [_("German is binding; this translation is a reading aid.")]
        if self.kind:
            said.append(self.kind)
        elif self.states[TranslationState.MACHINE]:
            said.append(_("Parts were made by a machine and nobody has checked them."))
        if self.missing:
            said.append(
                ngettext(
                    "%(n)s passage is not translated and stands in German.",
                    "%(n)s passages are not translated and stand in German.",
                    self.missing,
                )
                % {"n": self.missing}
            )
        if self.outdated:
            said.append(
                ngettext(
                    "%(n)s translation is older than the German text and is marked.",
                    "%(n)s translations are older than the German text and are marked.",
                    self.outdated,
                )
                % {"n": self.outdated}
            )
        return said


def kind_of_plain(states: Counter[str]) -> str:
    """Leichte Sprache is said only where a review group has checked all of it."""
    if set(states) == {TranslationState.GROUP.value}:
        return _("Leichte Sprache, checked by a review group.")
    if set(states) <= {TranslationState.GROUP.value, TranslationState.CHECKED.value}:
        return _("Plain language, checked by staff, not by a review group.")
    return _("Plain language, not checked.")


def show_in(
    code: str | None, edition: Edition, sections: Sequence[ReadSection]
) -> InLanguage | None:
    """Put translations beside the passages and headings of a page; one query for all of them.

    Sets `in_language` on passages and sections. None where the reader reads the paper's language.
    """
    language = language_of(code)
    paper = language_of(edition.strategy.language)
    if language == paper or not sections:
        return summary_in(code, edition)
    shown = [section.section for section in sections]
    sources = [title_source(edition), *sources_of(edition, shown)]
    told = told_in([s for s in sources if s.language != language.code], language.code)
    found = InLanguage(language, title=_shown(told, sources[0].subject, language))
    for section in sections:
        heading = _shown(told, subject("section", section.section.identity), language)
        section.section.__dict__["in_language"] = heading if section.title else None
        for one in section.passages:
            name = subject("passage", one.passage.identity)
            here = _shown(told, name, language, one.passage)
            one.passage.__dict__["in_language"] = here
            _count(found, told.get(name), here)
    pair_translated(one.passage for section in sections for one in section.passages)
    return found


def summary_in(code: str | None, edition: Edition) -> InLanguage | None:
    """The notice of a page that is sent before its passages are known; no query."""
    language = language_of(code)
    is_own = language == language_of(edition.strategy.language)
    return None if is_own else InLanguage(language, is_summary=True)


def show_passage_in(
    code: str | None, passage: Passage, notes: Sequence[Passage] = ()
) -> InLanguage | None:
    """The same for a page of a single passage with its footnotes; one query."""
    language = language_of(code)
    edition = passage.edition
    paper = language_of(edition.strategy.language)
    sources = [source_of(one, paper.code) for one in (passage, *notes)]
    if language in (paper, language_of(sources[0].language)):
        return None
    told = told_in([s for s in sources if s.language != language.code], language.code)
    found = InLanguage(language)
    for one, source in zip((passage, *notes), sources, strict=True):
        here = _shown(told, source.subject, language, one)
        one.__dict__["in_language"] = here
        _count(found, told.get(source.subject), here)
    pair_translated(notes)
    return found


def _count(found: InLanguage, told: Told | None, shown: Shown | None) -> None:
    if told is None:
        return
    if shown is None or told.translation is None:
        found.missing += 1
        return
    found.states[told.translation.state] += 1
    found.outdated += told.is_outdated


def _shown(
    told: dict[str, Told], name: str, language: Language, passage: Passage | None = None
) -> Shown | None:
    one = told.get(name)
    if one is None or one.translation is None:
        return None
    words = TranslatedWords(passage, one.translation, language.tag) if passage else None
    return Shown(one, words, language.tag, language.direction, state_in_words(one))


def state_in_words(told: Told) -> str:
    """The state of one translation for readers, with who and when."""
    translation = told.translation
    if translation is None:
        return _("not translated")
    if told.is_outdated:
        return _("Older than the German text, which has changed since.")
    if translation.checked_at is not None:
        return _("Checked by %(checker)s on %(day)s.") % {
            "checker": translation.checker,
            "day": day_in_words(translation.checked_at),
        }
    if translation.state == TranslationState.MACHINE:
        return _("Made by a machine, not checked.")
    return _("Written by a person, not checked.")
