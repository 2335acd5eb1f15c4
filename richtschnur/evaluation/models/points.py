"""Points cut from comments, their answers, and the passages that they changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from richtschnur.accounts.models import Office, User
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Comment
from richtschnur.contributions.states import speaker_kind
from richtschnur.evaluation.states import Decision, PointState
from richtschnur.journal.guards import guard
from richtschnur.strategy.models import Edition, Passage, Section, Strategy
from richtschnur.strategy.queries import word_changes


class Topic(models.Model):
    """Thema: what points are sorted by, one list a paper."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["strategy", "name"], name="topic_once")]

    def __str__(self) -> str:
        return self.name


class Boilerplate(models.Model):
    """Textbaustein: an answer that is given often; its placeholders are filled from the point.

    A retired one is offered no more; answers that were made from it keep their words.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    reason = models.TextField()
    forwarded_to = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "name"], name="boilerplate_once")
        ]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """Gruppe: points that say the same and are answered as one; each stays counted by itself."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    size = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} ({self.size})"


class Point(models.Model):
    """Einzelpunkt: the part of a comment that is weighed and answered alone.

    `start` and `end` count code points in the comment's text, end exclusive. The points of a
    comment together cover it without a gap: nothing of what was said is left out. Its words are
    shown to everyone only when a person has published the comment (`are_words_public` follows).
    `consultation`, `received_at` and `stands_at` (the position of the passage that it speaks about,
    0 for the whole paper) repeat what stands elsewhere: lists of a million are read along them.
    `section` is where in the paper a person has put a point that is about no passage.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    received_at = models.DateTimeField()
    stands_at = models.PositiveIntegerField(default=0)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+", db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PointState.choices, default=PointState.OPEN)
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)
    group = models.ForeignKey(
        Group,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="points",
        db_index=False,
    )
    office = models.ForeignKey(
        Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    place = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    are_words_public = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["received_at", "comment_id", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="point_has_text"),
            models.UniqueConstraint(fields=["comment", "start"], name="point_start"),
        ]
        indexes = [
            models.Index(
                fields=["consultation", *leading, "received_at", "comment", "start"], name=name
            )
            for name, leading in (
                ("point_as_received", ()),
                ("point_by_state", ("state",)),
                ("point_by_place", ("stands_at",)),
            )
        ] + [models.Index(fields=["group", "id"], name="point_of_group")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def text(self) -> str:
        return self.comment.text[self.start : self.end].strip()

    @property
    def suggestion(self) -> str:
        """The passage as the comment wants it to read; it goes with the comment's first point."""
        return self.comment.suggestion if self.start == 0 else ""

    @property
    def changes(self) -> list[tuple[str, str]]:
        """The suggested wording as a visible change of the passage; empty without one."""
        return self.comment.changes if self.suggestion else []

    @property
    def public_wording(self) -> dict[str, Any]:
        """The same as it was published: {suggestion, changes}; "" and empty when it was not."""
        public = getattr(self.comment, "public", None)
        wording: str = public.suggestion if public is not None and self.start == 0 else ""
        passage = self.comment.passage
        changes = word_changes(passage.text, wording) if passage and wording else []
        return {"suggestion": wording, "changes": changes}

    @property
    def public_text(self) -> str:
        """Its part of the published copy, where that exists; what is blacked out stays so."""
        public = getattr(self.comment, "public", None)
        return public.text[self.start : self.end].strip() if public is not None else ""

    @property
    def speaker(self) -> str:
        """Who said it, for staff: organisation or name, else what kind of person."""
        sender = getattr(self.comment.contribution, "sender", None)
        return str(sender or "") or self.speaker_kind

    @property
    def speaker_kind(self) -> str:
        return speaker_kind(self.comment.contribution.kind)

    @property
    def size_of_group(self) -> int:
        return self.group.size if self.group else 1

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.end == len(self.comment.text)


@guard(
    frozen=("point", "version", "decision", "reason", "forwarded_to", "author", "written_at"),
    erasable=("reason",),
    permit="(SELECT 'contribution:' || contributions_comment.contribution_id FROM evaluation_point"
    " JOIN contributions_comment ON contributions_comment.id = evaluation_point.comment_id"
    " WHERE evaluation_point.id = {row}.point_id)",
)
class Response(models.Model):
    """Antwort: one version of the answer to a point; a new wording is a new version.

    Released by another person than its author: the database refuses anything else. One that its
    author took back at once stays, but answers nothing (`taken_back_at`). What was not
    released loses its reason with the contribution that two people have erased.
    """

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="responses")
    version = models.PositiveIntegerField()
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)
    forwarded_to = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    return_note = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_for = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["point", "version"]
        constraints = [
            models.UniqueConstraint(fields=["point", "version"], name="response_version"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("author")),
                name="response_released_by_another",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="response_release_is_paired",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True)
                | (Q(handed_in_at__isnull=False) & ~Q(decision="") & ~Q(reason="")),
                name="response_release_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True)
                | ~Q(decision=Decision.NOT_RESPONSIBLE)
                | ~Q(forwarded_to=""),
                name="response_names_who_it_was_passed_to",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="response_release_is_not_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} (v{self.version})"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


@guard()
class Change(models.Model):
    """An answer that changed a passage: in `edition`, the passage with this identity."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="changes")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    identity = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "edition", "identity"], name="change_once")
        ]

    def __str__(self) -> str:
        return f"{self.response} → {self.identity}"
