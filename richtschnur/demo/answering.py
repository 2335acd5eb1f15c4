"""The example's points, answers and the next edition that came of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.states import Role
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.demo.papers import passage_beginning
from richtschnur.demo.source import read
from richtschnur.desk.operations import write_note
from richtschnur.evaluation.models import Point, Response, Topic
from richtschnur.evaluation.operations import (
    assign_point,
    carry_out,
    clear_words,
    keep_boilerplate,
    keep_view,
    propose_split,
    release_response,
    split_point,
    tag_point,
    write_response,
)
from richtschnur.evaluation.states import CHANGES_TEXT, PointState
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.operations import (
    drop_passage,
    freeze_edition,
    move_edition,
    publish_edition,
    start_edition,
)
from richtschnur.strategy.states import EditionState

LONG_PAPER = 3000  # characters


class Answering:
    """Works through the rows of answers; each act a few minutes after the one before."""

    def __init__(self, people: dict[str, User], officer: User, now: datetime) -> None:
        self.people, self.officer, self.now = people, officer, now
        self.offices = {office.short: office for office in Office.objects.all()}
        self.topics = {row["key"]: row["name"] for row in read("county.json")["topics"]}

    def answer_all(
        self, rows: list[dict[str, Any]], sent: dict[str, Contribution], starts_at: datetime
    ) -> None:
        """Split, sort, answer and release what the rows say, from `starts_at` on."""
        moment = starts_at
        for row in rows:
            contribution = sent[row["contribution"]]
            moment = max(moment, contribution.recorded_at + timedelta(hours=3))
            moment = min(moment + timedelta(minutes=47), self.now - timedelta(hours=1))
            comment = contribution.comments.get(position=row["comment"])
            points = self._split(Point.objects.get(comment=comment), row["points"], moment)
            for point, wanted in zip(points, row["points"], strict=True):
                self._answer(point, wanted, moment)

    def propose_pieces(self, consultation: Consultation, at: datetime) -> None:
        """Long points of associations wait with a proposal how to split them."""
        points = Point.objects.filter(
            comment__contribution__consultation=consultation,
            state=PointState.OPEN,
            end__gt=F("start") + LONG_PAPER,
        )
        for point in points:
            propose_split(point=point, by=self.officer.actor(at.date()), at=at)

    def _split(self, point: Point, wanted: list[dict[str, Any]], at: datetime) -> list[Point]:
        points = [point]
        by = self.officer.actor(at.date())
        for part in wanted[1:]:
            place = point.comment.text.index(part["starts_with"])
            first, second = split_point(point=points[-1], at_character=place, by=by, at=at)
            points[-1:] = [first, second]
        return points

    def _answer(self, point: Point, wanted: dict[str, Any], at: datetime) -> None:
        officer = self.officer.actor(at.date())
        names = [self.topics[key] for key in wanted["topics"]]
        tag_point(point=point, topics=names, by=officer, at=at)
        author = self.people[wanted["author"]]
        office = self.offices[wanted["office"]] if wanted["office"] else author.office
        due_on = at.date() + timedelta(days=12)
        assignee = author if author.role == Role.DEPARTMENT else None
        assign_point(
            point=point, office=office, assignee=assignee, due_on=due_on, by=officer, at=at
        )
        if follow_up := wanted.get("follow_up"):
            write_note(
                text=follow_up["note"],
                author=self.officer,
                subject=f"point:{point.pk}",
                follow_up_on=self.now.date() + timedelta(days=follow_up["in_days"] - 3),
                by=officer,
                at=at,
            )
        if wanted["state"] == "open":
            return
        point = Point.objects.get(pk=point.pk)
        write_response(
            point=point,
            author=author,
            decision=wanted["decision"] or "",
            reason=wanted["reason"],
            forwarded_to=wanted.get("forwarded_to", ""),
            hand_in=wanted["state"] != "draft",
            by=author.actor(at.date()),
            at=at,
        )
        if wanted["state"] == "released":
            if wanted.get("words_public", True):
                clear_words(point=point, are_public=True, by=officer, at=at)
            reviewer = self.people[wanted["released_by"]]
            released_at = min(at + timedelta(hours=20), self.now - timedelta(minutes=30))
            release_response(point=point, by=reviewer.actor(released_at.date()), at=released_at)

    def keep_boilerplates(self, strategy: Strategy, at: datetime) -> None:
        """What this office answers often."""
        topics = {
            key: Topic.objects.filter(strategy=strategy, name=name).first()
            for key, name in self.topics.items()
        }
        for row in read("boilerplates.json"):
            keep_boilerplate(
                strategy=strategy,
                name=row["name"],
                topic=topics.get(row["topic"]),
                decision=row["decision"],
                reason=row["reason"],
                forwarded_to=row.get("forwarded_to", ""),
                by=self.officer.actor(at.date()),
                at=at,
            )

    def keep_views(self, consultation: Consultation, at: datetime) -> None:
        """Lists that this office opens often."""
        for row in read("views.json"):
            keep_view(
                consultation=consultation,
                owner=self.officer,
                name=row["name"],
                query=row["query"],
                is_shared=row["is_shared"],
                by=self.officer.actor(at.date()),
                at=at,
            )

    def issue_next(
        self,
        edition: Edition,
        rows: list[dict[str, Any]],
        sent: dict[str, Contribution],
        at: datetime,
    ) -> Edition:
        """Start the next edition, change what the answers promised, adopt and publish it."""
        by = self.officer.actor(at.date())
        working = start_edition(predecessor=edition, by=by, at=at)
        for row in rows:
            at += timedelta(minutes=9)
            self._change(working, row, sent, at)
        decided = freeze_edition(edition=working, state=EditionState.FOR_DECISION, by=by, at=at)
        publish_edition(edition=decided, by=by, at=at)
        adopted_at = at + timedelta(days=24)
        return move_edition(
            edition=decided,
            state=EditionState.ADOPTED,
            by=self.officer.actor(adopted_at.date()),
            at=adopted_at,
        )

    def _change(
        self, working: Edition, row: dict[str, Any], sent: dict[str, Contribution], at: datetime
    ) -> None:
        by = self.officer.actor(at.date())
        is_new = row["starts_with"] is None
        passage = passage_beginning(working, row["after"] if is_new else row["starts_with"])
        if row["becomes"] is None:
            drop_passage(passage=passage, reason=row["reason"], by=by, at=at)
            return
        carry_out(
            responses=self._because_of(row, sent, None if is_new else passage.identity),
            passage=passage,
            text=row["becomes"],
            as_new=is_new,
            by=by,
            at=at,
        )

    def _because_of(
        self, row: dict[str, Any], sent: dict[str, Contribution], identity: Any
    ) -> list[Response]:
        """Those answers to the named contributions that promised a change, best on this passage."""
        found = []
        for key in row["because_of"]:
            responses = Response.objects.filter(
                point__comment__contribution=sent[key],
                released_at__isnull=False,
                decision__in=CHANGES_TEXT,
            )
            here = responses.filter(point__comment__passage__identity=identity)
            found += list(here or responses)
        return found
