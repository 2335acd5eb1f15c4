"""What a person makes of a suggestion: a topic more, or a place in the paper."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.evaluation.models import Point, TopicSuggestion
from richtschnur.evaluation.operations.holding import locked_points
from richtschnur.evaluation.operations.points import tag_points
from richtschnur.evaluation.operations.suggesting import learn_later
from richtschnur.evaluation.states import Suggested
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record_each
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Section


def take_suggestion(*, suggestion: TopicSuggestion, by: Actor, at: datetime) -> Point:
    """The point gets this topic besides those that it has, or this place; twice is once."""
    point = suggestion.point
    if suggestion.kind == Suggested.TOPIC:
        tag_points(points=[point], topics=[suggestion.name], by=by, at=at, adds=True)
    else:
        set_place(point=point, section=suggestion.section, by=by, at=at)
    return point


@transaction.atomic
def set_place(*, point: Point, section: Section | None, by: Actor, at: datetime) -> list[Point]:
    """Put a point on the whole paper, and all that are grouped with it, to a section; None: none.

    Raises Refused when it was said to a passage, or the section is another paper's.
    """
    require(by, "evaluation.sort")
    held = locked_points([point])
    consultation = held[0].comment.contribution.consultation
    if next(each for each in held if each.pk == point.pk).comment.passage_id is not None:
        raise Refused(_("This was said to a passage of the draft; its place is known."))
    if section is not None and section.edition_id != consultation.edition_id:
        raise Refused(_("This section stands in another edition. Please choose one of this draft."))
    free = [each for each in held if each.comment.passage_id is None]
    Point.objects.filter(pk__in=[each.pk for each in free]).update(section=section)
    data = {"section": str(section.identity) if section else None}
    about = [(f"point:{each.pk}", data) for each in free]
    record_each(act="evaluation.place_point", by=by, at=at, about=about)
    learn_later(consultation=consultation, at=at)
    return free
