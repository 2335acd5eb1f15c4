"""How sure the machine was, in words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

CONFIRMED: Final = 1.0
CERTAIN: Final = 0.9
LIKELY: Final = 0.6


def certainty_in_words(certainty: float) -> str:
    """For people; CONFIRMED was said by one."""
    if certainty >= CONFIRMED:
        return _("confirmed")
    if certainty >= CERTAIN:
        return _("certain")
    return _("likely") if certainty >= LIKELY else _("unsure – please check")
