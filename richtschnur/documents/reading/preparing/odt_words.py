"""Where an ODT holds words that a converter may not look for: fields, shapes, nested tables."""

from __future__ import annotations

from typing import Final

from richtschnur.documents.reading.preparing.odt_styles import TABLE, TEXT
from richtschnur.documents.reading.preparing.package import Element

ROWS: Final = {TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"}
WORDED: Final = {TEXT + "p", TEXT + "h", TEXT + "list"}
FIELDS: Final = {  # their words stand in the text; a converter may not know them
    TEXT + name
    for name in (
        "text-input",
        "placeholder",
        "user-field-get",
        "user-field-input",
        "variable-get",
        "variable-set",
        "variable-input",
        "drop-down",
        "conditional-text",
        "date",
        "title",
        "subject",
        "meta",
        "meta-field",
    )
}


def unnested(cell: Element) -> list[Element]:
    """A cell's blocks; a table within it, which a converter would drop, as those of its cells."""
    made: list[Element] = []
    rest = list(cell)[::-1]
    while rest:
        one = rest.pop()
        inner = one.tag == TABLE + "table" or one.tag in ROWS
        if inner or one.tag in {TABLE + "table-row", TABLE + "table-cell"}:
            rest += list(one)[::-1]
        elif not one.tag.startswith(TABLE):
            made.append(one)
    return made
