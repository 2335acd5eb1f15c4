"""Changing the county's settings and pages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy

from richtschnur.county.models import County
from richtschnur.county.models import Page as PageModel
from richtschnur.county.reference_documents import FORMATS, check_reference
from richtschnur.files.operations import store_file
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.words import name_acts


@transaction.atomic
def set_up_county(
    *, by: Actor, at: datetime, coat_of_arms: Path | None = None, **values: str | int
) -> County:
    """Set the county's name, accent, office, email, phone, address, coat of arms and the like.

    Raises ValidationError when a value can't be used, e.g. an accent without enough contrast.
    """
    county = County.objects.filter(pk=1).first() or County(pk=1)
    for name, value in values.items():
        setattr(county, name, value)
    if coat_of_arms is not None:
        county.coat_of_arms = store_file(source=coat_of_arms, name=coat_of_arms.name, at=at)
    county.full_clean()
    county.save()
    record(
        act="county.set_up_county",
        subject="county:1",
        by=by,
        at=at,
        data={"changed": sorted(values) + (["coat_of_arms"] if coat_of_arms else [])},
    )
    return county


@transaction.atomic
def set_reference_document(*, source: Path, name: str, by: Actor, at: datetime) -> str:
    """Take this DOCX or ODT as the look of all such files; which of the two it is, is returned.

    Raises ValidationError when it is none, has macros, or its styles can't be read.
    """
    format = check_reference(source, at=at)
    county = County.objects.filter(pk=1).first() or County(pk=1)
    file = store_file(source=source, name=name, at=at)
    setattr(county, f"{format}_reference", file)
    county.save()
    record(
        act="county.set_reference_document",
        subject="county:1",
        by=by,
        at=at,
        data={"format": format, "sha256": file.sha256},
    )
    return format


@transaction.atomic
def drop_reference_document(*, format: str, by: Actor, at: datetime) -> None:
    """Go back to the look that Richtschnur brings along."""
    if format not in FORMATS:
        raise ValueError(f"no such format: {format}")
    County.objects.filter(pk=1).update(**{f"{format}_reference": None})
    record(
        act="county.drop_reference_document",
        subject="county:1",
        by=by,
        at=at,
        data={"format": format},
    )


@transaction.atomic
def write_page(
    *, slug: str, language: str, title: str, body: str, by: Actor, at: datetime
) -> PageModel:
    """Write one of the county's own pages in one language."""
    page, _created = PageModel.objects.update_or_create(
        slug=slug,
        language=language,
        defaults={"title": title, "body": body, "updated_at": at},
    )
    record(act="county.write_page", subject=f"page:{slug}:{language}", by=by, at=at)
    return page


name_acts(
    {
        "county.set_up_county": gettext_lazy("the county's settings were changed"),
        "county.set_reference_document": gettext_lazy("the county's document template was changed"),
        "county.drop_reference_document": gettext_lazy("the default template is used again"),
        "county.write_page": gettext_lazy("a page was written"),
    }
)
