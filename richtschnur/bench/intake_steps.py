"""What `bench intake` prepares and counts in a process that works on one installation."""

from __future__ import annotations

import secrets
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from richtschnur.bench.papers.long import as_text, long_paper
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.contributions.models import Basket, BasketComment, Contribution, digest
from richtschnur.contributions.operations import sending_key
from richtschnur.journal.actors import CLI
from richtschnur.journal.writing import NEXT
from richtschnur.strategy.operations import import_draft
from richtschnur.ui import clock

PASSAGES = 60
AT_ONCE = 1000
COOKIE = "richtschnur_basket_{}"  # were it another, the POST that is counted would fail


def baskets(count: int, seed: int) -> dict[str, Any]:
    """An open consultation and so many baskets with a comment each: {path, cookie, baskets}."""
    consultation = opened(seed)
    random = Random(seed)  # noqa: S311 – no secret
    passages = list(consultation.edition.passages.all())  # type: ignore[union-attr]
    found = []
    for begin in range(0, count, AT_ONCE):
        names = [secrets.token_urlsafe(32) for _ in range(min(AT_ONCE, count - begin))]
        now = clock.now()
        rows = Basket.objects.bulk_create(
            Basket(
                consultation=consultation,
                secret_digest=digest(name),
                created_at=now,
                touched_at=now,
            )
            for name in names
        )
        BasketComment.objects.bulk_create(
            BasketComment(
                basket=row,
                passage=random.choice(passages),
                text="Bitte mehr Busse am Abend, auch am Wochenende.",
                written_at=now,
            )
            for row in rows
        )
        found += [(name, sending_key(row)) for name, row in zip(names, rows, strict=True)]
    path = reverse("contributions:basket", args=[consultation.slug])
    return {"path": path, "cookie": COOKIE.format(consultation.pk), "baskets": found}


def opened(seed: int) -> Consultation:
    """A public consultation that is open now, on a paper of some pages."""
    now = clock.now()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.txt"
        random = Random(seed)  # noqa: S311 – no secret
        file.write_text(as_text(long_paper(passages=PASSAGES, random=random)), "utf-8")
        edition = import_draft(path=file, by=CLI, at=now)
    return open_consultation(
        on=edition,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        audience="public",
        by=CLI,
        at=now,
    )


def kept(addresses: list[str]) -> dict[str, int]:
    """How many of the acknowledged submissions are lost, and how many stand there twice."""
    known = set(Contribution.objects.values_list("secret_digest", flat=True))
    digests = [digest(address.rstrip("/").rpartition("/")[2]) for address in addresses]
    return {
        "queries": _queries(),
        "lost": sum(one not in known for one in digests),
        "doubled": max(0, len(known) - len(set(digests))),
    }


def _queries() -> int:
    """Statements of one POST that submits, also of those sent together; commit apart."""
    consultation = Consultation.objects.get()
    made = baskets_in(consultation)
    client = Client(HTTP_HOST="localhost")
    client.cookies[made["cookie"]] = made["secret"]
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(made["path"], {"key": made["key"], "kind": "resident"})
    if answer.status_code != 303:
        raise RuntimeError(f"the basket answered {answer.status_code}")
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    sent = [one for query in asked.captured_queries for one in query["sql"].split(NEXT)]
    return sum(not one.startswith(marks) for one in sent)


def baskets_in(consultation: Consultation) -> dict[str, str]:
    """One more basket with a comment: {path, cookie, secret, key}."""
    name, now = secrets.token_urlsafe(32), clock.now()
    row = Basket.objects.create(
        consultation=consultation, secret_digest=digest(name), created_at=now, touched_at=now
    )
    BasketComment.objects.create(basket=row, text="Noch ein Satz.", written_at=now)
    return {
        "path": reverse("contributions:basket", args=[consultation.slug]),
        "cookie": COOKIE.format(consultation.pk),
        "secret": name,
        "key": sending_key(row),
    }
