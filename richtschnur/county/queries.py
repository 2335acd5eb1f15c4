"""Reading the county's settings and pages."""

from __future__ import annotations

from richtschnur.county.models import County, Page
from richtschnur.files.models import StoredFile

DEFAULT_LANGUAGE = "de"


def the_county() -> County:
    """The county of this installation; usable defaults before it is set up."""
    files = ("coat_of_arms", "docx_reference", "odt_reference")
    return County.objects.select_related(*files).filter(pk=1).first() or County(pk=1)


def reference_document(format: str, county: County | None = None) -> StoredFile | None:
    """The county's own reference document for files of this format ("docx", "odt"), if any."""
    if format not in ("docx", "odt"):
        return None
    file: StoredFile | None = getattr(county or the_county(), f"{format}_reference")
    return file if file and file.path.is_file() else None


def page(slug: str, language: str) -> Page | None:
    """The page in that language, else in German, else None."""
    found = {p.language: p for p in Page.objects.filter(slug=slug)}
    return found.get(language) or found.get(DEFAULT_LANGUAGE)
