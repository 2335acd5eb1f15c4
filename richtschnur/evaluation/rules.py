"""Who may weigh, answer and release, and when an answer is ready."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import ADMINISTRATION, REVIEW, STAFF, STEERING, Row, declare, may
from richtschnur.evaluation.models import Advice, Delegation, Point, Response, SavedView
from richtschnur.evaluation.states import Decision, PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.journal.words import name_acts
from richtschnur.ui.moments import day_in_words

declare(
    Row("evaluation.read", STAFF, "read points and answers"),
    Row("evaluation.sort", STEERING, "split and join points, set topics, assign, set due dates"),
    Row("evaluation.delegate", STEERING, "ask offices and outside bodies about points"),
    Row("evaluation.clear", STEERING, "say that the words of a point may be shown to everyone"),
    Row("evaluation.boilerplates", STEERING, "keep boilerplates for answers"),
    Row("evaluation.answer", STAFF, "write answers; a department only to points assigned to it"),
    Row("evaluation.answer_any", STEERING, "write answers to any point"),
    Row("evaluation.undo", STAFF, "take back the own last act on points for some minutes"),
    Row("evaluation.keep_views", STAFF, "keep views of the list of points"),
    Row("evaluation.release", REVIEW, "release answers that somebody else wrote"),
    Row("evaluation.carry_out", ADMINISTRATION, "change a passage because of an answer"),
    Row("evaluation.carried_on", STEERING, "list what goes on later or elsewhere"),
    Row("evaluation.translate", STEERING, "write and check reading aids to released answers"),
    Row("evaluation.read_in_german", STAFF, "let a machine put a point into German, for staff"),
    Row("evaluation.report", STEERING, "read and write the draft of a report of participation"),
    Row("evaluation.release_report", REVIEW, "release a report of participation"),
    Row("evaluation.export", STAFF, "export the overview of answers"),
    Row("evaluation.freeze", STEERING, "freeze a state of the overview, and show it to everyone"),
    Row("evaluation.notify", STEERING, "send everyone the answers, by mail or letter"),
)

LONG_POINT = 1500  # code points; a longer one is offered to be split by proposal
ASKED_AT_ONCE = 30  # points in one mail to somebody outside
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
    """Raise Forbidden unless this actor, of this office, may answer the point.

    A deputy answers what is given to the person she stands in for, or to that person's office.
    """
    if may(by, "evaluation.answer_any"):
        return
    people = [by.id, *(absent for _role, absent in by.stands_in_for)]
    assigned = point.office_id is not None and point.office_id == office_id
    if may(by, "evaluation.answer") and (assigned or str(point.assignee_id) in people):
        return
    if point.office_id is not None and people[1:]:
        absent = User.objects.filter(pk__in=people[1:], office=point.office_id)
        if may(by, "evaluation.answer") and absent.exists():
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


def check_to_ask(points: Sequence[Point], question: str, due_on: date, at: datetime) -> None:
    """Raise Refused unless somebody can be asked this about these points until that day."""
    for point in points:
        check_not_closed(point)
    if not points:
        raise Refused(_("Please choose at least one point in the list."), code="too-few")
    if len(points) > ASKED_AT_ONCE:
        raise Refused(
            _("Please ask about at most %(n)d points at once: more is not read in five minutes.")
            % {"n": ASKED_AT_ONCE},
            code="too-many",
        )
    if not question.strip():
        raise Refused(_("Please write what you want to know."), code="question")
    check_day_to_come(due_on, at)


def check_day_to_come(due_on: date, at: datetime) -> None:
    """Raise Refused for a day that has gone by."""
    if due_on < localdate(at):
        raise Refused(_("This day has gone by. Please choose a later one."), code="due_on")


def check_takes_advice(delegation: Delegation, at: datetime) -> None:
    """Raise Refused when nothing can be written at this personal address any more."""
    if delegation.withdrawn_at is not None:
        raise Refused(
            _("This question was taken back. Please call us if you want to say something."),
            code="withdrawn",
        )
    if delegation.handed_in_at is not None:
        raise Refused(
            _("This was handed in already; it stays as it is. Please call us to add something."),
            code="handed-in",
        )
    if delegation.is_overdue(localdate(at)):
        raise Refused(
            _(
                "The day was %(day)s, so nothing was saved. Your words are still here: please copy"
                " them into a mail to us, or ask us for more time."
            )
            % {"day": day_in_words(delegation.due_on)},
            code="over",
        )


def check_not_asked(points: Sequence[Point]) -> None:
    """Raise Refused when others were asked about one of these: its words stay as they are."""
    if Advice.objects.filter(point__in=points).exists():
        raise Refused(
            _("Others were asked about this point: it can't be split or joined any more."),
            code="asked",
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


def check_may_change_view(view: SavedView, user: User, by: Actor) -> None:
    """Raise Forbidden unless the view is hers, or shared and she keeps what all work with."""
    is_hers = view.owner_id == user.pk and may(by, "evaluation.keep_views")
    if not is_hers and not (view.is_shared and may(by, "evaluation.boilerplates")):
        raise Forbidden(_("This view belongs to somebody else."))


name_acts(
    {
        "evaluation.undo": gettext_lazy("an act was undone"),
        "evaluation.keep_view": gettext_lazy("a view of the points was kept"),
        "evaluation.rename_view": gettext_lazy("a view of the points was renamed"),
        "evaluation.drop_view": gettext_lazy("a view of the points was deleted"),
        "evaluation.choose_default_view": gettext_lazy("a view was chosen to open first"),
        "evaluation.keep_boilerplate": gettext_lazy("a boilerplate was kept"),
        "evaluation.retire_boilerplate": gettext_lazy("a boilerplate was retired"),
        "evaluation.restore_boilerplate": gettext_lazy("a boilerplate was taken back into use"),
        "evaluation.group_points": gettext_lazy("points were grouped"),
        "evaluation.ungroup_point": gettext_lazy("a point was taken out of its group"),
        "evaluation.find_alike": gettext_lazy("points were compared by machine"),
        "evaluation.evaluate_points": gettext_lazy("all points were read by machine"),
        "evaluation.order_topics": gettext_lazy("suggestions of topics were asked for"),
        "evaluation.suggest_topics": gettext_lazy("topics were suggested by machine"),
        "evaluation.order_summary": gettext_lazy("a summary of a topic was asked for"),
        "evaluation.sum_up": gettext_lazy("a topic was summed up by machine"),
        "evaluation.place_point": gettext_lazy("a point's place in the paper was set"),
        "evaluation.decline_likeness": gettext_lazy("a machine's proposal was declined"),
        "evaluation.split_point": gettext_lazy("a point was split"),
        "evaluation.propose_split": gettext_lazy("a machine proposed how to split a point"),
        "evaluation.split_by_proposal": gettext_lazy("a point was split by a machine's proposal"),
        "evaluation.decline_split": gettext_lazy("a machine's proposal to split was declined"),
        "evaluation.join_points": gettext_lazy("points were joined"),
        "evaluation.tag_point": gettext_lazy("topics were set"),
        "evaluation.assign_point": gettext_lazy("a point was assigned"),
        "evaluation.clear_words": gettext_lazy("the words of a point were shown or hidden"),
        "evaluation.write_response": gettext_lazy("an answer was written"),
        "evaluation.return_response": gettext_lazy("an answer was given back"),
        "evaluation.release_response": gettext_lazy("an answer was released"),
        "evaluation.close_point": gettext_lazy("an answer was closed with an erasure"),
        "evaluation.give_order": gettext_lazy("an act on a large group was ordered"),
        "evaluation.finish_order": gettext_lazy("an act on a large group was finished"),
        "evaluation.pass_on": gettext_lazy("a point was passed on"),
        "evaluation.add_reply": gettext_lazy("another body's reply was added"),
        "evaluation.read_in_german": gettext_lazy("a point was put into German by machine"),
        "evaluation.translate_answer": gettext_lazy("a reading aid to an answer was written"),
        "evaluation.check_translation": gettext_lazy("a reading aid to an answer was checked"),
        "evaluation.write_report": gettext_lazy("a report of participation was written on"),
        "evaluation.release_report": gettext_lazy("a report of participation was released"),
        "evaluation.delegate_points": gettext_lazy("others were asked about points"),
        "evaluation.extend_delegation": gettext_lazy("others got more time for points"),
        "evaluation.send_delegation_again": gettext_lazy("others got a new personal address"),
        "evaluation.withdraw_delegation": gettext_lazy("a question to others was taken back"),
        "evaluation.forget_delegate": gettext_lazy("the address of others was deleted"),
        "evaluation.open_delegation": gettext_lazy("others opened their personal address"),
        "evaluation.save_advice": gettext_lazy("others saved their advice"),
        "evaluation.hand_in_advice": gettext_lazy("others handed in their advice"),
        "evaluation.remind_delegate": gettext_lazy("others were reminded of points"),
        "evaluation.miss_delegation": gettext_lazy("others did not answer in time"),
        "evaluation.remind_assignee": gettext_lazy("somebody was reminded of answers due"),
        "evaluation.freeze_overview": gettext_lazy("a state of the overview was frozen"),
        "evaluation.publish_overview": gettext_lazy("a state of the overview was published"),
        "evaluation.withdraw_overview": gettext_lazy("a state of the overview was taken back"),
        "evaluation.send_notices": gettext_lazy("everyone was to be sent the answers"),
        "evaluation.tell": gettext_lazy("the answers were sent by mail"),
        "evaluation.post_letters": gettext_lazy("letters with answers were posted"),
        "evaluation.carry_out": gettext_lazy("an answer changed a passage"),
    }
)
