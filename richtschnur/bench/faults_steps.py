"""What `bench faults` counts in a process that works on one installation."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Phase
from richtschnur.contributions.models import Comment, Contribution, digest
from richtschnur.journal.kinds import RECEIVED
from richtschnur.journal.log import integrate
from richtschnur.journal.models import Leaf
from richtschnur.ui import clock

BERLIN = ZoneInfo("Europe/Berlin")
STEPS_S = (0, 0.001, 0.5, 0.999, 1, 1.001, 60, 1800, 3599, 3600, 3601, 7200)


def standing(addresses: list[str]) -> dict[str, int]:
    """What became of acknowledged submissions, each of a basket with words of its own.

    Lost is also what the public log does not show once; doubled what stands there twice.
    """
    while integrate(at=clock.now()):
        pass
    known = dict(Contribution.objects.values_list("secret_digest", "pk"))
    leaves = Counter(
        Leaf.objects.filter(kind__in=RECEIVED, index__isnull=False).values_list(
            "subject", flat=True
        )
    )
    digests = {digest(address.rstrip("/").rpartition("/")[2]) for address in addresses}
    lost = [one for one in digests if one not in known or leaves[f"contribution:{known[one]}"] != 1]
    said = Counter(Comment.objects.values_list("text", flat=True))
    return {"lost": len(lost), "doubled": sum(number - 1 for number in said.values())}


def remarks(keys: list[str]) -> dict[str, int]:
    """The same of the control's remarks, whose texts are the keys that were acknowledged."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM peer_remark")
        said = Counter(text for (text,) in cursor.fetchall())
    return {
        "lost": sum(not said[key] for key in set(keys)),
        "doubled": sum(number - 1 for number in said.values()),
    }


def deadlines(cases: int, seed: int) -> dict[str, int]:
    """Moments around deadlines, by the product, by seconds since 1970, and by the clock on a wall.

    `wrong`: the product differs from the count of seconds; `control`: the wall's clock does.
    """
    random = Random(seed)  # noqa: S311 – no secret
    wrong = control = 0
    for _case in range(cases):
        closes, at = _moments(random)
        consultation = Consultation(opens_at=closes - timedelta(days=30), closes_at=closes)
        is_open = int(at.timestamp() // 1) <= closes.timestamp()
        wrong += (consultation.phase(at) == Phase.OPEN) != is_open
        on_wall = _wall(at).replace(microsecond=0) <= _wall(closes)
        control += on_wall != is_open
    return {"wrong": wrong, "control": control}


def _moments(random: Random) -> tuple[datetime, datetime]:
    """A deadline, mostly near a change of the clock, and a moment near the deadline."""
    year = random.randint(2024, 2040)
    change = random.choice([_last_sunday(year, 3), _last_sunday(year, 10)])
    if random.random() < 0.2:
        change += timedelta(days=random.randint(1, 150))
    closes = change + timedelta(minutes=random.randint(-180, 180))
    step = random.choice(STEPS_S) * random.choice((-1, 1))
    return closes, (closes + timedelta(seconds=step)).astimezone(random.choice([UTC, BERLIN]))


def _last_sunday(year: int, month: int) -> datetime:
    """The moment at which Europe changes its clocks."""
    day = datetime(year, month, 31, 1, tzinfo=UTC)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(BERLIN).replace(tzinfo=None)


def texts_differ(count: int, seed: int) -> dict[str, Any]:
    """Baskets as of `bench intake`, each with words of its own."""
    from richtschnur.bench import intake_steps
    from richtschnur.contributions.models import BasketComment

    made = intake_steps.baskets(count, seed)
    for comment in BasketComment.objects.all():
        BasketComment.objects.filter(pk=comment.pk).update(text=f"Satz Nummer {comment.pk}")
    return made
