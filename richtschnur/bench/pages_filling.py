"""Fills an installation with published contributions: sets of rows, past the operations.

Each contribution has one comment, published, counted and found by its words, as the operations
would leave it; journal and log stay empty, no public page reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.operations.counting import recount
from richtschnur.search.models import SearchScope
from richtschnur.search.tokens import tokens_of
from richtschnur.ui import clock

NUMBERS = (
    "WITH RECURSIVE row(n) AS (SELECT CAST({first} AS bigint) UNION ALL"
    " SELECT n + 1 FROM row WHERE n < {last})"
)
KINDS = ("resident", "worker", "resident_and_worker", "club", "welfare", "other")
LANGUAGES = ("de", "de", "de", "de", "ar", "uk", "ru", "tr", "en")
WISHES = ("mehr Busse", "einen Kurs am Abend", "Räume zum Treffen", "kürzere Wege", "mehr Zeit")
PEOPLE = ("für alle", "für Kinder", "für ältere Menschen", "für neue Nachbarn", "für Vereine")
PLACES = ("in der Stadt", "auf dem Dorf", "an der Schule", "am Bahnhof", "im Rathaus")
SELDOM = 10_000  # one in so many says a word that no other says
NUMBER = "CAST(n AS text)"

ROWS = {
    "contributions_contribution": {
        "id": "n",
        "consultation_id": "{consultation}",
        "number": f"'B' || {NUMBER}",
        "secret_digest": f"'secret-' || {NUMBER}",
        "idempotency_digest": f"'key-' || {NUMBER}",
        "kind": "k.v",
        "channel": "'web'",
        "language": "l.v",
        "is_nil_return": "{no}",
        "is_late": "{no}",
        "received_at": "{received}",
        "recorded_at": "{moment}",
        "recorded_by": "''",
        "salt": "{salt}",
        "commitment": "'none'",
    },
    "contributions_comment": {
        "id": "n",
        "contribution_id": "n",
        "position": "0",
        "passage_id": "p.id",
        "text": "t.v || {seldom}",
        "suggestion": "''",
    },
    "contributions_sender": {
        "contribution_id": "n",
        "name": "''",
        "organisation": "''",
        "email": "''",
    },
    "evaluation_point": {
        "consultation_id": "{consultation}",
        "received_at": "{received}",
        "stands_at": "p.position",
        "comment_id": "n",
        "start": "0",
        '"end"': "20",
        "state": "'open'",
        "are_words_public": "{yes}",
        "created_at": "{moment}",
    },
    "contributions_publiccomment": {
        "comment_id": "n",
        "consultation_id": "{consultation}",
        "passage_id": "p.id",
        "section_id": "p.section",
        "place": "p.number * CAST(1000000000000 AS bigint) + n",
        "kind": "k.v",
        "language": "l.v",
        "received_on": "{day}",
        "is_answered": "(n % 3 = 0)",
        "text": "t.v || {seldom}",
        "suggestion": "''",
        "files": "'[]'",
        "published_at": "{moment}",
    },
    "search_searchdocument": {
        "scope_id": "{scope}",
        "subject": f"'comment:' || {NUMBER}",
        "kind": "'contribution'",
        "position": "n",
        "title": "''",
        "text": "''",
        "place": "''",
        "language": "l.v",
        "address": "'[]'",
        "tokens": "t.tokens || {seldom_token}",
    },
}
# What is drawn from lists is joined by the number, folded by primes so that nothing goes together.
JOINED = (
    ("k", "bench_kind", 10007),
    ("l", "bench_language", 10037),
    ("t", "bench_text", 100003),
    ("p", "bench_passage", 100019),
)


@dataclass(frozen=True)
class Lists:
    """The temporary tables that rows are drawn from: how long each one is."""

    lengths: dict[str, int]

    def joins(self, columns: str) -> str:
        """Those that these columns speak of."""
        return " ".join(
            f"JOIN {table} {name} ON {name}.i = (n * 7919) % {prime} % {self.lengths[table]}"
            for name, table, prime in JOINED
            if f"{name}." in columns
        )


def fill(present: int, wanted: int, seed: int) -> int:
    """Add contributions until there are `wanted`, all published; says how many there are."""
    if wanted <= present:
        return present
    consultation = Consultation.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(_unchecked())
    with transaction.atomic(), connection.cursor() as cursor:
        lists = _lists(cursor, consultation, seed)
        values = _constants(consultation)
        numbers = NUMBERS.format(first=present + 1, last=wanted)
        for table, columns in ROWS.items():
            made = ", ".join(columns.values()).format(**values)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) {numbers}"  # noqa: S608 – constants
                f" SELECT {made} FROM row {lists.joins(made)}"
            )
    return wanted


def finish() -> None:
    """Count what is published, and let the database look at what it holds."""
    recount(consultation=Consultation.objects.get())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _unchecked() -> str:
    """Rows that fit by construction need no look at each foreign key."""
    if connection.vendor == "sqlite":
        return "PRAGMA foreign_keys=OFF"
    return "SET session_replication_role = replica"


def _lists(cursor: Any, consultation: Consultation, seed: int) -> Lists:
    passages = consultation.edition.passages.order_by("pk")  # type: ignore[union-attr]
    texts = [f"Bitte {wish} {who} {where}" for wish in WISHES for who in PEOPLE for where in PLACES]
    Random(seed).shuffle(texts)  # noqa: S311 – no secret
    tokens = [" ".join(tokens_of([text], "de", frozenset().__contains__)) for text in texts]
    rows: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
        "bench_kind": ("v text", [(kind,) for kind in KINDS]),
        "bench_language": ("v text", [(language,) for language in LANGUAGES]),
        "bench_text": ("v text, tokens text", list(zip(texts, tokens, strict=True))),
        "bench_passage": (
            "id bigint, section bigint, number bigint, position bigint",
            list(passages.values_list("pk", "section_id", "number", "position")),
        ),
    }
    for table, (columns, values) in rows.items():
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} (i bigint PRIMARY KEY, {columns})")
        marks = ", ".join(["%s"] * (len(values[0]) + 1))
        numbered = [(number, *value) for number, value in enumerate(values)]
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", numbered)  # noqa: S608
    return Lists({table: len(values) for table, (_columns, values) in rows.items()})


def _constants(consultation: Consultation) -> dict[str, str]:
    at = clock.now() - timedelta(hours=1)
    is_sqlite = connection.vendor == "sqlite"
    moment = connection.ops.adapt_datetimefield_value(at)
    scope, _is_new = SearchScope.objects.get_or_create(
        key=f"contributions:{consultation.slug}", defaults={"family": "", "title": "bench"}
    )
    seldom = f"CASE WHEN n % {SELDOM} = 1 THEN ' {{}}' || {NUMBER} ELSE '' END"
    return {
        "consultation": str(consultation.pk),
        "scope": str(scope.pk),
        "received": _a_second_apart(str(moment), is_sqlite),
        "moment": f"'{moment}'" if is_sqlite else f"timestamptz '{moment}'",
        "day": f"'{at:%Y-%m-%d}'" if is_sqlite else f"date '{at:%Y-%m-%d}'",
        "no": "0" if is_sqlite else "false",
        "yes": "1" if is_sqlite else "true",
        "salt": "zeroblob(32)" if is_sqlite else "decode(repeat('00', 32), 'hex')",
        "seldom": seldom.format("Nummer "),
        "seldom_token": seldom.format(""),
    }


def _a_second_apart(moment: str, is_sqlite: bool) -> str:
    """One after the other, the last of ten million at this moment; lists are sorted by it."""
    if is_sqlite:
        return f"strftime('%Y-%m-%d %H:%M:%S', '{moment}', (n - 10000000) || ' seconds')"
    return f"timestamptz '{moment}' - make_interval(secs => 10000000 - n)"
