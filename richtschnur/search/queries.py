"""Finding: what a reader's words lead to, best first, the newest edition first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from richtschnur.search import fulltext
from richtschnur.search.compounds import candidates
from richtschnur.search.models import SearchDocument, SearchScope, SearchWord
from richtschnur.search.tokens import Question, question_of
from richtschnur.search.words import canonical, words_of

MOST_FOUND = 5000
LONGEST_QUESTION = 300  # letters
SOUGHT_AT_ONCE = 500
HEADING_BONUS = 2


@dataclass(frozen=True)
class Filters:
    """What a search is narrowed to; "" is all, as `scope` the newest of each family."""

    family: str = ""
    scope: str = ""
    kind: str = ""


@dataclass
class Found:
    """All that answers a question: documents in the order in which they are shown.

    `elsewhere` counts what older scopes hold, `kinds` what there is of each kind before `kind`
    narrows it.
    """

    question: Question
    documents: list[int]
    elsewhere: list[tuple[SearchScope, int]]
    families: list[SearchScope]
    kinds: Counter[str]


def search(text: str, *, filters: Filters, sees_hidden: bool) -> Found:
    """Everything that answers these words and that the reader may see."""
    text = text[:LONGEST_QUESTION]
    forms = known_forms(text)
    question = question_of(text, forms.__contains__)
    scopes = list(visible_scopes(sees_hidden))
    if not question:
        return Found(question, [], [], newest(scopes), Counter())
    wanted = [s for s in scopes if filters.family in ("", s.family)]
    rows = fulltext.matching(SearchDocument.objects.filter(scope__in=wanted), question)
    hits = list(rows.order_by("pk").values_list("pk", "scope", "kind", "position", "tokens"))
    shown = {s.pk for s in _chosen(wanted, filters.scope)}
    here = [hit for hit in hits[:MOST_FOUND] if hit[1] in shown]
    by_scope = Counter(hit[1] for hit in hits)
    return Found(
        question,
        _ranked([h for h in here if filters.kind in ("", h[2])], question, scopes),
        [(s, by_scope[s.pk]) for s in wanted if by_scope[s.pk] and s.pk not in shown],
        newest(scopes),
        Counter(hit[2] for hit in here),
    )


@dataclass(frozen=True)
class Answering:
    """What answers some words in one scope: all of its `positions`, or None when they are many.

    Where they are many, `documents` are to be asked one by one, along the order that is shown.
    """

    positions: list[int] | None
    documents: QuerySet[SearchDocument]


def answering_in(key: str, text: str) -> Answering | None:
    """The documents of one scope that answer these words; None when no word is asked for.

    Three queries at most, and none that grows with what answers.
    """
    text = text[:LONGEST_QUESTION]
    question = question_of(text, known_forms(text).__contains__)
    if not question:
        return None
    found = fulltext.few_positions(key, question, MOST_FOUND)
    scope = SearchScope.objects.filter(key=key).values("pk")[:1]
    documents = SearchDocument.objects.filter(scope=scope).order_by()
    return Answering(found, fulltext.answers(documents, question))


def _ranked(
    hits: list[tuple[int, int, str, int, str]], question: Question, scopes: list[SearchScope]
) -> list[int]:
    """The newest scope first, in it what answers best, then in reading order."""
    places = {scope.pk: place for place, scope in enumerate(scopes)}
    ranked = []
    for pk, scope, kind, position, tokens in hits:
        score = question.score(Counter(tokens.split())) + (
            HEADING_BONUS if kind != "passage" else 0
        )
        ranked.append((places[scope], -score, position, pk))
    return [pk for *_order, pk in sorted(ranked)]


def visible_scopes(sees_hidden: bool) -> QuerySet[SearchScope]:
    """The newest first; what is not public only for those who see it.

    A scope without a family is searched by its own stage alone.
    """
    found = SearchScope.objects.exclude(family="").order_by("-order", "key")
    return found if sees_hidden else found.filter(is_public=True)


def newest(scopes: list[SearchScope]) -> list[SearchScope]:
    """Of each family the first, which is the newest."""
    first: dict[str, SearchScope] = {}
    for scope in scopes:
        first.setdefault(scope.family, scope)
    return list(first.values())


def _chosen(scopes: list[SearchScope], key: str) -> list[SearchScope]:
    if key == "all":
        return scopes
    return [s for s in scopes if s.key == key] if key else newest(scopes)


def loaded(pks: list[int]) -> list[SearchDocument]:
    """These documents with their scopes, in this order; one query."""
    rows = SearchDocument.objects.select_related("scope").in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def known_forms(text: str) -> frozenset[str]:
    """Which forms that the compounds of a question could be made of are known."""
    wanted: set[str] = set()
    for word in words_of(text):
        wanted |= candidates(canonical(word.written))
    return _known(wanted)


def _known(wanted: set[str]) -> frozenset[str]:
    found: set[str] = set()
    listed = sorted(wanted)
    for start in range(0, len(listed), SOUGHT_AT_ONCE):
        some = Q(form__in=listed[start : start + SOUGHT_AT_ONCE])
        found |= set(SearchWord.objects.filter(some).values_list("form", flat=True))
    return frozenset(found)
