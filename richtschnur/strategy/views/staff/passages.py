"""One passage a page: its words, one more behind it, cut in two, dropped."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.forms import (
    AddForm,
    ChangeForm,
    DropForm,
    PassageWork,
    SplitForm,
    fingerprint,
)
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import (
    add_passage,
    change_passage,
    drop_passage,
    split_passage,
)
from richtschnur.strategy.queries import word_changes
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.views.staff.papers import named_edition

FORMS: dict[str, type[PassageWork]] = {
    "change": ChangeForm,
    "add": AddForm,
    "split": SplitForm,
    "drop": DropForm,
}


@requires("strategy.edit")
def passage_edit(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """The passage with its four forms; a stale one shows both texts and keeps what was typed."""
    edition = named_edition(slug, number)
    check_working(edition)
    passage = edition.passages.select_related("section").filter(identity=identity).first()
    if passage is None:
        return _gone(request, edition)
    passage.edition = edition
    act = request.POST.get("do", "change") if request.method == "POST" else ""
    forms = {
        name: kind(
            request.POST if name == act else None,
            passage=passage,
            initial={"text": passage.text} if name == "change" else {},
            auto_id=f"{name}_%s",
        )
        for name, kind in FORMS.items()
    }
    context: dict[str, Any] = {"edition": edition, "passage": passage, "act": act}
    form = forms.get(act)
    if form is not None and form.is_valid():
        try:
            message, there = _do(act, form, request)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
            context |= _as_it_is_now(forms, act, passage, refusal)
        else:
            messages.success(request, message)
            response = redirect("strategy:edit", slug, number)
            response["Location"] += f"#p{there}"
            return response
    context |= {"forms": forms, "paper_language": edition.strategy.language}
    return render(request, "strategy/staff/passage.html", context)


def _do(act: str, form: PassageWork, request: Any) -> tuple[str, int]:
    """Do the one act; a message, and the number of the passage to come back to."""
    passage, given = form.passage, form.cleaned_data
    about: dict[str, Any] = {
        "by": actor_of(request),
        "at": request.at,
        "revision": form.revision_read,
    }
    if act == "change":
        change_passage(passage=passage, text=given["text"], **about)
        return _("The passage has new words."), passage.number
    if act == "add":
        added = add_passage(after=passage, text=given["text"], **about)
        return _("The new passage stands behind the one you chose."), added.number
    if act == "split":
        split_passage(passage=passage, at_character=given["at_character"], **about)
        return _("The passage was cut in two."), passage.number
    drop_passage(passage=passage, reason=given["reason"], **about)
    return _("The passage was dropped; the reason stands in the list of changes."), passage.number


def _as_it_is_now(
    forms: dict[str, PassageWork], act: str, passage: Passage, refusal: Refused
) -> dict[str, Any]:
    """After a stale save: both texts side by side; the next save counts on the present one."""
    if refusal.code != "stale":
        return {}
    form = forms[act]
    now = {"revision": str(passage.edition.revision), "read": fingerprint(passage.text)}
    form.data = {**{name: form.data[name] for name in form.data}, **now}
    typed = str(form.cleaned_data.get("text", ""))
    changes = word_changes(passage.text, typed) if act == "change" else []
    return {"stale": True, "changes": changes}


def _gone(request: Any, edition: Edition) -> HttpResponse:
    """Someone dropped the passage meanwhile: what was typed must not be lost with it."""
    context = {"edition": edition, "typed": request.POST.get("text", "")}
    return render(request, "strategy/staff/passage_gone.html", context, status=404)
