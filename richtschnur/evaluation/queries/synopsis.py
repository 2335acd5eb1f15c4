"""The overview of answers as rows: every point, what was decided, why, and whether it is out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import rfc8785
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.models import Attachment, Comment, Consent, Contribution, present
from richtschnur.contributions.rules import shortened
from richtschnur.contributions.states import Purpose
from richtschnur.evaluation.models import Notice, Point, Response
from richtschnur.evaluation.queries.answers import in_passage_order, released_points
from richtschnur.evaluation.queries.lists import section_paths
from richtschnur.evaluation.states import PointState

CHUNK = 500
# What can leave a row without the rest: a part has a digest of its own.
PARTS: dict[str, tuple[str, ...]] = {
    "place": (
        "number", "section", "passage", "passage_text", "contribution", "topics", "state",
        "released_at", "replied_at",
    ),
    "words": ("text", "language", "suggestion", "files"),
    "name": ("kind", "sender"),
    "answer": ("decision", "forwarded_to", "reason"),
}  # fmt: skip
_SELDOM = ("language", "suggestion", "files", "replied_at")


@dataclass(frozen=True)
class SynopsisRow:
    """One point. `kind`, `decision` and `state` are codes; `passage` is None for the whole paper.

    In the public overview `kind` and `sender` are "" unless both consent and publication allow
    them, and `text` is "" where the words are not (or not yet) cleared for everyone; `language` is
    that of the text, where it is known. `files` came with the contribution and stand with its
    first point; the public overview names none.

    `salts` and `gone` belong to the rows of a frozen state: what makes each part's digest
    impossible to guess, and the digests of the parts that were erased or may not be read by
    everyone any more. `point` and `contribution_id` never leave the house.
    """

    number: int
    section: str
    passage: int | None
    passage_text: str
    kind: str
    sender: str
    contribution: str
    text: str
    topics: tuple[str, ...]
    decision: str
    forwarded_to: str
    reason: str
    state: str
    released_at: datetime | None
    language: str = ""
    suggestion: str = ""
    files: tuple[str, ...] = ()
    replied_at: datetime | None = None
    point: int = 0
    contribution_id: int = 0
    salts: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)

    def part(self, name: str) -> dict[str, Any]:
        """One of PARTS as plain data, the same in every language, with its salt if it has one."""
        said = {key: _plain(getattr(self, key)) for key in PARTS[name]}
        said = {key: v for key, v in said.items() if v or key not in _SELDOM}
        return said | ({"salt": self.salts[name]} if name in self.salts else {})

    def digests(self) -> list[str]:
        """The SHA-256 of each part's canonical JSON (RFC 8785), in the order of PARTS."""
        return [self.gone.get(name) or digest_of_part(self.part(name)) for name in PARTS]

    def digest(self) -> str:
        """The row's digest: the SHA-256 of its parts' digests, a line each."""
        return hashlib.sha256("".join(f"{each}\n" for each in self.digests()).encode()).hexdigest()

    def content(self) -> dict[str, Any]:
        """The row as plain data; all that is needed to make its digest anew is in it."""
        said: dict[str, Any] = {}
        for name in PARTS:
            said |= {} if name in self.gone else self.part(name)
        said.pop("salt", None)
        said |= {"salts": dict(self.salts)} if self.salts else {}
        return said | ({"gone": dict(self.gone)} if self.gone else {})


def digest_of_part(part: Mapping[str, Any]) -> str:
    """The SHA-256 of a part's canonical JSON."""
    return hashlib.sha256(rfc8785.dumps(dict(part))).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def synopsis_points(consultation: Consultation) -> QuerySet[Point]:
    """All points of a consultation."""
    return Point.objects.filter(consultation=consultation)


def left_out(consultation: Consultation, points: QuerySet[Point]) -> int:
    """How many of these points a public overview does not show yet."""
    out = released_points(consultation)
    return points.exclude(pk__in=out).exclude(state=PointState.CLOSED).count()


def synopsis_rows(
    consultation: Consultation,
    points: QuerySet[Point],
    *,
    public: bool = False,
    shows_topics: bool = False,
) -> Iterator[SynopsisRow]:
    """The rows in the paper's order, read in chunks; public ones are the released answers.

    Topics are the house's own: the public ones have them with `shows_topics` only.
    """
    loaded = _loaded(in_passage_order(points))
    number, sections = 0, section_paths(consultation.edition)
    for point in loaded.iterator(chunk_size=CHUNK):
        response = _response(point, public)
        if public and response is None:
            continue
        number += 1
        row = _row(number, point, response, consultation, public, sections)
        topics = tuple(topic.name for topic in point.topics.all())
        yield replace(row, topics=topics if shows_topics or not public else ())


def public_rows_of(consultation: Consultation, points: Iterable[int]) -> dict[int, SynopsisRow]:
    """What everyone may read of these points (keys) by now. Constant queries."""
    rows = _loaded(synopsis_points(consultation).filter(pk__in=list(points)))
    found = {}
    for point in rows:
        response = _response(point, True)
        if response is not None:
            found[point.pk] = _row(0, point, response, consultation, True, {})
    return found


def _loaded(points: QuerySet[Point]) -> QuerySet[Point]:
    consents = Consent.objects.filter(purpose=Purpose.PUBLISH_NAME, revoked_at__isnull=True)
    told = Notice.objects.filter(contribution=OuterRef("comment__contribution"))
    loaded = points.select_related(
        "comment__contribution__sender", "comment__passage", "comment__question", "comment__public"
    ).annotate(replied_at=Subquery(told.values("replied_at")[:1]))
    return loaded.prefetch_related(
        "topics",
        Prefetch("responses", Response.objects.filter(taken_back_at=None).order_by("-version")),
        Prefetch("comment__contribution__attachments", present(Attachment.objects.all())),
        Prefetch("comment__contribution__consents", consents, to_attr="naming_consents"),
    )


def _response(point: Point, public: bool) -> Response | None:
    """The answer that stands: the last version, or the last released one."""
    versions: list[Response] = list(point.responses.all())
    return next((r for r in versions if r.is_released or not public), None)


def _row(
    number: int,
    point: Point,
    response: Response | None,
    consultation: Consultation,
    public: bool,
    sections: dict[int, str],
) -> SynopsisRow:
    comment = point.comment
    passage, contribution = comment.passage, comment.contribution
    named = not public or (
        consultation.publication == Publication.NAMES_BY_CONSENT
        and bool(contribution.naming_consents)  # type: ignore[attr-defined]
    )
    shows_text = not public or (
        point.are_words_public and consultation.publication != Publication.NOT
    )
    return SynopsisRow(
        number=number,
        section=sections.get(passage.section_id if passage else point.section_id or 0, ""),
        passage=passage.number if passage else None,
        passage_text="\n".join(filter(None, (passage.text if passage else "", _question(comment)))),
        kind=contribution.kind if named else "",
        sender=_name(contribution) if named else "",
        contribution=contribution.number,
        text=_words(point, public=public) if shows_text else "",
        topics=(),
        decision=response.decision if response else "",
        forwarded_to=response.forwarded_to if response else "",
        reason=response.reason if response else "",
        state=PointState.RELEASED.value if public else point.state,
        released_at=response.released_at if response else None,
        language=contribution.language if shows_text else "",
        suggestion=_wording(point, public=public) if shows_text else "",
        files=() if public or point.start or comment.position else _files(contribution),
        replied_at=point.replied_at,  # type: ignore[attr-defined]
        point=point.pk,
        contribution_id=contribution.pk,
    )


def _wording(point: Point, *, public: bool) -> str:
    """Everyone reads of it what was published."""
    return str(point.public_wording["suggestion"]) if public else point.suggestion


def _question(comment: Comment) -> str:
    """What was asked, where the comment answers a question."""
    return comment.question.text if comment.question else ""


def _files(contribution: Contribution) -> tuple[str, ...]:
    return tuple(each.file.name for each in contribution.attachments.all())


def _words(point: Point, *, public: bool) -> str:
    return shortened(point.public_text) if public else point.text


def _name(contribution: Any) -> str:
    sender = getattr(contribution, "sender", None)
    return str(sender) if sender else ""
