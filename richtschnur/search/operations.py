"""What stages call: put documents into the index, show or hide them, take them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from richtschnur.search import fulltext
from richtschnur.search.compounds import lexicon_forms
from richtschnur.search.models import SearchDocument, SearchScope, SearchWord
from richtschnur.search.tokens import tokens_of
from richtschnur.search.words import words_of

AT_ONCE = 500


@dataclass(frozen=True)
class NewScope:
    """Documents that belong together; see models.SearchScope."""

    key: str
    family: str
    title: str
    language: str = "de"
    order: int = 0
    is_public: bool = False
    version: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewDocument:
    """One thing to find. `subject` is its own within the scope; see models.SearchDocument."""

    subject: str
    kind: str
    position: int
    text: str
    title: str = ""
    place: str = ""
    language: str = "de"
    address: tuple[str | int, ...] = ()


@transaction.atomic
def index_scope(scope: NewScope, documents: Sequence[NewDocument]) -> SearchScope:
    """Make the index say exactly this of a scope; what has not changed is left as it is."""
    kept, _is_new = SearchScope.objects.update_or_create(
        key=scope.key,
        defaults={name: value for name, value in vars(scope).items() if name != "key"},
    )
    present = {row.subject: row for row in kept.documents.all()}
    changed = [new for new in documents if not _is_same(present.pop(new.subject, None), new)]
    gone = [row.pk for row in present.values()]
    SearchDocument.objects.filter(pk__in=gone).delete()
    forms = _learn(changed)
    rows = [_row(kept, new, forms) for new in changed]
    SearchDocument.objects.filter(scope=kept, subject__in=[n.subject for n in changed]).delete()
    SearchDocument.objects.bulk_create(rows, batch_size=AT_ONCE)
    return kept


@transaction.atomic
def add_documents(scope: NewScope, documents: Sequence[NewDocument]) -> None:
    """Put some more into a scope; only the keys of their words are kept, not their texts.

    They teach no words: what somebody wrote, a name too, would stay when it is forgotten.
    """
    kept, _is_new = SearchScope.objects.get_or_create(
        key=scope.key,
        defaults={name: value for name, value in vars(scope).items() if name != "key"},
    )
    forms = frozenset(SearchWord.objects.values_list("form", flat=True))
    rows = [_row(kept, new, forms) for new in documents]
    for row in rows:
        row.title = row.text = ""
    SearchDocument.objects.filter(scope=kept, subject__in=[n.subject for n in documents]).delete()
    SearchDocument.objects.bulk_create(rows, batch_size=AT_ONCE)


def forget_documents(key: str, subjects: Sequence[str]) -> None:
    """Take some documents out of a scope."""
    SearchDocument.objects.filter(scope__key=key, subject__in=subjects).delete()


def forget_deleted_words(*, steps: int = 200) -> bool:
    """Leave nothing in the index of what was taken out; says whether it is done, else call again.

    Call it outside of a transaction.
    """
    return fulltext.forget_deleted(steps=steps)


def forget_scope(key: str) -> None:
    """Take a scope and its documents out of the index."""
    SearchScope.objects.filter(key=key).delete()


def forget_everything() -> None:
    """Empty the index, words included: before it is built anew."""
    SearchScope.objects.all().delete()
    SearchWord.objects.all().delete()


def _is_same(row: SearchDocument | None, new: NewDocument) -> bool:
    if row is None:
        return False
    return all(
        getattr(row, name) == (list(value) if name == "address" else value)
        for name, value in vars(new).items()
    )


def _row(scope: SearchScope, new: NewDocument, forms: frozenset[str]) -> SearchDocument:
    tokens = tokens_of((new.title, new.text), new.language, forms.__contains__)
    return SearchDocument(
        scope=scope,
        tokens=" ".join(tokens),
        **{**vars(new), "address": list(new.address)},
    )


def _learn(documents: Iterable[NewDocument]) -> frozenset[str]:
    """Add the nouns of German texts to the known forms; returns all of them."""
    nouns = {
        word.written
        for document in documents
        if document.language.startswith("de")
        for word in words_of(f"{document.title}\n{document.text}")
        if word.written[:1].isupper()
    }
    known = frozenset(SearchWord.objects.values_list("form", flat=True))
    new = [SearchWord(form=form) for form in sorted(lexicon_forms(nouns) - known)]
    SearchWord.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)
    return known | {word.form for word in new}
