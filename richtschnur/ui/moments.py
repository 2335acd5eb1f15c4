"""Moments and days in words, in the language in force and the county's time."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def moment_in_words(at: datetime) -> str:
    """A moment with weekday, day and time."""
    local = localtime(at)
    return _("%(weekday)s, %(date)s, %(time)s") % {
        "weekday": date_format(local, "l"),
        "date": date_format(local, "DATE_FORMAT"),
        "time": f"{local:%H:%M}",
    }


def day_in_words(on: date | datetime) -> str:
    """A day with its weekday."""
    local = localtime(on) if isinstance(on, datetime) else on
    return f"{date_format(local, 'l')}, {date_format(local, 'DATE_FORMAT')}"
