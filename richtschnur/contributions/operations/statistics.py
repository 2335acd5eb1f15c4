"""Voluntary statistics: counted, never stored with anybody's words.

Nothing that says when or by whom: only how often a combination was given in a consultation. It is
counted in a transaction of its own, after the contribution's has ended.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import StatisticCount

ASKED = ("age", "gender", "municipality", "first_language")


@transaction.atomic
def count_answers(*, consultation: Consultation, answers: Mapping[str, str]) -> None:
    """Add one person's voluntary answers; nothing is kept when none was given."""
    given = {name: (answers.get(name) or "")[:80] for name in ASKED}
    if not any(given.values()):
        return
    kept = StatisticCount.objects.filter(consultation=consultation, **given)
    if not kept.update(count=F("count") + 1):
        made = StatisticCount(consultation=consultation, **given)
        StatisticCount.objects.bulk_create([made], ignore_conflicts=True)
        kept.update(count=F("count") + 1)
