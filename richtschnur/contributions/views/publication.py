"""The queue before publication: what is marked, what is blacked out, what is withheld and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import all_consultations
from richtschnur.consultation.states import Publication
from richtschnur.contributions.forms.publication import (
    MARK_NAMES,
    PublishForm,
    UpholdForm,
    WithholdForm,
)
from richtschnur.contributions.models import Attachment, Comment
from richtschnur.contributions.operations import (
    hold_comment,
    publish_clean,
    publish_comment,
    uphold_withholding,
    withhold_comment,
)
from richtschnur.contributions.queries.public_files import files_to_review
from richtschnur.contributions.queries.publication import (
    HELD,
    STANDINGS,
    comments_to_review,
    review_counts,
)
from richtschnur.contributions.rules import Mark, marks_of, marks_of_wording
from richtschnur.contributions.states import speaker_kind
from richtschnur.contributions.views.releasing import decide_on_file
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.queries import word_changes

A_PAGE = 20


@dataclass
class Reviewed:
    """One comment in the queue with its marks and forms."""

    comment: Comment
    marks: list[Mark]
    publish: PublishForm
    withhold: WithholdForm
    uphold: UpholdForm
    wording_marks: list[str]
    files: list[Attachment] = field(default_factory=list)

    @property
    def speaker(self) -> str:
        return speaker_kind(self.comment.contribution.kind)

    @property
    def is_clean(self) -> bool:
        return not self.marks and not self.wording_marks and not self.is_suspect

    @property
    def is_suspect(self) -> bool:
        return getattr(self.comment.contribution, "suspicion", None) is not None

    @property
    def shown(self) -> dict[str, Any]:
        """The published wording as a visible change, without asking for its passage again."""
        wording, passage = self.comment.public.suggestion, self.comment.passage
        changes = word_changes(passage.text, wording) if passage and wording else []
        return {"suggestion": wording, "changes": changes}

    @property
    def pieces(self) -> Iterator[tuple[str, str]]:
        """The text in parts: words, and what a mark says of them ("" without)."""
        text, place = self.comment.text, 0
        for mark in self.marks:
            yield text[place : mark.start], ""
            yield text[mark.start : mark.end], str(MARK_NAMES[mark.kind])
            place = mark.end
        yield text[place:], ""


@requires("contributions.publish")
def review(request: Any, slug: str) -> HttpResponse:
    """Look at what waits, and decide; the other lists take a decision back."""
    consultation = get_object_or_404(all_consultations(), slug=slug)
    if request.method != "POST":
        return _page(request, consultation)
    if "file" in request.POST:
        refusal = decide_on_file(request, consultation)
        if refusal:
            return _page(request, consultation, refusal=refusal, status=409)
        return _back(request, consultation)
    if "clean" in request.POST:
        return _publish_clean(request, consultation)
    rows = comments_to_review_all(consultation)
    pk = request.POST.get("comment", "")
    comment = get_object_or_404(rows, pk=int(pk) if pk.isdecimal() and len(pk) < 16 else 0)
    act = {"publish": _publish, "withhold": _withhold, "hold": _hold, "uphold": _uphold}.get(
        request.POST.get("act", "")
    )
    if act is None:
        return _page(request, consultation)
    return act(request, consultation, comment)


def comments_to_review_all(consultation: Consultation) -> Any:
    """All comments of a consultation, whatever was decided on them."""
    rows = Comment.objects.filter(contribution__consultation=consultation)
    return rows.select_related(
        "contribution__sender",
        "contribution__suspicion",
        "contribution__consultation",
        "withheld",
    )


def _publish(request: Any, consultation: Consultation, comment: Comment) -> HttpResponse:
    reviewed = _reviewed(comment, publishing=request.POST)
    if not reviewed.publish.is_valid():
        return _page(request, consultation, again=reviewed, status=422)
    try:
        publish_comment(
            comment=comment,
            by=actor_of(request),
            at=request.at,
            black_out=reviewed.publish.spans,
            with_wording=reviewed.publish.cleaned_data["wording"],
        )
    except Forbidden:
        raise
    except Refused as refusal:
        reviewed.publish.add_error(None, str(refusal))
        return _page(request, consultation, again=reviewed, status=409)
    return _back(request, consultation, _("The comment is published."))


def _withhold(request: Any, consultation: Consultation, comment: Comment) -> HttpResponse:
    reviewed = _reviewed(comment, withholding=request.POST)
    if not reviewed.withhold.is_valid():
        return _page(request, consultation, again=reviewed, status=422)
    given = reviewed.withhold.cleaned_data
    withhold_comment(comment=comment, by=actor_of(request), at=request.at, **given)
    said = _("The comment is not published. Its sender reads the reason on the receipt.")
    return _back(request, consultation, said)


def _uphold(request: Any, consultation: Consultation, comment: Comment) -> HttpResponse:
    reviewed = _reviewed(comment, upholding=request.POST)
    if not reviewed.uphold.is_valid():
        return _page(request, consultation, again=reviewed, status=422)
    note = reviewed.uphold.cleaned_data["answer"]
    try:
        uphold_withholding(comment=comment, note=note, by=actor_of(request), at=request.at)
    except Forbidden:
        raise
    except Refused as refusal:
        reviewed.uphold.add_error(None, str(refusal))
        return _page(request, consultation, again=reviewed, status=409)
    return _back(request, consultation, _("It stays so. The sender reads your reason."))


def _hold(request: Any, consultation: Consultation, comment: Comment) -> HttpResponse:
    hold_comment(comment=comment, by=actor_of(request), at=request.at)
    said = _("The decision is taken back. The comment waits in the queue again.")
    return _back(request, consultation, said)


def _publish_clean(request: Any, consultation: Consultation) -> HttpResponse:
    keys = [int(pk) for pk in request.POST.getlist("clean") if pk.isdecimal() and len(pk) < 16]
    comments = list(comments_to_review_all(consultation).filter(pk__in=keys[: A_PAGE * 5]))
    try:
        published = publish_clean(comments=comments, by=actor_of(request), at=request.at)
    except Forbidden:
        raise
    except (Refused, ValidationError) as refusal:
        return _page(request, consultation, refusal=str(refusal), status=409)
    said = ngettext("%(n)s comment is published.", "%(n)s comments are published.", len(published))
    return _back(request, consultation, said % {"n": len(published)})


def _back(request: Any, consultation: Consultation, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    show = request.GET.get("show", "")
    query = f"?show={show}" if show in STANDINGS else ""
    address = reverse("contributions:review", args=[consultation.slug])
    response = redirect(f"{address}{query}")
    response.status_code = 303
    return response


def _reviewed(
    comment: Comment, *, publishing: Any = None, withholding: Any = None, upholding: Any = None
) -> Reviewed:
    marks, prefix = marks_of(comment), f"c{comment.pk}"
    telling = [comment.suggestion[m.start : m.end] for m in marks_of_wording(comment)]
    about: dict[str, Any] = {"comment": comment, "marks": marks, "prefix": prefix}
    return Reviewed(
        comment,
        marks,
        PublishForm(publishing, is_wording_clean=not telling, **about),
        WithholdForm(withholding, prefix=prefix),
        UpholdForm(upholding, prefix=prefix),
        telling,
    )


def _with_files(items: list[Reviewed]) -> list[Reviewed]:
    """The files stand with the first comment of each contribution on the page."""
    found = files_to_review({item.comment.contribution_id for item in items})
    for item in items:
        item.files = found.pop(item.comment.contribution_id, [])
    return items


def _page(
    request: Any,
    consultation: Consultation,
    *,
    again: Reviewed | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """A part of one list; a form that has to be looked at once more stands first, as typed."""
    show = request.GET.get("show", "")
    show = show if show in STANDINGS else HELD
    rows = comments_to_review(consultation, show)
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 16:
        rows = rows.filter(pk__gt=int(after))
    wanted = request.GET.get("comment", "")
    if wanted.isdecimal() and len(wanted) < 16:
        rows = rows.filter(pk=int(wanted))
    listed = list(rows[: A_PAGE + 1])
    items = [_reviewed(comment) for comment in listed[:A_PAGE]]
    if again is not None:
        items = [again, *(item for item in items if item.comment.pk != again.comment.pk)]
    context = {
        "consultation": consultation,
        "show": show,
        "items": _with_files(items),
        "again": again,
        "refusal": refusal,
        "clean": [i for i in items if i.is_clean] if show == HELD else [],
        "counts": review_counts(consultation),
        "next_after": listed[A_PAGE - 1].pk if len(listed) > A_PAGE else None,
        "paper_language": consultation.strategy.language,
        "publishes": consultation.publication != Publication.NOT,
    }
    return render(request, "contributions/staff/review.html", context, status=status)
