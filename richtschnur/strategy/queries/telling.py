"""The line of a passage through its editions, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.strategy.models import DropReason, Edition, Passage, Section
from richtschnur.strategy.states import EditionState
from richtschnur.ui.line import Knot


def line_of_passage(passage: Passage, editions: QuerySet[Edition]) -> list[Knot]:
    """One knot for each of these editions from the passage's first one on; four queries at most."""
    paper = list(editions.filter(strategy=passage.edition.strategy).order_by("number"))
    found = Passage.objects.filter(edition__in=paper, identity=passage.identity)
    by_edition = {p.edition_id: p for p in found}
    dropped = {
        r.edition_id: r.reason
        for r in DropReason.objects.filter(edition__in=paper, identity=passage.identity)
    }
    knots: list[Knot] = []
    before: Passage | None = None
    for edition in paper:
        here = by_edition.get(edition.pk)
        if here is not None:
            knots.append(_stands(edition, here, before, passage))
        elif before is not None:
            knots.append(_gone(edition, dropped.get(edition.pk, "")))
        before = here
    if paper and paper[-1].state not in (EditionState.ADOPTED, EditionState.REPEALED):
        knots.append(Knot(_("Not yet adopted"), is_open=True))
    return knots


def _stands(edition: Edition, here: Passage, before: Passage | None, shown: Passage) -> Knot:
    names = {"n": edition.number, "state": edition.get_state_display()}
    text = ""
    if before is not None:
        text = _("unchanged") if before.text == here.text else _("with new words")
    is_this = here.pk == shown.pk
    return Knot(
        title=_("Edition %(n)s – %(state)s") % names,
        at=edition.published_at or edition.frozen_at,
        text=_("You are reading this one.") if is_this else text,
        quote="" if is_this or (before and before.text == here.text) else here.text,
        url="" if is_this else passage_address(edition, here.number),
        link=_("Passage %(n)s in edition %(edition)s")
        % {"n": here.number, "edition": edition.number},
        language=edition.strategy.language,
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
