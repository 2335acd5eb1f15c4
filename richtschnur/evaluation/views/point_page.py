"""The page of one point, as it is read or with a form that has to be looked at once more."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render

from richtschnur.accounts.rules import may
from richtschnur.contributions.operations import erasure_of
from richtschnur.contributions.queries import attachments_of
from richtschnur.evaluation.forms import AnswerForm, AssignForm, ReturnForm, TopicsForm
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.queries import (
    boilerplates_for,
    offered_for,
    pieces,
    points_beside,
    points_of,
    progress,
    section_paths,
    topics_of,
    visible_points,
    window,
)
from richtschnur.evaluation.states import PointState
from richtschnur.evaluation.views.context import Desk


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
    listed = points_of(desk.consultation, desk.user, desk.actor, desk.chosen)
    visible = visible_points(desk.consultation, desk.user, desk.actor)
    versions = list(point.responses.select_related("author", "released_by", "released_for"))
    versions.reverse()
    last = versions[0] if versions else None
    context: dict[str, Any] = {
        "consultation": desk.consultation,
        "point": point,
        "chosen": desk.chosen,
        "filter_query": desk.chosen.query(),
        "window": window(listed, point, desk.chosen.order),
        "progress": progress(visible),
        "versions": versions,
        "last": last,
        "released": next((v for v in versions if v.is_released), None),
        "is_stale": is_stale,
        "is_typed": is_typed,
        "answer": answer or _answer_form(last),
        "subject": f"point:{point.pk}",
        "erasure": None if point.text else erasure_of(point.comment.contribution),
    }
    context |= _alike(desk, point)
    context |= _comment(desk, point, splits)
    context |= _release(desk, point, last, versions, giving_back)
    if may(desk.actor, "evaluation.sort"):
        context |= _sorting(desk, point, topics, assignment)
    return render(request, "evaluation/staff/point.html", context, status=status)


def _answer_form(last: Response | None) -> AnswerForm:
    initial: dict[str, Any] = {"seen_version": last.version if last else 0}
    if last is not None:
        fields = ("decision", "reason", "forwarded_to")
        initial |= {name: getattr(last, name) for name in fields}
    return AnswerForm(initial=initial)


def _alike(desk: Desk, point: Point) -> dict[str, Any]:
    """What helps to answer: boilerplates, those of the point's topics first; and its group."""
    prefetch_related_objects([point], "topics")
    topics = [topic.pk for topic in point.topics.all()]
    return {
        "boilerplates": boilerplates_for(desk.consultation.strategy, topics),
        "alike": point.size_of_group - 1,
    }


def _comment(desk: Desk, point: Point, splits: bool) -> dict[str, Any]:
    beside = points_beside(point)
    passage = point.comment.passage
    section = passage.section_id if passage else point.section_id
    paths = section_paths(desk.consultation.edition) if section else {}
    place = next(i for i, each in enumerate(beside) if each.pk == point.pk)
    following = beside[place + 1] if place + 1 < len(beside) else None
    sorts = may(desk.actor, "evaluation.sort") and point.state == PointState.OPEN
    return {
        "section": paths.get(section, "") if section else "",
        "beside": beside,
        "files": attachments_of(point.comment.contribution),
        "may_read_files": may(desk.actor, "contributions.read"),
        "place": place + 1,
        "may_split": sorts,
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
    desk: Desk, point: Point, topics: TopicsForm | None, assignment: AssignForm | None
) -> dict[str, Any]:
    names = ", ".join(topic.name for topic in point.topics.all())
    given = {"office": point.office_id, "assignee": point.assignee_id, "due_on": point.due_on}
    form = topics or TopicsForm(initial={"topics": names})
    form.fields["topics"].widget.attrs["list"] = "known-topics"
    return {
        "sorts": True,
        "offered": offered_for([point]).get(point.pk),
        "topics_form": form,
        "known_topics": topics_of(desk.consultation),
        "assign_form": assignment or AssignForm(initial=given),
    }
