"""Editions as files: to read, and with room to write beside each passage."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.http import FileResponse, Http404
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.strategy.exports import (
    FORMATS,
    TO_WRITE,
    Occasion,
    Translated,
    export_edition,
    export_worksheet,
    file_answer,
    kept_sizes,
    send_to,
    translated,
)
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries.in_language import is_begun
from richtschnur.strategy.views.reading import visible_edition
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.languages import LANGUAGES, language_of

TRANSLATED: Final = ("pdf", "docx", "odt", "html", "md")
LONG: Final = 1500  # passages, from which making a PDF takes noticeable time
PASSAGES_A_SECOND: Final = 500  # that a PDF is made of, at least


@public
def download(request: Any, slug: str, number: int, format: str) -> FileResponse:
    """An edition as a file, `?language=` in a translation, with `&beside` next to the original."""
    shown = visible_edition(request, slug, number)
    if format not in FORMATS:
        raise Http404
    into = _translated(request, shown, format)

    def make(path: Path) -> None:
        export_edition(shown, format, path, at=request.at, into=into)

    name = f"{slug}-{number}{f'-{into.language.code}' if into else ''}"
    variant = into.variant if into else ""
    return file_answer(shown, format, name=name, variant=variant, make=make, at=request.at)


@public
def worksheet(request: Any, slug: str, number: int, format: str) -> FileResponse:
    """An edition with room to write beside each passage."""
    shown = visible_edition(request, slug, number)
    if format not in TO_WRITE:
        raise Http404
    with override(shown.strategy.language):
        lead = _("What do you want to change, add or keep? Please write it beside the passage.")
        occasion = Occasion(lead, (send_to(),), whole_address(request, ""))

    def make(path: Path) -> None:
        export_worksheet(shown, format, path, occasion=occasion, at=request.at)

    name = f"{slug}-{number}-" + _("to-write")
    variant = occasion.variant
    return file_answer(shown, format, name=name, variant=variant, make=make, at=request.at)


def _translated(request: Any, edition: Edition, format: str) -> Translated | None:
    """What the address asks for; None for the original. Raises Http404."""
    code = request.GET.get("language", "")
    if not code or code == language_of(edition.strategy.language).code:
        return None
    if code not in {language.code for language in LANGUAGES} or format not in TRANSLATED:
        raise Http404
    return translated(edition, code, is_beside="beside" in request.GET)


def links(request: Any, edition: Edition) -> str:
    """Fills "strategy.downloads": the formats with what is known of their size and time."""
    sizes = kept_sizes(edition, FORMATS)
    count = edition.passages.count()
    here = language_of(get_language())
    is_own = here == language_of(edition.strategy.language)
    context = {
        "edition": edition,
        "formats": [(name, name.upper(), sizes.get(name)) for name in FORMATS],
        "seconds": round(count / PASSAGES_A_SECOND) if count > LONG and "pdf" not in sizes else 0,
        "to_write": [(name, name.upper()) for name in TO_WRITE],
        "translation": None if is_own or not is_begun(edition, here.code) else here,
        "translated": [(name, name.upper()) for name in TRANSLATED[:3]],
    }
    return render_to_string("strategy/public/_downloads.html", context, request)
