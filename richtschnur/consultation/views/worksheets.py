"""The draft with room to write beside each passage, for those who don't type into forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.accounts.middleware import public
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import of_edition, visible_consultation
from richtschnur.consultation.rules import may_see
from richtschnur.consultation.states import Phase
from richtschnur.strategy.exports import (
    TO_WRITE,
    Occasion,
    export_worksheet,
    file_answer,
    send_to,
)
from richtschnur.strategy.models import Edition
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.moments import moment_in_words


@public
def worksheet(request: Any, slug: str, format: str) -> FileResponse:
    """A file of the draft: what it is, until when, where to send it, and room at each passage."""
    consultation = visible_consultation(request, slug)
    edition = consultation.edition
    if edition is None or format not in TO_WRITE or not consultation.is_text_shown(request.at):
        raise Http404
    with override(consultation.strategy.language):
        occasion = _occasion(request, consultation)
        name = f"{slug}-" + _("to-write")

    def make(path: Path) -> None:
        export_worksheet(edition, format, path, occasion=occasion, at=request.at)

    variant = occasion.variant
    return file_answer(edition, format, name=name, variant=variant, make=make, at=request.at)


def _occasion(request: Any, consultation: Consultation) -> Occasion:
    facts = (
        (_("Consultation"), consultation.title),
        (_("You can write until"), moment_in_words(consultation.ends_at)),
        send_to(),
        (_("Or write online"), _address(request, consultation)),
    )
    lead = _("What do you want to change, add or keep? Please write it beside the passage.")
    return Occasion(lead, facts, whole_address(request, ""))


def _address(request: Any, consultation: Consultation) -> str:
    return whole_address(request, reverse("consultation:read", args=[consultation.slug]))


def until_when(request: Any, edition: Edition) -> str:
    """Fills "strategy.writing": the deadline on the printed page with room to write."""
    actor = actor_of(request)
    found = [
        (_("You can write until"), moment_in_words(c.ends_at), _address(request, c))
        for c in of_edition(edition.pk)
        if c.phase(request.at) == Phase.OPEN and may_see(c, actor)
    ]
    rows = format_html_join(
        "", '<div><dt>{}</dt><dd>{}<br><span dir="ltr">{}</span></dd></div>', found
    )
    return format_html("{}", rows)
