"""Counts of what is published, kept with each act, so that no page ever counts a million rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count, F

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import PublicComment, PublicCount
from richtschnur.contributions.states import Facet

Key = tuple[str, str, str]  # facet, value, label


def count_in(rows: list[PublicComment]) -> None:
    """Count these, all of one consultation, as published."""
    added = Counter(key for row in rows for key in _keys(row))
    for key, count in sorted(added.items()):
        _add(rows[0].consultation_id, key, count)


def count_out(row: PublicComment) -> None:
    """Count one as no longer published."""
    for key in sorted(_keys(row)):
        _add(row.consultation_id, key, -1)


def recount_answered(row: PublicComment) -> None:
    """One has changed from answered to not, or back."""
    for value in ("False", "True"):
        moved = 1 if value == str(row.is_answered) else -1
        _add(row.consultation_id, (Facet.ANSWERED.value, value, ""), moved)


@transaction.atomic
def recount(*, consultation: Consultation) -> None:
    """Count everything anew, after a bulk load that went past the acts."""
    rows = PublicComment.objects.filter(consultation=consultation).order_by()
    PublicCount.objects.filter(consultation=consultation).delete()
    fields = {
        Facet.PASSAGE: ("passage__number",),
        Facet.SECTION: ("section", "section__title"),
        Facet.KIND: ("kind",),
        Facet.LANGUAGE: ("language",),
        Facet.ANSWERED: ("is_answered",),
    }
    counted = [PublicCount(consultation=consultation, facet=Facet.ALL, count=rows.count())]
    for facet, names in fields.items():
        for value, *label, count in rows.values_list(*names).annotate(Count("pk")):
            counted.append(_row(consultation, facet, value, label, count))
    PublicCount.objects.bulk_create(counted)


def _row(
    consultation: Consultation, facet: str, value: object, label: list[str | None], count: int
) -> PublicCount:
    if value is None:
        value = "0" if facet == Facet.PASSAGE else ""
    return PublicCount(
        consultation=consultation,
        facet=facet,
        value=str(value),
        label=(label[0] or "") if label else "",
        count=count,
    )


def _keys(row: PublicComment) -> Iterator[Key]:
    section = row.section
    yield Facet.ALL.value, "", ""
    yield Facet.PASSAGE.value, str(row.passage.number if row.passage else 0), ""
    yield Facet.SECTION.value, str(row.section_id or ""), section.title if section else ""
    yield Facet.KIND.value, row.kind, ""
    yield Facet.LANGUAGE.value, row.language, ""
    yield Facet.ANSWERED.value, str(row.is_answered), ""


def _add(consultation_id: int, key: Key, count: int) -> None:
    facet, value, label = key
    kept = PublicCount.objects.filter(consultation=consultation_id, facet=facet, value=value)
    if not kept.update(count=F("count") + count):
        made = PublicCount(
            consultation_id=consultation_id, facet=facet, value=value, label=label[:300]
        )
        PublicCount.objects.bulk_create([made], ignore_conflicts=True)
        kept.update(count=F("count") + count)
