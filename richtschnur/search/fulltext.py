"""The full-text index of each database: SQLite's FTS5, PostgreSQL's tsvector.

Both only keep and look up tokens that were made in Python, so they find the same.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

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


def written(question: Question, both: str, either: str, quote: str) -> str:
    """The question in a database's words; tokens are ASCII letters and digits only."""

    def any_of(keys: frozenset[str]) -> str:
        return either.join(f"{quote}{key}{quote}" for key in sorted(keys))

    def one(asked: Asked) -> str:
        parts = both.join(f"({any_of(part)})" for part in asked.parts)
        return f"({any_of(asked.whole)}{f'{either}({parts})' if parts else ''})"

    return both.join(one(asked) for asked in question.asked)
