"""One passage a page: its words, what it is, where it stands, one more, a cut, the end of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.documents.notation import from_notation
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.forms import (
    AddForm,
    ChangeForm,
    DropForm,
    KindForm,
    MoveForm,
    PassageWork,
    SplitForm,
)
from richtschnur.strategy.models import Edition, Passage, PassageDraft
from richtschnur.strategy.operations import (
    NewPassage,
    add_passage,
    change_kind,
    change_passage,
    drop_passage,
    join_passages,
    keep_draft,
    move_passage,
    notation_of,
    set_aside,
    split_passage,
)
from richtschnur.strategy.queries.editing import notes_wanted, others_typing
from richtschnur.strategy.queries.notes import notes_of
from richtschnur.strategy.queries.remarks import remarks_on
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.states import PassageKind
from richtschnur.strategy.views.staff import conflicts, pictures, tables
from richtschnur.strategy.views.staff.papers import named_edition
from richtschnur.ui.languages import name_of

FORMS: dict[str, type[PassageWork]] = {
    "change": ChangeForm,
    "add": AddForm,
    "kind": KindForm,
    "move": MoveForm,
    "split": SplitForm,
    "drop": DropForm,
}
SHARED = ("kind", "move", "drop", "add")


@requires("strategy.edit")
def passage_edit(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """The passage with its forms; where two people met, both texts, and nothing is lost."""
    edition = named_edition(slug, number)
    check_working(edition)
    passage = edition.passages.select_related("section").filter(identity=identity).first()
    if passage is None:
        return _gone(request, edition)
    passage.edition = edition
    act = request.POST.get("do", "change") if request.method == "POST" else ""
    if act in ("discard", "theirs"):
        return _set_aside(request, passage)
    if act == "join":
        return _joined(request, passage)
    if passage.kind == PassageKind.TABLE and act not in SHARED:
        return tables.edit(request, passage, parts(request, passage, ""))
    if passage.kind == PassageKind.PICTURE and act not in SHARED:
        return pictures.edit(request, passage, parts(request, passage, ""))
    return _worded(request, passage, act)


def _worded(request: Any, passage: Passage, act: str) -> HttpResponse:
    context = parts(request, passage, act)
    form = context["forms"].get(act)
    if form is None:
        draft = _draft(request, passage)
        if draft and not _same(draft.base, notation_of(passage)):
            return conflicts.page(request, passage, draft.text, draft.base, status=200)
        return _page(request, context | {"draft": draft})
    if not form.is_valid():
        return _page(request, context)
    try:
        message, there = _do(act, form, request)
    except Forbidden:
        raise
    except Refused as refusal:
        if refusal.code == "stale":
            typed, base = form.cleaned_data["text"], form.cleaned_data["base"]
            keep_draft(passage=passage, text=typed, base=base, by=actor_of(request), at=request.at)
            passage.refresh_from_db()
            return conflicts.page(request, passage, typed, base, status=409)
        form.add_error(None, str(refusal))
        return _page(request, context)
    messages.success(request, message)
    return back_to(passage.edition, there)


def back_to(edition: Edition, passage: Passage) -> HttpResponseRedirect:
    """The edition, where this passage stands."""
    address = reverse("strategy:edit", args=[edition.strategy.slug, edition.number])
    where = Passage.objects.filter(pk=passage.pk).values_list("section__position", flat=True)
    section = where.first()
    query = "" if section is None else f"?section={section}"
    return HttpResponseRedirect(f"{address}{query}#p{passage.number}")


def parts(request: Any, passage: Passage, act: str) -> dict[str, Any]:
    """What the pages of all kinds of passages show; the form of `act` holds what was sent."""
    draft = _draft(request, passage)
    shown = {"text": draft.text, "base": draft.base} if draft else {}
    forms = {
        name: kind(
            request.POST if name == act else None,
            passage=passage,
            initial=shown if name == "change" else {},
            auto_id=f"{name}_%s",
        )
        for name, kind in FORMS.items()
    }
    notes = notes_of(passage)
    by = actor_of(request)
    return {
        "edition": passage.edition,
        "passage": passage,
        "act": act,
        "forms": forms,
        "draft": draft,
        "notes": notes_wanted(passage, notes),
        "others": others_typing(
            passage.edition, but=by.id, at=request.at, identity=passage.identity
        ),
        "remarks": remarks_on(passage),
        "paper_language": passage.edition.strategy.language,
    }


def _page(request: Any, context: dict[str, Any]) -> HttpResponse:
    typed = str(context["forms"]["change"]["text"].value() or "")
    context["looks"] = from_notation(typed[:60_000])
    return render(request, "strategy/staff/passage.html", context)


def _draft(request: Any, passage: Passage) -> PassageDraft | None:
    own = PassageDraft.objects.filter(edition_id=passage.edition_id, identity=passage.identity)
    return own.filter(author=actor_of(request).id).first()


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _do(act: str, form: Any, request: Any) -> tuple[str, Passage]:
    """Do the one act; a message, and the passage to come back to."""
    passage, given = form.passage, form.cleaned_data
    about: dict[str, Any] = {"by": actor_of(request), "at": request.at}
    if act == "change":
        return _change(form, about)
    if act == "add":
        return _("The new passage stands behind the one you chose."), _add(form, about)
    if act == "kind":
        changed = change_kind(
            passage=passage,
            kind=given["kind"],
            level=given["level"],
            label=given["label"],
            language=given["language"],
            **about,
        )
        return _kind_said(changed), changed
    if act == "move":
        into, is_first = given["section"], given["place"] == "first"
        moved = move_passage(passage=passage, into=into, is_first=is_first, **about)
        return _("The passage now stands in “%(section)s”.") % {"section": into}, moved
    if act == "split":
        split_passage(passage=passage, at_character=given["at_character"], **about)
        return _("The passage was cut in two."), passage
    drop_passage(passage=passage, reason=given["reason"], **about)
    return _("The passage was dropped; the reason stands in the list of changes."), passage


def _change(form: Any, about: dict[str, Any]) -> tuple[str, Passage]:
    words = {"text": form.plain, "marks": form.marks, "base": form.cleaned_data["base"]}
    former = notation_of(form.passage)
    changed = change_passage(passage=form.passage, **words, **about)
    if notation_of(changed) == former:
        return _("The passage says what it said before."), changed
    return _("The passage has new words."), changed


def _kind_said(passage: Passage) -> str:
    said = {"kind": passage.get_kind_display(), "language": name_of(passage.language)}
    if passage.language:
        return _("It is now: %(kind)s, in this language: %(language)s.") % said
    return _("It is now: %(kind)s.") % said


def _add(form: Any, about: dict[str, Any]) -> Passage:
    given, passage = form.cleaned_data, form.passage
    sign = str(form.data.get("sign", ""))[:20]
    kind = PassageKind.NOTE if sign else given["kind"]
    new = NewPassage(form.plain, form.marks, kind=kind, label=sign)
    return add_passage(after=passage, new=new, **about)


def _joined(request: Any, passage: Passage) -> HttpResponse:
    joined = join_passages(passage=passage, by=actor_of(request), at=request.at)
    messages.success(request, _("Both passages are one now."))
    return back_to(passage.edition, joined)


def _set_aside(request: Any, passage: Passage) -> HttpResponse:
    typed, _marks = from_notation(request.POST.get("text", "")[:60_000])
    kept = set_aside(
        passage=passage,
        text=request.POST.get("text", "")[:60_000] if typed.strip() else "",
        by=actor_of(request),
        at=request.at,
    )
    if kept:
        messages.info(
            request, _("What you had typed is set aside; it stands in the passage's history.")
        )
    edition = passage.edition
    return redirect(
        "strategy:passage_edit", edition.strategy.slug, edition.number, passage.identity
    )


def _gone(request: Any, edition: Edition) -> HttpResponse:
    """Dropped or joined meanwhile: what was typed is shown once more."""
    context = {"edition": edition, "typed": request.POST.get("text", "")}
    return render(request, "strategy/staff/passage_gone.html", context, status=404)
