"""Final notices at the desk: who is to be told, one act, how far it is, the letters."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.rules import may
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.evaluation import operations
from richtschnur.evaluation.exports.letters import LETTER_FORMATS, export_letters
from richtschnur.evaluation.operations.final_notice import Line, language_to, lines_of, subject_of
from richtschnur.evaluation.queries import letters_of, notice_standing, to_tell
from richtschnur.evaluation.views.context import Desk, desk_of
from richtschnur.journal.refusals import Refused
from richtschnur.ui.numbers import whole_number


@requires("evaluation.notify")
def notices(request: Any, slug: str) -> HttpResponse:
    """Who is to be told, and an example."""
    return _page(request, desk_of(request, slug))


@require_POST
@requires("evaluation.notify")
def send(request: Any, slug: str) -> HttpResponse:
    """Tell all who can be told."""
    desk = desk_of(request, slug)
    try:
        number = operations.send_notices(
            consultation=desk.consultation, by=desk.actor, at=request.at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(n)d sender is told. Mails go out by themselves; letters wait below.",
            "%(n)d senders are told. Mails go out by themselves; letters wait below.",
            number,
        )
        messages.success(request, said % {"n": number})
    return HttpResponseRedirect(desk.address("notices"))


@requires("evaluation.notify")
def letters(request: Any, slug: str, format: str) -> FileResponse:
    """All letters that nobody has posted yet, a page for each."""
    if format not in LETTER_FORMATS:
        raise Http404
    desk = desk_of(request, slug)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"letters.{format}"
        export_letters(desk.consultation, format, path, at=request.at)
        response = FileResponse(path.open("rb"), content_type=MEDIA_TYPES[format])
    name = f"{slug}-{request.at:%Y-%m-%d}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires("evaluation.notify")
def post(request: Any, slug: str) -> HttpResponse:
    """The letters were posted: those that the page counted, none that came later."""
    desk = desk_of(request, slug)
    until = whole_number(request.POST.get("until")) or 0
    try:
        number = operations.post_letters(
            consultation=desk.consultation, until=until, by=desk.actor, at=request.at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(n)d letter is posted.", "%(n)d letters are posted.", number)
        messages.success(request, said % {"n": number})
    return HttpResponseRedirect(desk.address("notices"))


def _page(request: Any, desk: Desk) -> HttpResponse:
    last = letters_of(desk.consultation).order_by("-pk").first()
    context = {
        "consultation": desk.consultation,
        "may_carry_out": may(desk.actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(desk.actor, "evaluation.boilerplates"),
        "standing": notice_standing(desk.consultation),
        "until": last.pk if last else None,
        "formats": LETTER_FORMATS,
        "example": _example(desk),
    }
    return render(request, "evaluation/staff/notices.html", context)


def _example(desk: Desk) -> dict[str, Any] | None:
    """What the first one would read, in his language."""
    first = to_tell(desk.consultation).first()
    if first is None:
        return None
    first.consultation = desk.consultation
    language = language_to(first)
    with override(language):
        lines: list[Line] = list(lines_of(first))
        subject = subject_of(first)
    return {"subject": subject, "lines": lines, "language": language}
