"""Saved views of the queue: kept, renamed, dropped, and opened by themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import SavedView
from richtschnur.evaluation.rules import check_may_change_view
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused

MOST = 50  # views of one person in one consultation


@transaction.atomic
def keep_view(
    *,
    consultation: Consultation,
    owner: User,
    name: str,
    query: str,
    is_shared: bool,
    by: Actor,
    at: datetime,
) -> SavedView:
    """Keep a filter under a name; under one that she has already, it takes its place."""
    require(by, "evaluation.keep_views")
    name = name.strip()[:80]
    if not name:
        raise Refused(_("Please give the view a name."), code="no-name")
    own = SavedView.objects.filter(consultation=consultation, owner=owner)
    if own.exclude(name=name).count() >= MOST:
        raise Refused(_("You have very many views. Please delete one first."), code="too-many")
    view, _is_new = SavedView.objects.update_or_create(
        consultation=consultation,
        owner=owner,
        name=name,
        defaults={"query": query, "is_shared": is_shared},
    )
    _record("keep", view, by, at, is_shared=is_shared)
    return view


@transaction.atomic
def rename_view(
    *, view: SavedView, name: str, is_shared: bool, user: User, by: Actor, at: datetime
) -> SavedView:
    """Give a view another name, or show it to others, or to nobody else any more."""
    check_may_change_view(view, user, by)
    name = name.strip()[:80]
    if not name:
        raise Refused(_("Please give the view a name."), code="no-name")
    others = SavedView.objects.filter(consultation=view.consultation, owner=view.owner, name=name)
    if others.exclude(pk=view.pk).exists():
        raise Refused(_("There is a view of this name already."), code="taken")
    view.name, view.is_shared = name, is_shared
    view.save(update_fields=["name", "is_shared"])
    if not is_shared:
        view.default_for.set(view.default_for.filter(pk=view.owner_id))
    _record("rename", view, by, at, is_shared=is_shared)
    return view


@transaction.atomic
def drop_view(*, view: SavedView, user: User, by: Actor, at: datetime) -> None:
    """Delete a view; the points that it showed are not touched."""
    check_may_change_view(view, user, by)
    _record("drop", view, by, at)
    view.delete()


@transaction.atomic
def choose_default_view(
    *, consultation: Consultation, view: SavedView | None, user: User, by: Actor, at: datetime
) -> None:
    """Let the queue open with this view for this person; None: with all points."""
    require(by, "evaluation.keep_views")
    for each in SavedView.objects.filter(consultation=consultation, default_for=user):
        each.default_for.remove(user)
    if view is not None:
        view.default_for.add(user)
    subject = f"consultation:{consultation.slug}"
    data = {"view": view.pk if view else None}
    record(act="evaluation.choose_default_view", subject=subject, by=by, at=at, data=data)


def _record(what: str, view: SavedView, by: Actor, at: datetime, **data: object) -> None:
    subject = f"consultation:{view.consultation.slug}"
    data |= {"view": view.pk}
    record(act=f"evaluation.{what}_view", subject=subject, by=by, at=at, data=data)
