"""What the desk shows of a paper's translations."""

from __future__ import annotations

from dataclasses import dataclass, field

from richtschnur.strategy.models import Edition, Section
from richtschnur.strategy.queries.contents import Contents, ReadingPage, contents_of
from richtschnur.strategy.queries.editions import sections_with_passages
from richtschnur.strategy.queries.in_language import sources_of, state_in_words, title_source
from richtschnur.translation.models import DraftOrder
from richtschnur.translation.queries import Told, counts_by_language, told_in
from richtschnur.translation.sources import Source, worth_translating
from richtschnur.translation.states import OrderState, TranslationState
from richtschnur.ui.languages import LANGUAGES, Language, language_of


@dataclass(frozen=True)
class LanguageRow:
    """How far one language is; the counts are of texts, headings included."""

    language: Language
    total: int
    counts: dict[str, int]
    order: DraftOrder | None

    @property
    def checked(self) -> int:
        return self.counts.get(TranslationState.CHECKED, 0) + self.counts.get(
            TranslationState.GROUP, 0
        )

    @property
    def written(self) -> int:
        return self.counts.get(TranslationState.WRITTEN, 0)

    @property
    def machine(self) -> int:
        return self.counts.get(TranslationState.MACHINE, 0)

    @property
    def outdated(self) -> int:
        return self.counts.get("outdated", 0)

    @property
    def missing(self) -> int:
        return self.counts.get("missing", 0)


def language_overview(edition: Edition) -> list[LanguageRow]:
    """A row for each language but the paper's own; four queries, whatever its size."""
    sources = worth_translating(sources_of(edition))
    own = language_of(edition.strategy.language)
    about = f"edition:{edition.ref}"
    orders = {
        order.language: order
        for order in DraftOrder.objects.filter(about=about, state=OrderState.OPEN)
    }
    counted = counts_by_language(sources)
    rows = []
    for language in LANGUAGES:
        if language == own:
            continue
        counts = counted.get(language.code, {"missing": len(sources)})
        rows.append(LanguageRow(language, len(sources), counts, orders.get(language.code)))
    return rows


@dataclass(frozen=True)
class Beside:
    """One text with its translation, as a row of the page."""

    told: Told
    number: int = 0

    @property
    def kind(self) -> str:
        return self.told.source.subject.partition(":")[0]

    @property
    def key(self) -> str:
        return self.told.source.subject.partition(":")[2]

    @property
    def state(self) -> str:
        return state_in_words(self.told)

    @property
    def is_settled(self) -> bool:
        return self.told.is_current and bool(
            self.told.translation and self.told.translation.is_checked
        )


@dataclass
class SectionBeside:
    """A heading, the texts below it, and where it stands."""

    section: Section | None
    texts: list[Beside] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """The part of a paper on the page, with the positions of its neighbours ("" if none)."""

    page: ReadingPage
    contents: Contents
    before: str = ""
    after: str = ""


def page_of_sections(edition: Edition, position: str) -> Part:
    """The part that begins with, or holds, the section at a position; else the first."""
    contents = contents_of(edition)
    wanted = contents.page_with(position=int(position)) if position.isdecimal() else None
    page = wanted or next(iter(contents.pages), ReadingPage(0, ()))
    before, after = contents.neighbours(page)
    return Part(
        page,
        contents,
        str(before.position) if before else "",
        str(after.position) if after else "",
    )


def in_sections(edition: Edition, part: Part, language: str, shown: str) -> list[SectionBeside]:
    """The texts of a part in order; `shown` is "all", "open", "outdated" or "unchecked"."""
    pks = [heading.pk for heading in part.page.headings]
    sections = list(sections_with_passages(edition).filter(pk__in=pks))
    title = [title_source(edition)] if part.page.index == 0 else []
    sources = [*title, *sources_of(edition, sections)]
    told = told_in(sources, language)
    found = [SectionBeside(None, [Beside(told[s.subject]) for s in title])] if title else []
    for section in sections:
        numbers = {f"passage:{p.identity}": p.number for p in section.passages.all()}
        names = [f"section:{section.identity}", *numbers]
        texts = [Beside(told[name], numbers.get(name, 0)) for name in names if name in told]
        found.append(SectionBeside(section, texts))
    for one in found:
        one.texts = [text for text in one.texts if _is_shown(text, shown)]
    return [one for one in found if one.texts]


def _is_shown(text: Beside, shown: str) -> bool:
    if shown == "open":
        return not text.told.is_current
    if shown == "outdated":
        return text.told.is_outdated
    return not text.is_settled if shown == "unchecked" else True


@dataclass(frozen=True)
class Place:
    """A text in its surroundings: the next one to work on, and where it stands."""

    source: Source
    number: int
    heading: str
    position: int
    following: str


def place_of(edition: Edition, subject: str, language: str) -> Place | None:
    """Where a text stands in an edition; None when it is none of its texts."""
    kind, _colon, key = subject.partition(":")
    if kind not in ("passage", "section", "edition-title"):
        return None
    sections = list(sections_with_passages(edition))
    sources = [title_source(edition), *sources_of(edition, sections)]
    names = [source.subject for source in sources]
    if subject not in names:
        return None
    at = names.index(subject)
    told = told_in(worth_translating(sources[at + 1 :]), language)
    following = next((n for n in names[at + 1 :] if n in told and not told[n].is_current), "")
    for section in sections:
        if kind == "section" and str(section.identity) == key:
            return Place(sources[at], 0, str(section), section.position, following)
        for passage in section.passages.all():
            if kind == "passage" and str(passage.identity) == key:
                return Place(sources[at], passage.number, str(section), section.position, following)
    return Place(sources[at], 0, "", 0, following)
