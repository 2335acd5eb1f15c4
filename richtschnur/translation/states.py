"""How far a translation has come, and an order for machine drafts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TranslationState(models.TextChoices):
    MACHINE = "machine", _("machine draft, not checked")
    WRITTEN = "written", _("written by a person, not checked")
    CHECKED = "checked", pgettext_lazy("translation", "checked")
    GROUP = "group", _("checked by a review group")


CHECKED_STATES = frozenset([TranslationState.CHECKED.value, TranslationState.GROUP.value])


class OrderState(models.TextChoices):
    OPEN = "open", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("given up")
    STOPPED = "stopped", _("stopped")
