"""The line of a passage through its editions, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.strategy.models import DropReason, Edition, Passage, Section
from richtschnur.strategy.queries.kinship import Kin, kin_of
from richtschnur.strategy.states import EditionState
from richtschnur.ui.line import Knot


def line_of_passage(passage: Passage, editions: QuerySet[Edition]) -> list[Knot]:
    """One knot for each of these editions from the passage's first one on; four queries at most.

    What it was split or merged from, and what became of it, belongs to its line.
    """
    paper = list(editions.filter(strategy=passage.edition.strategy).order_by("number"))
    if not any(edition.pk == passage.edition_id for edition in paper):
        return []
    kin = kin_of(passage, paper)
    known = {one.identity for each in kin for one in each.here}
    rows = DropReason.objects.filter(edition__in=paper, identity__in=known)
    dropped = {row.edition_id: row.reason for row in rows}
    knots: list[Knot] = []
    before: Kin | None = None
    for each in kin:
        if each.here:
            knots.append(_stands(each, before, passage))
        elif before is not None and before.here:
            knots.append(_gone(each.edition, dropped.get(each.edition.pk, "")))
        before = each
    if paper[-1].state not in (EditionState.ADOPTED, EditionState.REPEALED):
        knots.append(Knot(_("Not yet adopted"), is_open=True))
    return knots


def _stands(each: Kin, before: Kin | None, shown: Passage) -> Knot:
    edition, first = each.edition, each.here[0]
    names = {"n": edition.number, "state": edition.get_state_display()}
    words = "\n\n".join(one.text for one in each.here)
    former = "\n\n".join(one.text for one in before.here) if before else ""
    is_this = first.pk == shown.pk
    told = [_("You are reading this one.")] if is_this else []
    links: list[tuple[str, str]] = []
    if before is not None and before.here:
        sentence = _descended(each)
        if sentence:
            links = [_link(before.edition, one) for one in each.sources]
        elif not is_this:
            sentence = _("unchanged") if former == words else _("with new words")
        told += [sentence] if sentence else []
    address, link = _link(edition, first)
    return Knot(
        title=_("Edition %(n)s – %(state)s") % names,
        at=edition.published_at or edition.frozen_at,
        text="\n".join(told),
        quote="" if is_this or former == words else words,
        links=tuple(links),
        url="" if is_this else address,
        link=link,
        more=tuple(_link(edition, one) for one in each.here[1:]),
        language=edition.strategy.language,
    )


def _descended(each: Kin) -> str:
    """Whether passages were merged or split on the way to this edition; "" if neither."""
    if len(each.sources) > 1:
        return _("Several passages became one. In the earlier edition:")
    if each.sources and len(each.heirs) > 1:
        return _("One passage became several. In the earlier edition:")
    return ""


def _link(edition: Edition, passage: Passage) -> tuple[str, str]:
    words = _("Passage %(n)s in edition %(edition)s")
    return (
        passage_address(edition, passage.number),
        words % {"n": passage.number, "edition": edition.number},
    )


def _gone(edition: Edition, reason: str) -> Knot:
    return Knot(
        title=_("Edition %(n)s – no longer contains this passage") % {"n": edition.number},
        at=edition.published_at or edition.frozen_at,
        text=reason,
        url=reverse("strategy:changes", args=[edition.strategy.slug, edition.number]),
        link=_("What changed in this edition"),
    )


def passage_address(edition: Edition, number: int) -> str:
    """The permanent address of a passage."""
    return reverse("strategy:passage", args=[edition.strategy.slug, edition.number, number])


def section_path(passage: Passage) -> str:
    """The heading that a passage stands under behind the one above: "Guideline 1 › Goals"."""
    edition = passage.edition
    sections = edition.sections.order_by("position")
    return section_paths(edition, sections)[passage.section_id]


def section_paths(edition: Edition, sections: Iterable[Section]) -> dict[int, str]:
    """Each section's title behind that of the section it stands in: "Guideline 1 › Goals"."""
    paths: dict[int, str] = {}
    above: list[Section] = []
    for section in sections:
        above = [s for s in above if s.level < section.level]
        named = [s for s in above if s.title.strip() != edition.title.strip()]
        above.append(section)
        paths[section.pk] = " › ".join(str(s) for s in [*named[-1:], section] if s.title)
    return paths
