"""Undo: the last act is taken back as one, and only as long as nobody went on from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import transaction

from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import (
    assign_point,
    group_points,
    join_points,
    release_response,
    split_point,
    tag_point,
    tag_points,
    undo_last_act,
    ungroup_point,
)
from richtschnur.evaluation.queries import last_act
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import REASON, acting, answer, logged_in
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@dataclass
class Work:
    """An officer at work: each act a second after the one before."""

    world: World

    def __post_init__(self) -> None:
        self.by = acting(self.world, self.world.officer)
        for n in range(3):
            self.world.contribute(f"Mehr Kurse. Mehr Busse. {n}", key=f"k{n}")
        self.points = list(Point.objects.order_by("pk"))

    @property
    def about(self) -> dict[str, object]:
        self.world.at += timedelta(seconds=1)
        return {"by": self.by, "at": self.world.at}

    def undo(self) -> None:
        act = last_act(self.by, self.world.at)
        assert act is not None
        undo_last_act(uid=act.uid, **self.about)  # type: ignore[arg-type]

    def state(self) -> list[tuple[object, ...]]:
        """All that acts on points set, keys of points and groups apart."""
        groups: dict[int | None, int] = {None: 0}
        rows = Point.objects.order_by("comment", "start").prefetch_related("topics")
        return [
            (
                p.comment_id,
                p.start,
                p.end,
                p.state,
                p.office_id,
                p.assignee_id,
                p.due_on,
                groups.setdefault(p.group_id, len(groups)),
                p.size_of_group,
                tuple(sorted(topic.name for topic in p.topics.all())),
            )
            for p in rows
        ]


@pytest.fixture
def work() -> Work:
    return Work(World())


def _tagged(work: Work) -> None:
    tag_points(points=work.points[:2], topics=["Bus"], adds=True, **work.about)  # type: ignore[arg-type]


def _assigned(work: Work) -> None:
    assign_point(point=work.points[0], assignee=work.world.reviewer, **work.about)  # type: ignore[arg-type]


def _grouped(work: Work) -> None:
    group_points(points=work.points, **work.about)  # type: ignore[arg-type]


def _ungrouped(work: Work) -> None:
    ungroup_point(point=work.points[0], **work.about)  # type: ignore[arg-type]


def _split(work: Work) -> None:
    split_point(point=work.points[2], at_character=12, **work.about)  # type: ignore[arg-type]


def _joined(work: Work) -> None:
    join_points(point=work.points[2], **work.about)  # type: ignore[arg-type]


def _drafted(work: Work) -> None:
    work.about  # noqa: B018 – a second goes by
    answer(work.world, work.points[0], hand_in=False)


def _handed_in(work: Work) -> None:
    work.about  # noqa: B018
    answer(work.world, work.points[0])


def _nothing(work: Work) -> None:
    tag_point(point=work.points[0], topics=["Sprache"], **work.about)  # type: ignore[arg-type]
    due = {"office": work.world.office, "due_on": date(2026, 12, 1)}
    for point in work.points:
        assign_point(point=point, **due, **work.about)  # type: ignore[arg-type]


def _some_grouped(work: Work) -> None:
    group_points(points=work.points[:2], **work.about)  # type: ignore[arg-type]


def _tagged_parts(work: Work) -> None:
    _split(work)
    second = Point.objects.get(comment=work.points[2].comment, start=12)
    tag_point(point=second, topics=["Bus"], **work.about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "act"),
    [
        (_nothing, _tagged),
        (_nothing, _assigned),
        (_nothing, _grouped),
        (_some_grouped, _grouped),
        (_some_grouped, _ungrouped),
        (_grouped, _ungrouped),
        (_nothing, _split),
        (_tagged_parts, _joined),
        (_nothing, _drafted),
        (_some_grouped, _handed_in),
        (_drafted, _handed_in),
    ],
)
def test_each_act_knows_its_reverse(
    work: Work, before: Callable[[Work], None], act: Callable[[Work], None]
) -> None:
    _nothing(work)
    before(work)
    was = work.state()
    act(work)
    assert work.state() != was
    entries = JournalEntry.objects.count()
    work.undo()
    assert work.state() == was
    assert JournalEntry.objects.filter(act="evaluation.undo").exists()
    assert JournalEntry.objects.count() > entries
    assert last_act(work.by, work.world.at) is None


def test_versions_of_an_answer_stay_but_answer_nothing(work: Work) -> None:
    point = work.points[0]
    answer(work.world, point)
    work.world.at += timedelta(seconds=1)
    answer(work.world, point, hand_in=False, reason="Anders.")
    work.undo()
    assert Response.objects.filter(point=point).count() == 2
    reviewer = acting(work.world, work.world.reviewer)
    released = release_response(point=point, by=reviewer, at=work.world.at)
    assert (released.version, released.reason) == (1, REASON)


def test_a_released_answer_is_not_undone(work: Work) -> None:
    answer(work.world, work.points[0])
    reviewer = acting(work.world, work.world.reviewer)
    release_response(point=work.points[0], by=reviewer, at=work.world.at)
    assert last_act(reviewer, work.world.at) is None
    assert last_act(work.by, work.world.at) is None


@pytest.mark.parametrize("who", ["officer", "reviewer"])
def test_nothing_is_undone_once_somebody_went_on(work: Work, who: str) -> None:
    _tagged(work)
    act = last_act(work.by, work.world.at)
    assert act is not None
    user = getattr(work.world, who)
    by = acting(work.world, user)
    assign_point(point=work.points[1], by=by, at=work.world.at + timedelta(seconds=1))
    with pytest.raises(Refused):
        undo_last_act(uid=act.uid, **work.about)  # type: ignore[arg-type]
    assert work.points[0].topics.count() == 1


def test_only_the_own_last_act_and_only_for_some_minutes(work: Work) -> None:
    _tagged(work)
    reviewer = acting(work.world, work.world.reviewer)
    assert last_act(reviewer, work.world.at) is None
    assert last_act(work.by, work.world.at + timedelta(minutes=9)) is not None
    assert last_act(work.by, work.world.at + timedelta(minutes=11)) is None
    act = last_act(work.by, work.world.at)
    assert act is not None
    for uid in ("", "x", str(JournalEntry.objects.order_by("pk")[0].uid)):
        with pytest.raises(Refused):
            undo_last_act(uid=uid, by=work.by, at=work.world.at)
    with pytest.raises((Refused, Forbidden)):
        undo_last_act(uid=act.uid, by=reviewer, at=work.world.at)


def test_the_button_says_what_it_does(work: Work) -> None:
    client, point = logged_in(work.world.officer), work.points[0]
    desk = f"/en/answers/work/{work.world.consultation.slug}/"
    client.post(f"{desk}{point.pk}/topics/", {"topics": "Bus"})
    page = client.get(f"{desk}{point.pk}/")
    assert "Your last act: topics were set, 1 point." in page.content.decode()
    act = page.context["undo"].uid
    done = client.post(f"{desk}undo/?state=open", {"act": act})
    assert done.headers["Location"] == f"{desk}{point.pk}/?state=open"
    said = [str(message) for message in get_messages(done.wsgi_request)]
    assert said[-1] == "Undone: topics were set. 1 point is as it was before."
    assert point.topics.count() == 0
    again = client.post(f"{desk}undo/", {"act": act, "point": str(point.pk)})
    assert again.headers["Location"] == f"{desk}{point.pk}/"
    said = [str(message) for message in get_messages(again.wsgi_request)]
    assert "can't be undone any more" in said[-1]
    assert client.post(f"{desk}undo/", {"act": "\x00", "point": "9" * 30}).status_code == 302


def test_entries_of_earlier_releases_are_no_fault(work: Work) -> None:
    point = work.points[0]
    with transaction.atomic():
        record(act="evaluation.tag_point", subject=f"point:{point.pk}", data={}, **work.about)  # type: ignore[arg-type]
    assert last_act(work.by, work.world.at) is None
