"""The words of a file that staff have added, to be checked before they are recorded."""

from __future__ import annotations

from django.utils.translation import gettext as _

from richtschnur.contributions.operations.attaching import NewFile
from richtschnur.documents.as_text import as_text
from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading import read
from richtschnur.files.operations import held_path
from richtschnur.journal.refusals import Refused

READABLE = frozenset(["pdf", "docx", "odt", "text"])


def words_of_file(*, file: NewFile, language: str) -> str:
    """What stands in a held file, a blank line between paragraphs; stores nothing.

    `language` is what the file is likely written in. Raises Refused with what to do.
    """
    if file.kind not in READABLE:
        raise Refused(
            _("“%(name)s” holds no text that can be read. Please type it.") % {"name": file.name}
        )
    try:
        text = as_text(read(held_path(file.key), language=language))
    except (Unreadable, OSError):
        text = ""
    if not text.strip():
        raise Refused(
            _(
                "No words could be read from “%(name)s”; perhaps it is a picture of a page. Please"
                " type them, or use a file with text in it."
            )
            % {"name": file.name}
        )
    return text
