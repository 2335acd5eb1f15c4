"""A register for tests: some organisations, a table in a file, pages in English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from richtschnur.documents.paper import Sheet
from richtschnur.documents.writing import write_table
from richtschnur.journal.actors import CLI
from richtschnur.network.models import Entry, Organization
from richtschnur.network.operations import add_organization, record_consent
from tests.support.world import NOON

TREFF = Entry(
    name="Frauentreff Hagenwerth e. V.",
    legal_form="e. V.",
    kind="club",
    towns=("Hagenwerth", "Silberau"),
    languages=("de", "ar"),
    offers=("german", "women"),
    offer_words="Sprachkreis am Dienstag",
    emails=("post@frauentreff.example",),
    phones=("030 23125 77",),
    websites=("https://www.frauentreff.example",),
    addresses=("Marktgasse 3, 00127 Hagenwerth",),
    hours=("Di 9–12 Uhr",),
)


def keep(entry: Entry = TREFF, *, listed: Sequence[str] | None = None) -> Organization:
    """One organisation in the register, public with these ways to it when `listed` is given."""
    one = add_organization(entry=entry, by=CLI, at=NOON)
    if listed is not None:
        record_consent(
            organization=one,
            purpose="listing",
            shows=listed,
            given_on=NOON.date(),
            by=CLI,
            at=NOON,
        )
        one.refresh_from_db()
    return one


def many(count: int, **more: Any) -> list[Organization]:
    """So many of them, each with a name, town and address of its own."""
    return [
        keep(
            Entry(
                name=f"Verein Nummer {n}",
                towns=(f"Ort {n % 10}",),
                languages=("de", "uk"),
                offers=("sport",),
                emails=(f"post@verein-{n}.example",),
            ),
            **more,
        )
        for n in range(count)
    ]


def table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A table as an office keeps it; the file's ending says the format."""
    width = max(len(row) for row in rows)
    filled = [(*row, *[""] * (width - len(row))) for row in rows]
    if path.suffix == ".csv":
        lines = (";".join(f'"{cell}"' for cell in row) for row in filled)
        path.write_text("\ufeff" + "\r\n".join(lines), "utf-8")
        return path
    sheet = Sheet(
        title="Vereine",
        head=filled[0],
        rows=filled[1:],
        language="de",
        written_at=NOON,
    )
    write_table(sheet, path.suffix[1:], path)  # type: ignore[arg-type]
    return path
