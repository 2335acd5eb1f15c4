"""The poster: what is asked, until when, and the way there, in all languages of the house."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.consultation.models import Consultation
from richtschnur.county.queries import the_county
from richtschnur.documents.writing.poster import Poster, write_poster
from richtschnur.ui.languages import LANGUAGES
from richtschnur.ui.moments import day_in_words, moment_in_words

Size = Literal["a4", "a3"]
SIZES: Final[tuple[Size, ...]] = ("a4", "a3")


def export_poster(
    consultation: Consultation, path: Path, *, address: str, size: Size, at: datetime
) -> None:
    """Write it to `path`; `address` is short, and scanned from the picture. Raises Unwritable."""
    county, language = the_county(), consultation.strategy.language
    spoken = address.partition("://")[2].rstrip("/")
    with override(language):
        poster = Poster(
            title=consultation.title,
            language=language,
            county=county.name,
            lead=_lead(consultation),
            deadline=_("Open until %(end)s") % {"end": moment_in_words(consultation.ends_at)},
            call=_("Scan the picture, or type this address:"),
            address=spoken,
            code=qr_code(address),
            code_words=_("QR code with the address %(address)s") % {"address": spoken},
            lines=_lines(consultation, language),
            accent=county.accent,
            size=size,
            written_at=at,
        )
    write_poster(poster, path)


def _lead(consultation: Consultation) -> str:
    if consultation.edition_id is None:
        return _("Tell us what you know and what you think. You need no account.")
    return _("Read the draft and tell us what you think. You need no account.")


def _lines(consultation: Consultation, language: str) -> tuple[tuple[str, str], ...]:
    """One line in each of the other languages."""
    found = []
    for other in LANGUAGES:
        if other.code == language:
            continue
        with override(other.code):
            line = _("Take part until %(day)s – in your language, too.")
            found.append((other.tag, line % {"day": day_in_words(consultation.ends_at)}))
    return tuple(found)


def qr_code(address: str) -> bytes:
    """The address as a picture that a phone's camera reads, as SVG."""
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", border=2, scale=8, light="#ffffff")
    return out.getvalue()
