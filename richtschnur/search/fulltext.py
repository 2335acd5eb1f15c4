"""The full-text index of each database: SQLite's FTS5, PostgreSQL's tsvector.

Both only keep and look up tokens that were made in Python, so they find the same.
"""

from __future__ import annotations

import json
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from richtschnur.search.models import SearchDocument
from richtschnur.search.tokens import Asked, Question

SQLITE = (
    "CREATE VIRTUAL TABLE search_fulltext USING fts5("
    "tokens, content='search_searchdocument', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER search_document_added AFTER INSERT ON search_searchdocument BEGIN"
    " INSERT INTO search_fulltext(rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER search_document_gone AFTER DELETE ON search_searchdocument BEGIN"
    " INSERT INTO search_fulltext(search_fulltext, rowid, tokens)"
    " VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER search_document_changed AFTER UPDATE ON search_searchdocument BEGIN"
    " INSERT INTO search_fulltext(search_fulltext, rowid, tokens)"
    " VALUES ('delete', old.id, old.tokens);"
    " INSERT INTO search_fulltext(rowid, tokens) VALUES (new.id, new.tokens); END",
)
VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"
POSTGRESQL = (f"CREATE INDEX search_document_tokens ON search_searchdocument USING gin ({VECTOR})",)


def lay(schema_editor: Any) -> None:
    """Make the index; called by the migration."""
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


PAGES_A_STEP = 500


def forget_deleted(*, steps: int) -> bool:
    """Take words out of SQLite's index that only deleted documents held; says whether it is done.

    FTS5 keeps them until its parts are merged (its documentation, "the merge command"). Each step
    is short, so that others write in between; PostgreSQL does this by itself.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "sqlite":
        return True
    for step in range(steps):
        pages = PAGES_A_STEP if step else -PAGES_A_STEP  # the first one begins with all parts
        with connection.cursor() as cursor:
            before = connection.connection.total_changes
            cursor.execute(
                "INSERT INTO search_fulltext(search_fulltext, rank) VALUES ('merge', %s)", [pages]
            )
            if connection.connection.total_changes - before < 2:
                return True
    return False


def matching(documents: QuerySet[SearchDocument], question: Question) -> QuerySet[SearchDocument]:
    """Those that answer every word of a question."""
    if connections[documents.db].vendor == "sqlite":
        clause = (
            "search_searchdocument.id IN"
            " (SELECT rowid FROM search_fulltext WHERE search_fulltext MATCH %s)"
        )
        return documents.extra(where=[clause], params=[written(question, " AND ", " OR ", '"')])  # noqa: S610 – the clause is constant
    vector = VECTOR.replace("tokens", "search_searchdocument.tokens")
    asked = written(question, " & ", " | ", "'")
    return documents.extra(where=[f"{vector} @@ %s::tsquery"], params=[asked])  # noqa: S610 – as above


FEW_FROM_SQLITE = (
    "SELECT d.position FROM search_fulltext f CROSS JOIN search_searchdocument d ON d.id = f.rowid"
    " WHERE f.search_fulltext MATCH %s"
    " AND d.scope_id = (SELECT id FROM search_searchscope WHERE key = %s) LIMIT %s"
)


def few_positions(scope: str, question: Question, most: int) -> list[int] | None:
    """The positions of a scope's documents that answer; None where they are more than `most`.

    `scope` is its key. It never costs more with a million answers: SQLite's index is read no
    further than that, PostgreSQL, which would first gather them all, is asked how many it expects.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            asked = written(question, " AND ", " OR ", '"')
            cursor.execute(FEW_FROM_SQLITE, [asked, scope, most + 1])
            found = [row[0] for row in cursor.fetchall()]
    else:
        rows = matching(SearchDocument.objects.filter(scope__key=scope), question).order_by()
        plan = json.loads(rows.values("position").explain(format="json"))
        if plan[0]["Plan"]["Plan Rows"] > most:
            return None
        found = list(rows.values_list("position", flat=True)[: most + 1])
    return found if len(found) <= most else None


def answers(documents: QuerySet[SearchDocument], question: Question) -> QuerySet[SearchDocument]:
    """Like `matching`, but each document is looked at by itself: for walking along an order."""
    if connections[documents.db].vendor == "sqlite":
        return documents.filter(_told(question))
    vector = Func(F("tokens"), template=VECTOR.replace("tokens", "%(expressions)s"))
    asked = Func(Value(written(question, " & ", " | ", "'")), template="%(expressions)s::tsquery")
    both = Func(
        vector,
        asked,
        arg_joiner=" @@ ",
        template="(%(expressions)s)",
        output_field=BooleanField(),
    )
    return documents.filter(both)


def _told(question: Question) -> Q:
    """The question as conditions on the keys themselves."""
    tokens = Concat(Value(" "), F("tokens"), Value(" "))

    def any_of(keys: frozenset[str]) -> Q:
        found = [Q(GreaterThan(StrIndex(tokens, Value(f" {key} ")), 0)) for key in sorted(keys)]
        return reduce(or_, found, Q(pk__in=[]))

    def one(asked: Asked) -> Q:
        parts = [any_of(part) for part in asked.parts]
        return any_of(asked.whole) | reduce(and_, parts) if parts else any_of(asked.whole)

    return reduce(and_, map(one, question.asked), Q())


def written(question: Question, both: str, either: str, quote: str) -> str:
    """The question in a database's words; tokens are ASCII letters and digits only."""

    def any_of(keys: frozenset[str]) -> str:
        return either.join(f"{quote}{key}{quote}" for key in sorted(keys))

    def one(asked: Asked) -> str:
        parts = both.join(f"({any_of(part)})" for part in asked.parts)
        return f"({any_of(asked.whole)}{f'{either}({parts})' if parts else ''})"

    return both.join(one(asked) for asked in question.asked)
