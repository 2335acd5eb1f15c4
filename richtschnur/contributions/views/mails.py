"""Mails that came in: looked at, assigned to a consultation, set aside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import all_consultations
from richtschnur.contributions.models import IncomingMail
from richtschnur.contributions.operations import assign_mail, set_mail_aside
from richtschnur.contributions.queries import mails
from richtschnur.contributions.states import MailState
from richtschnur.contributions.views.attachments import NOTHING_RUNS
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.parsing import ReadMail, read_mail

MAILS_A_PAGE = 50
LARGEST_KEY = 2**63 - 1  # databases break over more


@requires("contributions.record")
def incoming(request: Any) -> HttpResponse:
    """What came in by mail: what waits, or (`state`) what is recorded or set aside."""
    asked = request.GET.get("state", "")
    state = asked if asked in (MailState.RECORDED, MailState.ASIDE) else ""
    page = Paginator(mails(state), MAILS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "query": f"state={state}&" if state else ""}
    return render(request, "contributions/staff/mails.html", context)


@requires("contributions.record")
def mail(request: Any, pk: int) -> HttpResponse:
    """One mail, and what it shall become."""
    found = mail_named(pk)
    if request.method == "POST":
        return _decide(request, found)
    context = {
        "mail": found,
        "read": read_of(found) if found.file.path.is_file() else None,
        "consultations": all_consultations().order_by("-opens_at"),
    }
    return render(request, "contributions/staff/mail.html", context)


@requires("contributions.record")
def raw_mail(request: Any, pk: int) -> FileResponse:
    """The mail as it came, to keep on disk."""
    found = mail_named(pk)
    if not found.file.path.is_file():
        raise Http404
    response = FileResponse(
        found.file.path.open("rb"),
        as_attachment=True,
        filename=found.file.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cache-Control"] = "no-store, private"
    return response


def mail_named(pk: int) -> IncomingMail:
    """The mail with this number. Raises Http404."""
    rows = IncomingMail.objects.select_related("file", "consultation", "contribution")
    return get_object_or_404(rows, pk=min(pk, LARGEST_KEY))


def mail_to_record(request: Any, consultation: Consultation) -> IncomingMail | None:
    """The mail that is being made a contribution to this consultation, if the address names one."""
    asked = request.POST.get("mail") or request.GET.get("mail", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    found = mail_named(int(asked))
    is_there = found.consultation_id == consultation.pk and found.file.path.is_file()
    return found if is_there else None


def read_of(found: IncomingMail) -> ReadMail:
    """A mail taken apart, from the bytes as they came."""
    return read_mail(found.file.path.read_bytes())


def _decide(request: Any, found: IncomingMail) -> HttpResponse:
    about: dict[str, Any] = {"mail": found, "by": actor_of(request), "at": request.at}
    try:
        if "aside" in request.POST:
            set_mail_aside(**about)
            messages.success(request, _("The mail is set aside."))
            return redirect("contributions:mails")
        slug = request.POST.get("consultation", "").replace("\0", "")
        consultation = all_consultations().filter(slug=slug).first()
        if consultation is None:
            messages.warning(request, _("Please choose a consultation."))
            return redirect("contributions:mail", found.pk)
        assign_mail(consultation=consultation, **about)
    except Forbidden:
        raise
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The mail is assigned. Now you can record it."))
    return redirect("contributions:mail", found.pk)
