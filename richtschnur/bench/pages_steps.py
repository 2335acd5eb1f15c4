"""What `bench pages` prepares and counts in a process that works on one installation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from richtschnur.bench.intake_steps import opened
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.ui import clock

NUMBERS = (
    "WITH RECURSIVE row(n) AS (SELECT CAST(%s AS bigint) UNION ALL"
    " SELECT n + 1 FROM row WHERE n < %s)"
)
CONTRIBUTIONS = """
INSERT INTO contributions_contribution (id, consultation_id, number, secret_digest,
  idempotency_digest, kind, channel, language, is_nil_return, is_late, received_at, recorded_at,
  recorded_by, salt, commitment)
{numbers}
SELECT n, %s, 'B' || CAST(n AS text), 'secret-' || CAST(n AS text), 'key-' || CAST(n AS text),
  'resident', 'web', 'de', %s, %s, %s, %s, '', %s, 'none' FROM row
"""
COMMENTS = """
INSERT INTO contributions_comment
  (id, contribution_id, position, passage_id, text, suggestion)
{numbers}
SELECT n, n, 0, %s + n %% %s, 'Bitte mehr Busse am Abend, Nummer ' || CAST(n AS text), '' FROM row
"""
SENDERS = """
INSERT INTO contributions_sender (contribution_id, name, organisation, email)
{numbers} SELECT n, '', '', '' FROM row
"""
POINTS = """
INSERT INTO evaluation_point
  (comment_id, start, "end", state, are_words_public, created_at)
{numbers} SELECT n, 0, 30, 'open', %s, %s FROM row
"""
PUBLISHED = """
INSERT INTO contributions_publiccomment (comment_id, consultation_id, passage_id, section_id,
  place, kind, language, received_on, is_answered, text, published_at)
{numbers}
SELECT n, %s, p.id, p.section_id, n, 'resident', 'de', %s, %s,
  'Bitte mehr Busse am Abend, Nummer ' || CAST(n AS text), %s
FROM row JOIN strategy_passage p ON p.id = %s + n %% %s
"""
COUNTED = """
INSERT INTO contributions_publiccount (consultation_id, facet, value, label, count)
SELECT %s, 'passage', CAST(p.number AS text), '', count(*)
FROM contributions_publiccomment c JOIN strategy_passage p ON p.id = c.passage_id GROUP BY p.number
UNION ALL SELECT %s, 'all', '', '', count(*) FROM contributions_publiccomment
"""


def prepared(seed: int) -> dict[str, str]:
    """An open consultation that publishes: {page, list, cookie}; list is "" while there is none."""
    consultation = opened(seed)
    Consultation.objects.filter(pk=consultation.pk).update(publication=Publication.ANONYMISED)
    return {
        "page": reverse("consultation:read", args=[consultation.slug]),
        "list": _list(consultation),
        "cookie": f"richtschnur_basket_{consultation.pk}=none",
    }


def _list(consultation: Consultation) -> str:
    for name in ("contributions:published", "publishing:contributions"):
        try:
            return reverse(name, args=[consultation.slug])
        except NoReverseMatch:
            continue
    return ""


def fill(present: int, wanted: int) -> int:
    """Add contributions of one comment each, straight into the tables; says how many there are."""
    if wanted <= present:
        return present
    consultation = Consultation.objects.get()
    passages = list(consultation.edition.passages.order_by("pk"))  # type: ignore[union-attr]
    first, count, at = passages[0].pk, len(passages), clock.now() - timedelta(hours=1)
    span, pk = [present + 1, wanted], consultation.pk
    moment = connection.ops.adapt_datetimefield_value(at)
    salt = b"\0" * 32
    with connection.cursor() as cursor:

        def add(sql: str, *values: Any) -> None:
            cursor.execute(sql.format(numbers=NUMBERS), [*span, *values])

        add(CONTRIBUTIONS, pk, False, False, moment, moment, salt)
        add(COMMENTS, first, count)
        add(SENDERS)
        add(POINTS, False, moment)
        if _publishes():
            add(PUBLISHED, pk, at.date(), False, moment, first, count)
            cursor.execute("DELETE FROM contributions_publiccount")
            cursor.execute(COUNTED, [pk, pk])
        cursor.execute("ANALYZE")
    return wanted


def _publishes() -> bool:
    return "publiccomment" in apps.all_models["contributions"]


def queries(path: str) -> int:
    """How many questions a page asks the database, made anew for a reader without cookies."""
    client = Client(HTTP_HOST="localhost")
    client.get(path)  # what a process asks once only
    client = Client(HTTP_HOST="localhost")
    client.cookies["richtschnur_basket_1"] = "none"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len(asked)
