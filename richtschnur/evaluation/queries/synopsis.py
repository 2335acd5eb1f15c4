"""The overview of answers as rows: every point, what was decided, why, and whether it is out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.models import Attachment, Comment, Consent, Contribution, present
from richtschnur.contributions.rules import shortened
from richtschnur.contributions.states import Purpose
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.queries.answers import in_passage_order
from richtschnur.evaluation.queries.lists import section_paths
from richtschnur.evaluation.states import PointState

CHUNK = 500


@dataclass(frozen=True)
class SynopsisRow:
    """One point. `kind`, `decision` and `state` are codes; `passage` is None for the whole paper.

    In the public overview `kind` and `sender` are "" unless both consent and publication allow
    them, and `text` is "" where the words are not (or not yet) cleared for everyone. `files` came
    with the contribution and stand with its first point; the public overview names none.
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
    suggestion: str = ""
    files: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        """The row as plain data, the same in every language; the checksum is made of it."""
        released = self.released_at.isoformat() if self.released_at else None
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        fields |= {"topics": list(self.topics), "released_at": released}
        fields["files"] = list(self.files)
        return {name: v for name, v in fields.items() if v or name not in ("suggestion", "files")}


def synopsis_points(consultation: Consultation) -> QuerySet[Point]:
    """All points of a consultation."""
    return Point.objects.filter(comment__contribution__consultation=consultation)


def synopsis_rows(
    consultation: Consultation, points: QuerySet[Point], *, public: bool = False
) -> Iterator[SynopsisRow]:
    """The rows in the paper's order, read in chunks; public ones are the released answers."""
    consents = Consent.objects.filter(purpose=Purpose.PUBLISH_NAME, revoked_at__isnull=True)
    loaded = in_passage_order(points).select_related(
        "comment__contribution__sender", "comment__passage", "comment__question", "comment__public"
    )
    loaded = loaded.prefetch_related(
        "topics",
        Prefetch("responses", Response.objects.order_by("-version")),
        Prefetch("comment__contribution__attachments", present(Attachment.objects.all())),
        Prefetch("comment__contribution__consents", consents, to_attr="naming_consents"),
    )
    number, sections = 0, section_paths(consultation.edition)
    for point in loaded.iterator(chunk_size=CHUNK):
        response = _response(point, public)
        if public and response is None:
            continue
        number += 1
        yield _row(number, point, response, consultation, public, sections)


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
        topics=() if public else tuple(topic.name for topic in point.topics.all()),
        decision=response.decision if response else "",
        forwarded_to=response.forwarded_to if response else "",
        reason=response.reason if response else "",
        state=PointState.RELEASED.value if public else point.state,
        released_at=response.released_at if response else None,
        suggestion=_wording(point, public=public) if shows_text else "",
        files=() if public or point.start or comment.position else _files(contribution),
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
