"""Who may weigh, answer and release, and when an answer is ready."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.rules import ADMINISTRATION, REVIEW, STAFF, STEERING, Row, declare, may
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.states import Decision, PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.journal.words import name_acts

declare(
    Row("evaluation.read", STAFF, "read points and answers"),
    Row("evaluation.sort", STEERING, "split and join points, set topics, assign, set due dates"),
    Row("evaluation.clear", STEERING, "say that the words of a point may be shown to everyone"),
    Row("evaluation.boilerplates", STEERING, "keep boilerplates for answers"),
    Row("evaluation.answer", STAFF, "write answers; a department only to points assigned to it"),
    Row("evaluation.answer_any", STEERING, "write answers to any point"),
    Row("evaluation.release", REVIEW, "release answers that somebody else wrote"),
    Row("evaluation.carry_out", ADMINISTRATION, "change a passage because of an answer"),
    Row("evaluation.export", STAFF, "export the overview of answers"),
)

AT_ONCE = 1000  # points that one act answers, assigns or releases
PASSAGE, SECTION, PAPER, TOPIC = "Absatz", "Abschnitt", "Konzept", "Thema"
PLACEHOLDERS = (PASSAGE, SECTION, PAPER, TOPIC)  # German, as the answers that they stand in
PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown(text: str) -> list[str]:
    """What stands in braces but is no placeholder, as it was written."""
    found = PLACEHOLDER.finditer(text)
    return [each[0] for each in found if each[1].strip() not in PLACEHOLDERS]


def unfilled(text: str) -> list[str]:
    """The placeholders that still stand in an answer, as they were written."""
    return [each[0] for each in PLACEHOLDER.finditer(text) if each[1].strip() in PLACEHOLDERS]


def check_may_answer(point: Point, by: Actor, office_id: int | None) -> None:
    """Raise Forbidden unless this actor, of this office, may answer the point."""
    if may(by, "evaluation.answer_any"):
        return
    assigned = point.office_id is not None and point.office_id == office_id
    if may(by, "evaluation.answer") and (assigned or str(point.assignee_id) == by.id):
        return
    raise Forbidden(
        _("This point is assigned to another office. Please ask the administration to assign it.")
    )


def check_not_closed(point: Point) -> None:
    """Raise Refused when the point's contribution was erased."""
    if point.state == PointState.CLOSED:
        raise Refused(
            _("The contribution was erased: there is nothing left to answer. Nothing was saved."),
            code="transition",
        )


def check_complete(decision: str, reason: str, forwarded_to: str) -> None:
    """Raise Refused unless an answer has all that a release needs."""
    if not decision:
        raise Refused(_("Please choose a decision."), code="no-decision")
    if not reason.strip():
        raise Refused(_("Please give the reason in one or two sentences."), code="no-reason")
    if left := unfilled(reason):
        raise Refused(
            _("Please put words in the place of %(placeholder)s.") % {"placeholder": left[0]},
            code="placeholder",
        )
    if decision == Decision.NOT_RESPONSIBLE and not forwarded_to.strip():
        raise Refused(_("Please say to whom it was passed on."), code="no-receiver")


def check_release(response: Response, point: Point, authors: set[int], by: Actor) -> None:
    """Raise unless this answer waits for release and somebody else wrote every version of it."""
    if point.state != PointState.HANDED_IN or response.handed_in_at is None:
        raise Refused(_("This answer is not waiting for release."), code="transition")
    if by.kind != "user":
        raise Forbidden(_("Only a person who is logged in can release an answer."))
    if int(by.id) in authors:
        raise Forbidden(_("Somebody else must release this answer: you have written on it."))


name_acts(
    {
        "evaluation.keep_boilerplate": gettext_lazy("a boilerplate was kept"),
        "evaluation.retire_boilerplate": gettext_lazy("a boilerplate was retired"),
        "evaluation.restore_boilerplate": gettext_lazy("a boilerplate was taken back into use"),
        "evaluation.group_points": gettext_lazy("points were grouped"),
        "evaluation.ungroup_point": gettext_lazy("a point was taken out of its group"),
        "evaluation.find_alike": gettext_lazy("points were compared by machine"),
        "evaluation.evaluate_points": gettext_lazy("all points were read by machine"),
        "evaluation.order_topics": gettext_lazy("suggestions of topics were asked for"),
        "evaluation.suggest_topics": gettext_lazy("topics were suggested by machine"),
        "evaluation.place_point": gettext_lazy("a point's place in the paper was set"),
        "evaluation.decline_likeness": gettext_lazy("a machine's proposal was declined"),
        "evaluation.split_point": gettext_lazy("a point was split"),
        "evaluation.join_points": gettext_lazy("points were joined"),
        "evaluation.tag_point": gettext_lazy("topics were set"),
        "evaluation.assign_point": gettext_lazy("a point was assigned"),
        "evaluation.clear_words": gettext_lazy("the words of a point were shown or hidden"),
        "evaluation.write_response": gettext_lazy("an answer was written"),
        "evaluation.return_response": gettext_lazy("an answer was given back"),
        "evaluation.release_response": gettext_lazy("an answer was released"),
        "evaluation.close_point": gettext_lazy("an answer was closed with an erasure"),
        "evaluation.carry_out": gettext_lazy("an answer changed a passage"),
    }
)
