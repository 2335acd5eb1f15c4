"""Before a converter sees a DOCX or ODT: what it would forget is written into the text.

Numbers that the office program makes, levels of headings and lists, languages, pictures with
their descriptions, text boxes that swallow their paragraph, tracked changes, tables of contents.
"""

from __future__ import annotations

from typing import Literal

from richtschnur.documents.blocks import Doubt, Unreadable
from richtschnur.documents.reading.limits import Limits
from richtschnur.documents.reading.pictures import Source
from richtschnur.documents.reading.preparing.docx import prepare_docx
from richtschnur.documents.reading.preparing.odt import prepare_odt
from richtschnur.documents.reading.preparing.package import Package, Prepared

__all__ = ["Prepared", "Source", "prepare"]


def prepare(data: bytes, kind: Literal["docx", "odt"], limits: Limits, language: str) -> Prepared:
    """The same file as a converter reads it best. `language` is the paper's.

    Raises Unreadable: damaged, hostile.
    """
    package = Package.open(data)
    try:
        made = (prepare_docx if kind == "docx" else prepare_odt)(package, limits, language)
    except RecursionError:
        raise Unreadable("hostile", "nested too deeply") from None
    if not made.left_out:
        return made
    excerpt = " | ".join(made.left_out[:3])[:200]
    doubt = Doubt("contents-left-out", excerpt, str(len(made.left_out)))
    return Prepared(made.data, made.sources, made.left_out, (doubt,))
