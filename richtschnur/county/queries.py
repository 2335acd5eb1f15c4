"""Reading the county's settings and pages."""

from __future__ import annotations

from richtschnur.county.models import County, Page

DEFAULT_LANGUAGE = "de"


def the_county() -> County:
    """The county of this installation; usable defaults before it is set up."""
    return County.objects.select_related("coat_of_arms").filter(pk=1).first() or County(pk=1)


def page(slug: str, language: str) -> Page | None:
    """The page in that language, else in German, else None."""
    found = {p.language: p for p in Page.objects.filter(slug=slug)}
    return found.get(language) or found.get(DEFAULT_LANGUAGE)
