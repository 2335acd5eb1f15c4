"""The texts of an edition in one language as a table, for a translator's office and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from richtschnur.documents.paper import Sheet, Value
from richtschnur.documents.writing import write_table
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations.translating import COLUMNS, as_typed
from richtschnur.strategy.queries.in_language import sources_of, state_in_words
from richtschnur.translation.queries import told_in
from richtschnur.ui.languages import BY_CODE


def export_language(edition: Edition, language: str, path: Path, *, at: datetime) -> None:
    """Write XLSX: German beside the translation, in reading order.

    The heads are the same in every language, since the file is read again by them.
    """
    sheet = Sheet(
        title=f"{edition.strategy.slug} {language}",
        head=COLUMNS,
        rows=_rows(edition, language),
        written_at=at,
    )
    write_table(sheet, "xlsx", path)


def _rows(edition: Edition, language: str) -> Iterator[tuple[Value, ...]]:
    sources = sources_of(edition)
    told = told_in(sources, language)
    numbers = {
        f"passage:{p.identity}": p.number for p in edition.passages.only("identity", "number")
    }
    for source in sources:
        one = told[source.subject]
        kept = one.translation
        number = numbers.get(source.subject)
        yield (
            source.subject,
            source.fingerprint,
            _("Passage %(n)s") % {"n": number} if number else _("Heading"),
            as_typed(source, is_table=source.is_table),
            source.caption,
            as_typed(kept, is_table=source.is_table) if kept else "",
            kept.caption if kept else "",
            state_in_words(one),
        )


def file_name(edition: Edition, language: str) -> str:
    """How the file is called."""
    return f"{edition.strategy.slug}-{edition.number}-{BY_CODE[language].code}.xlsx"
