"""Reading the county's settings and pages."""

from __future__ import annotations

from richtschnur.county.models import County, Page
from richtschnur.files.models import StoredFile

DEFAULT_LANGUAGE = "de"


def the_county() -> County:
    """The county of this installation; usable defaults before it is set up."""
    return County.objects.select_related("coat_of_arms").filter(pk=1).first() or County(pk=1)


def reference_document(format: str) -> StoredFile | None:
    """The county's own reference document for files of this format ("docx", "odt"), if any."""
    if format not in ("docx", "odt"):
        return None
    county = County.objects.select_related(f"{format}_reference").filter(pk=1).first()
    file: StoredFile | None = getattr(county, f"{format}_reference", None)
    return file if file and file.path.is_file() else None


def page(slug: str, language: str) -> Page | None:
    """The page in that language, else in German, else None."""
    found = {p.language: p for p in Page.objects.filter(slug=slug)}
    return found.get(language) or found.get(DEFAULT_LANGUAGE)
