"""The edition that a call names, what the public may see, an edition in reading order."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Element, Passage, Section


def edition_by_ref(ref: str) -> Edition:
    """The edition that a call names "slug.number". Raises Refused when there is none."""
    slug, _dot, number = ref.rpartition(".")
    found = None
    if number.isdigit():
        editions = Edition.objects.select_related("strategy", "predecessor")
        found = editions.filter(strategy__slug=slug, number=int(number)).first()
    if found is None:
        raise Refused(_("There is no edition “%(ref)s”.") % {"ref": ref}, code="not-found")
    return found


def published_editions() -> QuerySet[Edition]:
    """What everyone may read, newest first."""
    editions = Edition.objects.filter(published_at__isnull=False).select_related("strategy")
    return editions.order_by("-published_at")


def sections_with_passages(edition: Edition) -> QuerySet[Section]:
    """The edition in reading order: two queries, whatever its size."""
    passages = Passage.objects.order_by("position", "id")
    return edition.sections.order_by("position").prefetch_related(Prefetch("passages", passages))


def element_tree(edition: Edition) -> list[Element]:
    """All elements in order, each with its parent loaded."""
    return list(edition.elements.select_related("parent", "section", "passage"))


def next_published(edition: Edition) -> Edition | None:
    """The latest published edition after this one."""
    later = edition.strategy.editions.filter(number__gt=edition.number, published_at__isnull=False)
    return later.select_related("strategy").order_by("-number").first()
