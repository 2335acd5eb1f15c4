"""A table of organisations as offices keep it, row by row; a bad row says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.tables import LOOKED_AT, read_rows
from richtschnur.journal.refusals import Refused
from richtschnur.network.models import FIELDS, LISTS, Entry
from richtschnur.network.queries.headings import (
    column_of,
    kind_in,
    kind_named,
    offer_named,
    offers_in,
)
from richtschnur.network.queries.likeness import legal_form_in
from richtschnur.network.queries.speech import value_name
from richtschnur.network.queries.values import (
    emails_in,
    languages_in,
    parts_of,
    phones_in,
    websites_in,
)
from richtschnur.network.states import OrganizationKind
from richtschnur.ui.forms import readable

NOTHING: Final = frozenset(
    ["", "-", "–", "—", "/", "?", "k. a.", "k.a.", "ka", "keine", "keine angabe", "n/a", "n. a."]
)
LIMITS: Final = {"name": 200, "short_name": 60, "legal_form": 60, "offer_words": 4000}
LONGEST_VALUE: Final = {"towns": 80, "languages": 80, "offers": 80}
MOST_VALUES: Final = 60


@dataclass(frozen=True)
class Person:
    """Somebody to talk to, as the table names them. Personal data."""

    name: str
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class TableRow:
    """One row: what it says (`entry`), in which fields (`given`), and what is wrong (`trouble`)."""

    number: int
    entry: Entry
    given: tuple[str, ...] = ()
    identity: str = ""
    persons: tuple[Person, ...] = ()
    trouble: str = ""


@dataclass
class _Cells:
    """The cells of one row by column; several columns of one meaning follow each other."""

    cells: dict[str, list[str]] = field(default_factory=dict)

    def text(self, column: str) -> str:
        return "\n".join(self.cells.get(column, ()))

    def line(self, column: str) -> str:
        return " ".join(self.text(column).split())

    def parts(self, column: str, pattern: str) -> list[str]:
        return parts_of(self.text(column), pattern)


def read_register(path: Path) -> list[TableRow]:
    """The rows of a CSV, XLSX or ODS; titles above the head and empty rows are passed over.

    Numbers count from the table's first row. Raises Unreadable, and Refused without a head.
    """
    rows = list(read_rows(path))
    head, columns = _head(rows)
    found = []
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        cells = _cells(row, columns)
        if cells.cells:
            found.append(_row(number, cells))
    return found


def table_trouble(error: Unreadable, name: str) -> str:
    """Why a table could not be read, and what to do."""
    sentences = {
        "empty": _("“%(name)s” is empty. Please choose the file with the table."),
        "encrypted": _("“%(name)s” is protected by a password. Please save it without one."),
        "oversized": _("“%(name)s” is too big. Please split it."),
        "wrong-encoding": _("“%(name)s” is not readable as text. Please save it as UTF-8."),
    }
    damaged = _("“%(name)s” can't be read. Please save it as XLSX, ODS or CSV and try again.")
    return sentences.get(error.code, damaged) % {"name": name}


def _head(rows: list[list[str]]) -> tuple[int, dict[int, str]]:
    """The row that names the columns: among the first ones that which names most of them."""
    best = 0
    known: dict[int, str] = {}
    for number, row in enumerate(rows[:LOOKED_AT]):
        columns = {at: column for at, cell in enumerate(row) if (column := column_of(cell))}
        if "name" in columns.values() and len(set(columns.values())) > len(set(known.values())):
            best, known = number, columns
    if not known:
        raise Refused(
            _(
                "No row of this table names its columns. Please write a row with “Name” and what"
                " else there is, for example “Ort”, “E-Mail”, “Telefon”, above the others."
            ),
            code="head",
        )
    return best, known


def _cells(row: list[str], columns: dict[int, str]) -> _Cells:
    cells = _Cells()
    for at, column in columns.items():
        text = row[at].strip() if at < len(row) else ""
        if text.lower() not in NOTHING:
            cells.cells.setdefault(column, []).append(text)
    return cells


def _row(number: int, cells: _Cells) -> TableRow:
    name = cells.line("name")
    try:
        for texts in cells.cells.values():
            for text in texts:
                readable(text)
        entry = _entry(name, cells)
        _check_lengths(entry)
        identity, persons = _identity(cells.line("id")), _persons(cells)
    except (Refused, ValidationError) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return TableRow(number, Entry(name=name[:200]), trouble=reason)
    given = tuple(f for f in FIELDS if getattr(entry, f) and (f != "kind" or "kind" in cells.cells))
    return TableRow(number, entry, given, identity, persons)


def _identity(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""  # numbers of the office's own, which the register does not know


def _entry(name: str, cells: _Cells) -> Entry:
    if not name:
        raise Refused(_("The name is missing."))
    areas, words = _offers(cells)
    form = legal_form_in(cells.line("legal_form")) or cells.line("legal_form")
    return Entry(
        name=name,
        short_name=cells.line("short_name"),
        legal_form=form or legal_form_in(name),
        kind=_kind(cells.line("kind"), name, form or legal_form_in(name)),
        towns=tuple(cells.parts("towns", r"[,;\n]") or _places(cells)),
        languages=languages_in(cells.text("languages")),
        offers=areas,
        offer_words=words,
        emails=emails_in(cells.text("emails")),
        phones=phones_in(cells.text("phones")),
        websites=websites_in(cells.text("websites")),
        addresses=_addresses(cells),
        hours=tuple(cells.parts("hours", r"[;\n]")),
    )


def _kind(written: str, name: str, form: str) -> str:
    if written:
        return kind_named(written) or OrganizationKind.OTHER.value
    by_form = {"e. V.": OrganizationKind.CLUB, "GmbH": OrganizationKind.COMPANY}
    return kind_in(name) or by_form.get(form, OrganizationKind.OTHER).value


def _offers(cells: _Cells) -> tuple[tuple[str, ...], str]:
    """Areas, and what was said beyond their names: nothing that was written is lost."""
    areas: list[str] = []
    words: list[str] = []
    for part in cells.parts("offers", r"[,;\n]"):
        exact = offer_named(part)
        areas += [exact] if exact else offers_in(part)
        words += [] if exact else [part]
    said = "\n".join(filter(None, [", ".join(words), cells.text("offer_words").strip()]))
    return tuple(dict.fromkeys(areas)), said


def _places(cells: _Cells) -> list[str]:
    lines = cells.parts("place", r"[,;\n]") or cells.parts("place_line", r"[;\n]")
    return [re.sub(r"^(?:D-)?\d{5}\s+", "", line) for line in lines]


def _addresses(cells: _Cells) -> tuple[str, ...]:
    """Whole addresses, one a semicolon; else street, postal code and place put together."""
    whole = [", ".join(p.split("\n")) for p in re.split(r";", cells.text("addresses"))]
    found = [" ".join(address.split()).strip(" ,") for address in whole]
    if not any(found) and cells.line("street"):
        place = f"{cells.line('postal_code')} {cells.line('place')}".strip()
        found = [", ".join(filter(None, [cells.line("street"), place or cells.line("place_line")]))]
    return tuple(dict.fromkeys(address for address in found if address))


def _persons(cells: _Cells) -> tuple[Person, ...]:
    """Names as they stand; role and ways to reach belong to the first."""
    names = [n for n in cells.parts("contact", r"[;\n]") if "@" not in n]
    emails = emails_in(cells.text("contact_email"))
    first = {
        "role": cells.line("contact_role")[:120],
        "email": emails[0] if emails else "",
        "phone": cells.line("contact_phone")[:60],
    }
    return tuple(
        Person(name[:120], **first) if at == 0 else Person(name[:120])
        for at, name in enumerate(names[:10])
    )


def _check_lengths(entry: Entry) -> None:
    for name, limit in LIMITS.items():
        if len(getattr(entry, name)) > limit:
            raise Refused(_("This is too long: “%(text)s …”") % {"text": getattr(entry, name)[:60]})
    for name in LISTS:
        values: Iterable[str] = getattr(entry, name)
        for value in values:
            if len(value) > LONGEST_VALUE.get(name, 300):
                raise Refused(_("This is too long: “%(text)s …”") % {"text": value[:60]})
        if len(tuple(values)) > MOST_VALUES:
            text = ", ".join(value_name(name, value) for value in values)
            raise Refused(_("This is too long: “%(text)s …”") % {"text": text[:60]})
