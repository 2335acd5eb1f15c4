"""What the desk's views share: the person, her consultation, her filter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User, actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.evaluation.models import Order, Point
from richtschnur.evaluation.queries import (
    Gathered,
    PointFilter,
    Progress,
    gathered,
    not_indexed,
    point_of,
    points_of,
    progress,
    visible_points,
)
from richtschnur.journal.actors import Actor
from richtschnur.ui.moments import number_in_words


@dataclass(frozen=True)
class Desk:
    """One request at the desk."""

    user: User
    actor: Actor
    consultation: Consultation
    chosen: PointFilter
    at: datetime

    def point(self, pk: int) -> Point:
        return point_of(self.consultation, pk, self.user, self.actor)

    @property
    def sees_all(self) -> bool:
        return may(self.actor, "evaluation.answer_any")

    def visible(self) -> QuerySet[Point]:
        """All points that this person works on."""
        return visible_points(self.consultation, self.user, self.actor)

    def around(self, point: Point | None = None) -> Gathered:
        """What a page shows around a list or a point; one query."""
        words = self.chosen.q
        fresh = not_indexed(self.visible(), self.consultation, words) if words else None
        return gathered(self.consultation, self.user, point, fresh=fresh)

    def listed(self, around: Gathered | None = None) -> QuerySet[Point]:
        """Those of them that her filter shows, in order."""
        fresh = around.fresh if around else None
        return points_of(self.consultation, self.user, self.actor, self.chosen, self.at, fresh)

    def progress(
        self, numbers: list[int] | None = None, around: Gathered | None = None
    ) -> Progress:
        consultation = self.consultation if self.sees_all else None
        return progress(self.visible(), consultation, numbers, around.tally if around else None)

    def address(self, name: str, pk: int | None = None, *, fragment: str = "") -> str:
        """The address of one of the desk's pages, with the filter."""
        arguments = [self.consultation.slug] if pk is None else [self.consultation.slug, pk]
        query = self.chosen.query()
        url = reverse(f"evaluation:{name}", args=arguments)
        return f"{url}?{query}{fragment}" if query else f"{url}{fragment}"


def desk_of(request: Any, slug: str) -> Desk:
    """Who works on what in this request. Raises Refused when there is no such consultation."""
    chosen = PointFilter.read(request.GET)
    return Desk(request.user, actor_of(request), consultation_by_slug(slug), chosen, request.at)


def back(
    request: HttpRequest, desk: Desk, pk: int, said: str, *, fragment: str = ""
) -> HttpResponseRedirect:
    """Back to the point's page with a sentence about what was done."""
    messages.success(request, said)
    return HttpResponseRedirect(desk.address("point", pk, fragment=fragment))


def said_of(order: Order | None, said: str) -> str:
    """What was done, or that the worker does it, for a group too large for one act."""
    if order is None:
        return said
    return _("These are %(n)s points: they are reached one after the other, see below.") % {
        "n": number_in_words(order.total)
    }


def sentence(error: Exception) -> str:
    """What an operation refused, for the page."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def put_in(form: Form, name: str, value: object) -> None:
    """Put another value into a hidden field of a form that is shown again as it was typed."""
    data = cast(QueryDict, form.data).copy()
    data[name] = str(value)
    form.data = data
