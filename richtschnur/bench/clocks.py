"""Deadlines, clocks that jump, and the change to and from summer time, for `bench faults`.

What is right is counted in seconds since 1970 and by the law alone (clocks go forward on the last
Sunday of March and back on the last of October, at 01:00 UTC), without a table of time zones.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from richtschnur.bench import intake_steps
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Phase
from richtschnur.contributions.models import Basket, BasketComment, digest
from richtschnur.contributions.operations import send_basket, sending_key
from richtschnur.journal.refusals import Refused
from richtschnur.ui.commands import moment

BERLIN = ZoneInfo("Europe/Berlin")
STEPS_S = (0, 0.001, 0.5, 0.999, 1, 1.001, 60, 1800, 3599, 3600, 3601, 7200)
SENT_EACH = 100  # one of so many cases is sent through the product and repeated
JUMPS_S = (-7200, -3600, -1, 0, 1, 3600, 7200, 86_400)


def decided(cases: int, seed: int) -> dict[str, int]:
    """Deadlines and moments around them, by the product and by the count of seconds.

    `wrong`: the product differs, in its decision or in how it reads the deadline as it is typed;
    `control`: so does one who compares what clocks on the wall show.
    """
    random = Random(seed)  # noqa: S311 – no secret
    wrong = control = 0
    for _case in range(cases):
        closes, at = moments(random)
        consultation = Consultation(opens_at=closes - timedelta(days=30), closes_at=closes)
        is_open = int(at.timestamp() // 1) <= closes.timestamp()
        wrong += (consultation.phase(at) == Phase.OPEN) != is_open
        wrong += not is_read_right(wall(closes) + timedelta(minutes=random.randint(-90, 90)))
        control += (wall(at).replace(microsecond=0) <= wall(closes)) != is_open
    return {"wrong": wrong, "control": control}


def moments(random: Random) -> tuple[datetime, datetime]:
    """A deadline, mostly near a change of the clock, and a moment near it, in any zone."""
    year = random.randint(2024, 2040)
    change = random.choice(_changes(year))
    if random.random() < 0.2:
        change += timedelta(days=random.randint(1, 150))
    closes = change + timedelta(minutes=random.randint(-180, 180))
    step = random.choice(STEPS_S) * random.choice((-1, 1))
    at = closes + timedelta(seconds=step)
    zones = (UTC, BERLIN)
    return closes.astimezone(random.choice(zones)), at.astimezone(random.choice(zones))


def is_read_right(typed: datetime) -> bool:
    """Whether a deadline as typed becomes a moment at which the clock shows it, or is refused."""
    right = [
        one
        for hours in (1, 2)
        if _ahead(one := typed.replace(tzinfo=UTC) - timedelta(hours=hours)) == hours
    ]
    try:
        read = moment(typed.isoformat())
    except Refused:
        return not right
    return read.astimezone(UTC) in right


def _ahead(at: datetime) -> int:
    """Hours by which German clocks are ahead of UTC."""
    forward, back = _changes(at.year)
    return 2 if forward <= at < back else 1


def _changes(year: int) -> tuple[datetime, datetime]:
    """The moments at which clocks go forward and back."""
    last = [datetime(year, month, 31, 1, tzinfo=UTC) for month in (3, 10)]
    forward, back = (day - timedelta(days=(day.weekday() + 1) % 7) for day in last)
    return forward, back


def wall(at: datetime) -> datetime:
    """What a clock on the wall shows."""
    return at.astimezone(BERLIN).replace(tzinfo=None)


@transaction.atomic  # only decisions are looked at: nothing has to reach the disk case by case
def sent(cases: int, seed: int) -> dict[str, Any]:
    """Baskets that are sent while the clock jumps: {"secrets","wrong"}.

    What comes in time is taken, else refused. Each is sent again after another jump, the end of
    the period included: what was taken leads to its first receipt, and nothing is taken twice.
    """
    random = Random(seed)  # noqa: S311 – no secret
    model = intake_steps.opened(seed)
    found: list[str] = []
    wrong = 0
    for case in range(cases):
        closes, at = moments(random)
        consultation = _closing(model, f"clock-{seed}-{case}", closes)
        send = _basket(consultation, f"Uhr {seed} {case}")
        is_open = int(at.timestamp() // 1) <= closes.timestamp()
        taken = _sent(send, at)
        wrong += (taken is not None) != is_open
        jumped = at + timedelta(seconds=random.choice(JUMPS_S))
        again = _sent(send, jumped)
        if taken is not None:
            found.append(taken)
            wrong += again != taken
        elif again is not None:  # the clock went back to a time at which it was open
            found.append(again)
            wrong += int(jumped.timestamp() // 1) > closes.timestamp()
    return {"secrets": found, "wrong": wrong}


def _closing(model: Consultation, slug: str, closes: datetime) -> Consultation:
    """Another consultation on the same paper with another period."""
    row = Consultation.objects.get(pk=model.pk)
    row.pk, row.slug, row.key = None, slug, secrets.token_urlsafe(20)
    row.opens_at, row.closes_at = closes - timedelta(days=30), closes
    row.save(force_insert=True)
    return row


def _basket(consultation: Consultation, text: str) -> dict[str, Any]:
    """What is sent each time: the basket's secret and its key."""
    name, now = secrets.token_urlsafe(32), consultation.opens_at
    row = Basket.objects.create(
        consultation=consultation, secret_digest=digest(name), created_at=now, touched_at=now
    )
    BasketComment.objects.create(basket=row, text=text, written_at=now)
    return {"consultation": consultation, "secret": name, "key": sending_key(row)}


def _sent(send: dict[str, Any], at: datetime) -> str | None:
    """The receipt's secret, None when it was refused."""
    try:
        return send_basket(kind="resident", at=at, **send).secret
    except Refused:
        return None
