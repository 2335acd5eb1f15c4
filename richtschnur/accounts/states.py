"""Roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATION = "administration", _("Administration")
    REVIEWER = "reviewer", _("Release")
    DEPARTMENT = "department", _("Department")
