"""The town's papers in further languages: checked, drafted, outdated; a table that came back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from richtschnur.documents.paper import Sheet
from richtschnur.documents.writing import write_table
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations.translating import COLUMNS
from richtschnur.strategy.queries.in_language import sources_of
from richtschnur.translation.operations import (
    Draft,
    check_translation,
    keep_drafts,
    keep_translation,
)
from richtschnur.translation.sources import Source
from tests.support.visits import Visit

if TYPE_CHECKING:
    from tests.journey.town import Town

WORDS = {
    "de-simple": "Das ist ein Satz in einfacher Sprache.",
    "en": "This is a sentence in English.",
    "uk": "Це речення українською.",
    "ru": "Это предложение по-русски.",
    "ar": "هذه جملة بالعربية (Landkreis Lindwehr, 2027).",
    "fa": "این یک جمله به دری است (Landkreis Lindwehr, 2027).",
    "tr": "Bu Türkçe bir cümledir.",
}


def speak(edition: Edition, at: datetime) -> None:
    """The first texts of an edition in every language, in every state in turn."""
    sources = sources_of(edition)[:9]
    about: dict[str, Any] = {"by": CLI, "at": at}
    for language, words in WORDS.items():
        former = [Source(s.subject, f"Früher: {s.text}") for s in sources[6:8] if not s.is_table]
        drafts = [Draft(s, f"{words} {s.text.count(' ')}") for s in sources[:4] if not s.is_table]
        drafts += [Draft(source, words) for source in former]
        keep_drafts(drafts=drafts, language=language, machine="M", about="edition:x", **about)
        for source in sources[4:6]:
            if not source.is_table:
                kept = keep_translation(source=source, language=language, text=words, **about)
                check_translation(
                    translation=kept,
                    version=kept.version,
                    checker="Integrationsbüro",
                    **about,
                )


def bring_a_table(visit: Visit, town: Town) -> None:
    """The page after a table was read, some of its rows refused."""
    visit.open("strategy:language", town.slug, 2, "uk")
    path = town.folder / "back.xlsx"
    write_table(Sheet("x", COLUMNS, [["passage:x", "", "", "", "", "x", "", ""]]), "xlsx", path)
    visit.page.locator("details.more-acts summary").click()
    visit.page.locator("main input[type=file]").set_input_files(path)
    visit.page.locator("main details.more-acts button").click()
    visit.page.locator("main table").wait_for()


def one_text(language: str, place: int) -> object:
    """The page on which the n-th text of edition 2 is translated."""

    def go(visit: Visit, town: Town) -> object:
        kind, _colon, key = sources_of(town.second)[place].subject.partition(":")
        return visit.open("strategy:translate", town.slug, 2, language, kind, key)

    return go
