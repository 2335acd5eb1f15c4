"""A picture's own page: its file, alternative text and caption; and a new one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.forms import PictureForm
from richtschnur.strategy.models import Passage
from richtschnur.strategy.operations import (
    NewPassage,
    add_passage,
    add_picture,
    change_picture,
    notation_of,
)
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.states import PassageKind
from richtschnur.strategy.views.staff.papers import named_edition

EMPTY_TABLE = "\n".join([" | "] * 3)


def edit(request: Any, passage: Passage, context: dict[str, Any]) -> HttpResponse:
    """Describe the picture, or put another file in its place."""
    is_sent = request.method == "POST"
    form = PictureForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        initial={"text": passage.text, "caption": passage.caption},
        has_picture=passage.picture_id is not None,
    )
    context |= {"form": form, "base": notation_of(passage)}
    if not is_sent or not form.is_valid():
        return render(request, "strategy/staff/picture.html", context)
    try:
        change_picture(
            passage=passage,
            text=form.cleaned_data["text"],
            caption=form.cleaned_data["caption"],
            picture=form.picture,
            base=request.POST.get("base", "").replace("\r\n", "\n"),
            by=actor_of(request),
            at=request.at,
        )
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        passage.refresh_from_db()
        context |= {"present": passage, "base": notation_of(passage)}
        return render(request, "strategy/staff/picture.html", context, status=409)
    messages.success(request, _("The picture is saved."))
    edition = passage.edition
    return redirect(
        "strategy:passage_edit", edition.strategy.slug, edition.number, passage.identity
    )


@requires("strategy.edit")
def add(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """A new picture behind a passage."""
    after = _after(slug, number, identity)
    is_sent = request.method == "POST"
    form = PictureForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid() and form.picture is not None:
        added = add_picture(
            after=after,
            picture=form.picture,
            text=form.cleaned_data["text"],
            caption=form.cleaned_data["caption"],
            by=actor_of(request),
            at=request.at,
        )
        messages.success(request, _("The picture stands behind the passage you chose."))
        return redirect("strategy:passage_edit", slug, number, added.identity)
    context = {"edition": after.edition, "passage": after, "form": form, "is_new": True}
    return render(request, "strategy/staff/picture.html", context)


@requires("strategy.edit")
def add_table(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """An empty table of two columns behind a passage, to be filled in on its own page."""
    after = _after(slug, number, identity)
    if request.method != "POST":
        return redirect("strategy:passage_edit", slug, number, identity)
    new = NewPassage(EMPTY_TABLE, kind=PassageKind.TABLE, caption=after.section.title)
    added = add_passage(after=after, new=new, by=actor_of(request), at=request.at)
    messages.success(request, _("Here is the new table; please fill it in."))
    return redirect("strategy:passage_edit", slug, number, added.identity)


def _after(slug: str, number: int, identity: uuid.UUID) -> Passage:
    edition = named_edition(slug, number)
    check_working(edition)
    passages = edition.passages.select_related("section")
    passage: Passage = get_object_or_404(passages, identity=identity)
    passage.edition = edition
    return passage
