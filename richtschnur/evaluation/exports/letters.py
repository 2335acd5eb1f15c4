"""Letters with answers: one paper, a page for each who gets no mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.county.queries import reference_document, the_county
from richtschnur.documents.paper import (
    Heading,
    PageBreak,
    Paper,
    PaperBlock,
    PaperFormat,
    Text,
    TextStyle,
)
from richtschnur.documents.writing import write
from richtschnur.evaluation.operations.final_notice import language_to, lines_of, subject_of
from richtschnur.evaluation.queries import letters_of
from richtschnur.ui.moments import day_in_words

LETTER_FORMATS = ("docx", "odt", "pdf")


def export_letters(consultation: Consultation, format: str, path: Path, *, at: datetime) -> int:
    """Write all letters that nobody has posted yet to `path`; says how many.

    Raises OSError and documents.paper.Unwritable.
    """
    contributions = [notice.contribution for notice in letters_of(consultation)]
    for contribution in contributions:
        contribution.consultation = consultation
    county, language = the_county(), consultation.strategy.language
    with override(language):
        paper = Paper(
            title=_("Letters with our answers"),
            subtitle=consultation.title,
            language=language,
            blocks=list(_blocks(contributions, at))
            or [Text(_("There is no letter to be posted."))],
            written_at=localtime(at),
            county=county.name,
            accent=county.accent,
        )
        own = reference_document(format)
        write(paper, cast(PaperFormat, format), path, reference=own.path if own else None)
    return len(contributions)


def _blocks(contributions: list[Contribution], at: datetime) -> Iterator[PaperBlock]:
    for contribution in contributions:
        language = language_to(contribution)
        with override(language):
            yield PageBreak()
            yield from _letter(contribution, language, at)


def _letter(contribution: Contribution, language: str, at: datetime) -> Iterator[PaperBlock]:
    """Without a name it is kept for whoever asks with the number."""
    name = str(contribution.sender)
    yield Text(name or _("To be fetched with the number %(n)s") % {"n": contribution.number})
    yield Text(day_in_words(at), "note", language)
    yield Heading(2, subject_of(contribution), language=language)
    for line in lines_of(contribution):
        style: TextStyle = "quote" if line.is_quote else "body"
        yield Text(line.text, style, line.language or language)
