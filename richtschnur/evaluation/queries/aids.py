"""What stands beside answers that everyone may read: where they were passed on to, reading aids."""

from __future__ import annotations

from collections.abc import Iterable

from richtschnur.evaluation.models import AnswerTranslation, Forwarding, Response
from richtschnur.evaluation.states import Decision


def forwardings_of(responses: Iterable[Response]) -> dict[int, Forwarding]:
    """By point: when it was passed on, with what was replied. No query without such an answer."""
    points = [r.point_id for r in responses if r.decision == Decision.NOT_RESPONSIBLE]
    if not points:
        return {}
    rows = Forwarding.objects.filter(point__in=points).prefetch_related("replies")
    return {row.point_id: row for row in rows}


def checked_translations(responses: dict[Response, str]) -> dict[int, AnswerTranslation]:
    """By answer: the checked reading aid in the language given for it. No query for German."""
    wanted = {r.pk: language for r, language in responses.items() if is_foreign(language)}
    if not wanted:
        return {}
    rows = AnswerTranslation.objects.filter(response__in=wanted, checked_at__isnull=False)
    return {row.response_id: row for row in rows if row.language == wanted[row.response_id]}


def is_foreign(language: str) -> bool:
    """Whether somebody who wrote in this language may want help with German."""
    return bool(language) and language.partition("-")[0] != "de"
