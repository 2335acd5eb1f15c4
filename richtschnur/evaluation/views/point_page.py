"""The page of one point, as it is read or with a form that has to be looked at once more."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from richtschnur.accounts.rules import may
from richtschnur.contributions.operations import erasure_of
from richtschnur.contributions.queries import attachments_of
from richtschnur.evaluation.forms import AnswerForm, AssignForm, ReturnForm, TopicsForm
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.queries import (
    Gathered,
    advice_on,
    by_state,
    history_of,
    last_act,
    offered_for,
    open_orders,
    pieces,
    window,
)
from richtschnur.evaluation.rules import LONG_POINT
from richtschnur.evaluation.states import PointState
from richtschnur.evaluation.views.aids import beside_point
from richtschnur.evaluation.views.context import Desk
from richtschnur.evaluation.views.keys import keys_of_point


def point_page(
    request: Any,
    desk: Desk,
    point: Point,
    *,
    answer: AnswerForm | None = None,
    giving_back: ReturnForm | None = None,
    topics: TopicsForm | None = None,
    assignment: AssignForm | None = None,
    splits: bool = False,
    is_stale: bool = False,
    is_typed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Render the page; a form that is given is shown as it was typed."""
    around = desk.around(point)
    versions = list(point.responses.select_related("author", "released_by", "released_for"))
    versions.reverse()
    last = next((version for version in versions if not version.taken_back_at), None)
    states = by_state(desk.visible())
    listed = window(desk.listed(around), point, desk.chosen.order, count=states)
    context: dict[str, Any] = {
        "consultation": desk.consultation,
        "point": point,
        "chosen": desk.chosen,
        "filter_query": desk.chosen.query(),
        "window": listed,
        "progress": desk.progress(listed.numbers, around),
        "undo": last_act(desk.actor, desk.at),
        "versions": versions,
        "last": last,
        "released": next((v for v in versions if v.is_released), None),
        "orders": open_orders(desk.consultation) if point.group_id else (),
        "is_stale": is_stale,
        "is_typed": is_typed,
        "answer": answer or _answer_form(versions[0] if versions else None),
        "history": history_of(point) if "history" in request.GET else None,
        "subject": f"point:{point.pk}",
        "erasure": None if point.text else erasure_of(point.comment.contribution),
    }
    context |= _alike(point, around)
    context |= beside_point(desk, point, last, context["released"])
    context |= _advice(desk, point) | {"on": localdate(request.at)}
    context |= _comment(desk, point, splits, around)
    context |= _release(desk, point, last, versions, giving_back)
    if may(desk.actor, "evaluation.sort"):
        context |= _sorting(point, topics, assignment, around)
    context["keys"] = keys_of_point(
        may_release=context["may_release"],
        may_split=context["may_split"],
        is_long=context["is_long"],
        has_advice=context["first_advice"] is not None,
    )
    return render(request, "evaluation/staff/point.html", context, status=status)


def _answer_form(last: Response | None) -> AnswerForm:
    initial: dict[str, Any] = {"seen_version": last.version if last else 0}
    if last is not None:
        fields = ("decision", "reason", "forwarded_to")
        initial |= {name: getattr(last, name) for name in fields}
    return AnswerForm(initial=initial)


def _alike(point: Point, around: Gathered) -> dict[str, Any]:
    """What helps to answer: boilerplates, those of the point's topics first; and its group."""
    return {
        "boilerplates": around.boilerplates,
        "alike": point.size_of_group - 1,
    }


def _advice(desk: Desk, point: Point) -> dict[str, Any]:
    """What others were asked and said; a key takes over what came first."""
    advices = advice_on(point) if getattr(point, "was_asked", True) else []
    usable = (advice.pk for advice in advices if advice.is_in and not advice.is_not_ours)
    is_closed = point.state == PointState.CLOSED
    return {
        "advices": advices,
        "first_advice": None if is_closed else next(usable, None),
        "may_ask": may(desk.actor, "evaluation.delegate") and not is_closed,
    }


def _comment(desk: Desk, point: Point, splits: bool, around: Gathered) -> dict[str, Any]:
    has_files = getattr(point, "has_files", True)
    beside, passage = around.beside, point.comment.passage
    place = next(i for i, each in enumerate(beside) if each.pk == point.pk)
    following = beside[place + 1] if place + 1 < len(beside) else None
    sorts = may(desk.actor, "evaluation.sort") and point.state == PointState.OPEN
    return {
        "section": around.paths.get(passage.section_id if passage else point.section_id or 0, ""),
        "passage_before": around.passages.get(passage.number - 1) if passage else None,
        "passage_after": around.passages.get(passage.number + 1) if passage else None,
        "may_read_original": may(desk.actor, "contributions.read"),
        "beside": beside,
        "files": attachments_of(point.comment.contribution) if has_files else [],
        "may_read_files": may(desk.actor, "contributions.read"),
        "place": place + 1,
        "may_split": sorts,
        "is_long": point.end - point.start >= LONG_POINT and point.group_id is None,
        "may_join": sorts and following is not None and following.state == PointState.OPEN,
        "splits": splits and sorts,
        "pieces": pieces(point) if splits and sorts else [],
    }


def _release(
    desk: Desk,
    point: Point,
    last: Response | None,
    versions: list[Response],
    form: ReturnForm | None,
) -> dict[str, Any]:
    waits = last is not None and point.state == PointState.HANDED_IN
    wrote = any(version.author_id == desk.user.pk for version in versions)
    releases = may(desk.actor, "evaluation.release")
    return {
        "waits": waits,
        "may_release": waits and releases and not wrote,
        "wrote_herself": waits and releases and wrote,
        "giving_back": form
        or ReturnForm(initial={"version": last.version if last else 0}, auto_id="return_%s"),
    }


def _sorting(
    point: Point, topics: TopicsForm | None, assignment: AssignForm | None, around: Gathered
) -> dict[str, Any]:
    names = ", ".join(name for _key, name in around.tagged)
    given = {"office": point.office_id, "assignee": point.assignee_id, "due_on": point.due_on}
    form = topics or TopicsForm(initial={"topics": names})
    form.fields["topics"].widget.attrs["list"] = "known-topics"
    return {
        "sorts": True,
        "offered": offered_for([point]).get(point.pk)
        if getattr(point, "has_suggestions", True)
        else None,
        "topics_form": form,
        "known_topics": [name for _key, name in around.topics],
        "assign_form": (assignment or AssignForm(initial=given)).offer(around),
    }
