"""The county's own settings and its editable pages."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from richtschnur.county import colour
from richtschnur.files.models import StoredFile


def readable_accent(value: str) -> None:
    """Refuse a colour that can't be read on white, at the moment of setting it."""
    try:
        ratio = colour.contrast(value, colour.LIGHT_GROUND)
    except ValueError:
        raise ValidationError(_("Please give a colour such as #00508c.")) from None
    if ratio < colour.ENOUGH:
        raise ValidationError(
            _(
                "On white, this colour reaches a contrast of %(ratio)s; at least 4.5 is needed."
                " Please choose a darker one."
            ),
            params={"ratio": f"{ratio:.1f}"},
        )


class County(models.Model):
    """The one county of this installation (row 1).

    Mails that are no contribution are erased after `mails_kept_days`.
    `docx_reference` and `odt_reference` lend their styles, head and foot to files of that format.
    """

    name = models.CharField(max_length=120, default="Landkreis")
    accent = models.CharField(max_length=7, default="#00508c", validators=[readable_accent])
    coat_of_arms = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    docx_reference = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    odt_reference = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    office = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    address = models.TextField(blank=True)
    municipalities = models.TextField(blank=True)
    mails_kept_days = models.PositiveSmallIntegerField(
        default=90, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )

    def __str__(self) -> str:
        return self.name

    @property
    def municipality_names(self) -> list[str]:
        """The towns and municipalities of the county, one a line in its settings."""
        names = (line.strip()[:80] for line in self.municipalities.splitlines())
        return list(dict.fromkeys(filter(None, names)))


class PageSlug(models.TextChoices):
    IMPRINT = "imprint", _("Imprint")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    NETIQUETTE = "netiquette", _("Rules for contributions")


class Page(models.Model):
    """A page that the county words itself, in one language; Markdown without HTML."""

    slug = models.CharField(max_length=20, choices=PageSlug.choices)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=160)
    body = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "language"], name="one_page_a_language")
        ]

    def __str__(self) -> str:
        return self.title
