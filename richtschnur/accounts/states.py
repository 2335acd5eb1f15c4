"""Roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    ADMINISTRATION = "administration", _("Administration")
    REVIEWER = "reviewer", pgettext_lazy("role", "Release")
    DEPARTMENT = "department", _("Department")
