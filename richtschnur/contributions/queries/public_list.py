"""What everyone may read: published comments, narrowed and paged by keys, never counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.http import urlencode

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.models import Consent, PublicComment, PublicCount
from richtschnur.contributions.states import Facet, Kind, Purpose
from richtschnur.search.queries import answering_in
from richtschnur.strategy.models import Passage

A_PAGE = 20
WALKED = 3000  # comments that one page searches, when the words stand in many
NEWEST, OLDEST, PASSAGE = "newest", "oldest", "passage"
SORTS = {NEWEST: "-pk", OLDEST: "pk", PASSAGE: "place"}  # "comment" would join
LONGEST_NUMBER = 19  # digits
MOST = 2**31 - 1  # that a database takes for the number of a passage


@dataclass(frozen=True)
class Chosen:
    """How the list is narrowed and sorted; "" and None are all. `after` is the last key seen."""

    q: str = ""
    passage: int | None = None
    section: int | None = None
    kind: str = ""
    language: str = ""
    answered: str = ""
    sort: str = NEWEST
    after: int | None = None

    @property
    def is_narrow(self) -> bool:
        return replace(self, sort=NEWEST, after=None) != Chosen()

    def query(self, **changes: object) -> str:
        """The same as part of an address, with changes."""
        given = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        default = Chosen()
        kept = {n: v for n, v in given.items() if v not in (None, "", getattr(default, n))}
        return urlencode(kept)


def chosen_in(given: Mapping[str, str]) -> Chosen:
    """From an address; what makes no sense counts as not given."""
    sort = given.get("sort", "")
    kind = given.get("kind", "")
    answered = given.get("answered", "")
    return Chosen(
        q=given.get("q", "").replace("\0", "").strip()[:200],
        passage=_number(given.get("passage", "")),
        section=_number(given.get("section", "")),
        kind=kind if kind in Kind.values else "",
        language=given.get("language", "").replace("\0", "")[:10],
        answered=answered if answered in ("yes", "no") else "",
        sort=sort if sort in SORTS else NEWEST,
        after=_number(given.get("after", "")),
    )


def published(consultation: Consultation) -> QuerySet[PublicComment]:
    """All of a consultation; none where it publishes nothing."""
    rows = PublicComment.objects.filter(consultation=consultation)
    return rows.none() if consultation.publication == Publication.NOT else rows


def published_comments(consultation: Consultation) -> QuerySet[PublicComment]:
    """The same with what a list shows; `is_named` says whether the name may stand."""
    consents = Consent.objects.filter(
        contribution=OuterRef("comment__contribution"),
        purpose=Purpose.PUBLISH_NAME,
        revoked_at__isnull=True,
    )
    rows = published(consultation).select_related("passage", "comment__contribution__sender")
    return rows.annotate(is_named=Exists(consents))


@dataclass(frozen=True)
class PublicPage:
    """One page of the list; `next_after` is the key that the next one begins behind, or None.

    `walked` is how many comments were searched for words before the page was full, when it is not:
    the next page searches on.
    """

    rows: list[PublicComment]
    next_after: int | None
    walked: int | None = None


def public_page(consultation: Consultation, chosen: Chosen, *, size: int = A_PAGE) -> PublicPage:
    """The comments behind `chosen.after`; one query, three more for words.

    Their keys are found first, within the same query, and joined afterwards: PostgreSQL would else
    walk all comments up to the page, to join them in their order.
    """
    rows = narrowed(published(consultation), chosen)
    if chosen.passage is not None:
        rows = _on_passage(rows, consultation, chosen.passage)
    order = SORTS[chosen.sort]
    rows, key, side = rows.order_by(order), order.lstrip("-"), _side(order)
    if chosen.after is not None:
        rows = rows.filter(**{f"{key}__{side}": chosen.after})
    end = None
    if chosen.q:
        rows, end = _with_words(rows, consultation, chosen.q, key, side)
    keys = rows.values("pk")[: size + 1]
    listed = list(published_comments(consultation).filter(pk__in=keys).order_by(order))
    if len(listed) > size:
        return PublicPage(listed[:size], getattr(listed[size - 1], key))
    return PublicPage(listed, end, WALKED if end else None)


def _side(order: str) -> str:
    return "lt" if order.startswith("-") else "gt"


def narrowed(rows: QuerySet[PublicComment], chosen: Chosen) -> QuerySet[PublicComment]:
    """By what stands in the row itself."""
    if chosen.section is not None:
        rows = rows.filter(section=chosen.section)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.language:
        rows = rows.filter(language=chosen.language)
    if chosen.answered:
        rows = rows.filter(is_answered=chosen.answered == "yes")
    return rows


def shown_name(row: PublicComment, consultation: Consultation) -> str:
    """Who may be named with a published comment: with consent, where names are published."""
    if consultation.publication != Publication.NAMES_BY_CONSENT or not getattr(
        row, "is_named", False
    ):
        return ""
    return str(row.comment.contribution.sender)


@dataclass(frozen=True)
class PublicCounts:
    """All counts of one consultation, kept with each act."""

    rows: tuple[PublicCount, ...]

    @property
    def total(self) -> int:
        return next((row.count for row in self.rows if row.facet == Facet.ALL), 0)

    def of(self, facet: str) -> list[PublicCount]:
        """Those of one facet that are not zero."""
        return [row for row in self.rows if row.facet == facet and row.count]

    @property
    def by_passage(self) -> dict[int, int]:
        """By the passage's number; 0 is the whole paper."""
        return {int(row.value): row.count for row in self.of(Facet.PASSAGE)}


def public_counts(consultation: Consultation) -> PublicCounts:
    """One query, whatever is published; nothing where the consultation publishes nothing."""
    if consultation.publication == Publication.NOT:
        return PublicCounts(())
    rows = PublicCount.objects.filter(consultation=consultation).order_by("facet", "pk")
    return PublicCounts(tuple(rows))


def _on_passage(
    rows: QuerySet[PublicComment], consultation: Consultation, number: int
) -> QuerySet[PublicComment]:
    """By the passage with this number in the consultation's edition; 0 is the whole paper."""
    if number == 0:
        return rows.filter(passage__isnull=True)
    numbered = Passage.objects.filter(edition=consultation.edition_id, number=min(number, MOST))
    return rows.filter(passage=numbered.values("pk")[:1])


def _with_words(
    rows: QuerySet[PublicComment], consultation: Consultation, words: str, key: str, side: str
) -> tuple[QuerySet[PublicComment], int | None]:
    """Those with these words, and the key behind which was not searched yet.

    Few that answer are named; where many do, the next rows of the list are looked at themselves.
    """
    answering = answering_in(f"contributions:{consultation.slug}", words)
    if answering is None:
        return rows.none(), None
    if answering.positions is not None:
        return rows.filter(comment__in=answering.positions), None
    end = rows.values_list(key, flat=True)[WALKED - 1 : WALKED].first()
    if end is not None:
        rows = rows.filter(**{f"{key}__{'gte' if side == 'lt' else 'lte'}": end})
    subject = Concat(Value("comment:"), Cast(OuterRef("comment_id"), CharField()))
    return rows.filter(Exists(answering.documents.filter(subject=subject))), end


def _number(given: str) -> int | None:
    is_one = given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER
    return int(given) if is_one and int(given) < 2**62 else None
