"""Words in the points: asked of the index that finds all forms of a word, in a million points too.

What came since the index was written last is looked through itself, so nothing is ever missed.
"""

from __future__ import annotations

import re

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, Substr

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point
from richtschnur.search.models import SearchScope
from richtschnur.search.queries import answering_in

NUMBER = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}", re.IGNORECASE)
MOST = 5000


def scope_of(consultation: Consultation) -> str:
    """The scope of the index that holds the points of a consultation, for staff alone."""
    return f"points:{consultation.slug}"


def searched(
    points: QuerySet[Point],
    visible: QuerySet[Point],
    consultation: Consultation,
    words: str,
    fresh: list[int] | None = None,
) -> QuerySet[Point]:
    """Those that hold these words, whose sender is called so, or whose contribution's number it is.

    `fresh` are the keys of `not_indexed` among the visible ones, where they were asked for already.
    """
    if fresh is None:
        fresh = list(not_indexed(visible, consultation, words).values_list("pk", flat=True))
    apart = fresh + _numbered(visible, words)
    answering = answering_in(scope_of(consultation), words)
    if answering is None:
        return points.filter(pk__in=apart)
    if answering.positions is not None:
        return points.filter(pk__in={*answering.positions, *apart})
    subject = Concat(Value("point:"), Cast(OuterRef("pk"), CharField()))
    found = Q(Exists(answering.documents.filter(subject=subject)))
    points = points.annotate(is_one_of_many=Value(True))  # too many to be counted
    return points.filter(found | Q(pk__in=apart) if apart else found)


def _numbered(visible: QuerySet[Point], words: str) -> list[int]:
    if not NUMBER.fullmatch(words):
        return []
    rows = visible.filter(comment__contribution__number=words.upper())
    return list(rows.order_by().values_list("pk", flat=True)[:MOST])


def not_indexed(
    visible: QuerySet[Point], consultation: Consultation, words: str
) -> QuerySet[Point]:
    """The points that came after the index was written and hold exactly this."""
    known = SearchScope.objects.filter(key=scope_of(consultation)).values("order")[:1]
    until = Coalesce(known, Value(0), output_field=BigIntegerField())
    length = F("end") - F("start")
    rows = visible.filter(pk__gt=until).annotate(
        words=Substr("comment__text", F("start") + 1, length)
    )
    rows = rows.filter(
        Q(words__icontains=words)
        | Q(comment__contribution__sender__name__icontains=words)
        | Q(comment__contribution__sender__organisation__icontains=words)
    )
    return Point.objects.filter(pk__in=rows.order_by("-pk").values("pk")[:MOST]).order_by()
