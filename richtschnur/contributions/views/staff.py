"""The inbox, one original, and what came another way."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.queries import all_consultations
from richtschnur.contributions.forms.returned import ReturnedForm
from richtschnur.contributions.forms.staff import FIRST_ROWS, MORE_ROWS, MOST_ROWS, RecordForm
from richtschnur.contributions.models import Contribution, IncomingMail
from richtschnur.contributions.operations import (
    Submitted,
    files_of,
    forget_sender,
    read_returned,
    receive_file,
    record_mail,
    submit_contribution,
)
from richtschnur.contributions.queries import (
    answers_of,
    attachments_of,
    comments_of,
    contributions_to,
    intake_counts,
    mails,
    matching,
    numbers_by_invitation,
)
from richtschnur.contributions.rules import file_name
from richtschnur.contributions.states import Channel
from richtschnur.contributions.views.mails import mail_to_record, read_of
from richtschnur.contributions.views.public.basket import receipt_address
from richtschnur.contributions.views.scans import Kept, Scans, put_words, scans_in
from richtschnur.contributions.views.uploads import on_disk
from richtschnur.journal.refusals import Forbidden, Refused

ORIGINALS_A_PAGE = 40


def manage_links(request: Any, consultation: Consultation) -> str:
    """Fills "consultation.manage": how much came in, the inbox, and the way to record more."""
    by = actor_of(request)
    if not may(by, "contributions.read"):
        return ""
    context = {
        "consultation": consultation,
        "asks": consultation.questions.exists(),
        "counts": intake_counts(consultation),
        "may_record": may(by, "contributions.record"),
        "may_publish": may(by, "contributions.publish"),
    }
    return render_to_string("contributions/staff/manage_links.html", context, request)


def invitation_answers(request: Any, invitation: Invitation) -> str:
    """Fills "consultation.invitation": links to what came from an office; read once a request."""
    if not may(actor_of(request), "contributions.read"):
        return ""
    cached: dict[int, dict[int, list[str]]] = request.__dict__.setdefault("_by_invitation", {})
    key = invitation.consultation_id
    if key not in cached:
        cached[key] = numbers_by_invitation(key)
    numbers = cached[key].get(invitation.pk)
    if not numbers:
        return ""
    return render_to_string("contributions/staff/invitation_answers.html", {"numbers": numbers})


def _named(slug: str) -> Consultation:
    return get_object_or_404(all_consultations(), slug=slug)


@requires("contributions.read")
def inbox(request: Any, slug: str) -> HttpResponse:
    """All originals of one consultation in the order they came; `q` searches words and senders."""
    consultation = _named(slug)
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]
    rows = matching(contributions_to(consultation), words).prefetch_related("comments")
    page = Paginator(rows, ORIGINALS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": consultation,
        "page": page,
        "words": words,
        "mails_waiting": mails().count(),
        "query": urlencode({"q": words}) + "&" if words else "",
        "may_record": may(actor_of(request), "contributions.record"),
    }
    return render(request, "contributions/staff/inbox.html", context)


@requires("contributions.read")
def original(request: Any, number: str) -> HttpResponse:
    """One original as it came: words, sender, consents, way in."""
    rows = Contribution.objects.select_related(
        "consultation__strategy", "consultation__edition", "sender", "mail"
    )
    contribution = get_object_or_404(rows, number=number)
    sender = contribution.sender
    context = {
        "contribution": contribution,
        "consultation": contribution.consultation,
        "comments": comments_of(contribution),
        "attachments": attachments_of(contribution),
        "answers": answers_of(contribution),
        "consents": contribution.consents.order_by("pk"),
        "paper_language": contribution.consultation.strategy.language,
        "subject": f"contribution:{contribution.pk}",
        "may_record": may(actor_of(request), "contributions.record"),
        "may_forget": may(actor_of(request), "contributions.forget_sender")
        and any((sender.name, sender.organisation, sender.email)),
    }
    return render(request, "contributions/staff/original.html", context)


@requires("contributions.forget_sender")
def forget(request: Any, number: str) -> HttpResponse:
    """Ask, then delete who sent it."""
    contribution = get_object_or_404(Contribution.objects.select_related("sender"), number=number)
    if request.method == "POST":
        forget_sender(contribution=contribution, by=actor_of(request), at=request.at)
        messages.success(request, _("Name and address are deleted."))
        return redirect("contributions:original", number)
    return render(request, "contributions/staff/forget.html", {"contribution": contribution})


@requires("contributions.record")
def record(request: Any, slug: str) -> HttpResponse:
    """Record a letter or another way in; “more rows” keeps all that was typed."""
    consultation = _named(slug)
    wants_words = "read" in request.POST
    wants_more = wants_words or "more" in request.POST
    rows = _row_count(request)
    now = localtime(request.at).replace(second=0, microsecond=0)
    start = {"received_at": now, "key": secrets.token_urlsafe(24), "rows": rows}
    about: dict[str, Any] = {"consultation": consultation, "at": request.at, "rows": rows}
    scans = scans_in(request)
    mail = mail_to_record(request, consultation)
    has_words = False
    if mail is not None:
        start |= _from_mail(mail)
    if wants_more:
        typed: dict[str, Any] = {n: request.POST[n] for n in request.POST if n != "rows"}
        typed["consents"] = request.POST.getlist("consents")
        has_words = wants_words and put_words(scans, typed, rows, consultation)
        form = RecordForm(initial=start | typed, **about)
    else:
        form = RecordForm(request.POST or None, initial=start, **about)
    if request.method == "POST" and not (wants_more or scans.problems) and form.is_valid():
        try:
            submitted = _recorded(request, consultation, form, scans, mail)
        except Forbidden:
            raise
        except (Refused, ValidationError) as refusal:
            form.add_error(None, str(refusal) if isinstance(refusal, Refused) else refusal)
        else:
            _say(request, submitted)
            return redirect("contributions:original", submitted.contribution.number)
    context = {"form": form, "consultation": consultation, "scans": scans, "mail": mail}
    context |= {"has_words": has_words}
    status = 422 if scans.problems else 200
    return render(request, "contributions/staff/record.html", context, status=status)


@requires("contributions.record")
def returned(request: Any, slug: str) -> HttpResponse:
    """Read a returned draft into the form for recording, with the file as its scan."""
    consultation = _named(slug)
    form = ReturnedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _read_in(request, consultation, form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
    context = {"form": form, "consultation": consultation}
    status = 422 if form.is_bound else 200
    return render(request, "contributions/staff/returned.html", context, status=status)


def _read_in(request: Any, consultation: Consultation, upload: UploadedFile) -> HttpResponse:
    name = file_name(upload.name or "")
    with on_disk(upload) as path:
        found = read_returned(consultation=consultation, data=path.read_bytes(), name=name)
        scan = Kept(receive_file(source=path, name=name))
    rows = max(FIRST_ROWS, min(MOST_ROWS, len(found.comments)))
    now = localtime(request.at).replace(second=0, microsecond=0)
    start: dict[str, Any] = {"received_at": now, "key": secrets.token_urlsafe(24), "rows": rows}
    for row, comment in enumerate(found.comments[:rows]):
        start[f"text_{row}"] = comment.text
        start[f"passage_{row}"] = comment.passage.number if comment.passage else None
    form = RecordForm(initial=start, consultation=consultation, at=request.at, rows=rows)
    left = len(found.comments) - rows
    context = {
        "form": form,
        "consultation": consultation,
        "scans": Scans([scan]),
        "about": found.about,
        "read": len(found.comments),
        "left": max(0, left),
    }
    return render(request, "contributions/staff/record.html", context)


def _row_count(request: Any) -> int:
    asked = request.POST.get("rows", "")
    rows = int(asked) if asked.isdecimal() and len(asked) < 5 else FIRST_ROWS
    return max(1, min(MOST_ROWS, rows + (MORE_ROWS if "more" in request.POST else 0)))


def _recorded(
    request: Any,
    consultation: Consultation,
    form: RecordForm,
    scans: Scans,
    mail: IncomingMail | None,
) -> Submitted:
    given = form.cleaned_data
    address = receipt_address(request, "SECRET").replace("SECRET", "{secret}")
    said: dict[str, Any] = {
        "consultation": consultation,
        "comments": form.comments,
        "answers": form.answers,
        "kind": given["kind"],
        "person": form.person,
        "consents": given["consents"],
        "language": given["language"],
        "is_nil_return": given["is_nil_return"],
        "receipt_address": address,
        "invitation": given.get("invitation"),
    }
    by: dict[str, Any] = {"by": actor_of(request), "at": request.at}
    if mail is not None:
        came, refused = files_of(read_of(mail))
        for reason in refused:
            messages.warning(request, reason)
        return record_mail(mail=mail, files=[*scans.files, *came], **by, **said)
    return submit_contribution(
        idempotency_key=f"record:{given['key']}",
        channel=given["channel"],
        received_at=given["received_at"],
        files=scans.files,
        **by,
        **said,
    )


def _from_mail(mail: IncomingMail) -> dict[str, Any]:
    """What the form begins with when a mail is made a contribution."""
    return {
        "received_at": localtime(mail.received_at),
        "channel": Channel.EMAIL,
        "name": mail.sender_name,
        "email": mail.sender_email,
        "text_0": read_of(mail).own,
    }


def _say(request: Any, submitted: Submitted) -> None:
    number = submitted.contribution.number
    if not submitted.is_new:
        messages.info(request, _("This was recorded already, under number %(n)s.") % {"n": number})
        return
    said = _(
        "Recorded under number %(n)s. The sender finds the answer later at this address; it is"
        " shown only now: %(address)s"
    )
    address = receipt_address(request, submitted.secret)
    messages.success(request, said % {"n": number, "address": address})
