"""Moments, days and numbers in the language in force and the county's time.

The one place that says days: no template formats them itself. Digits are Western in every
language, as on everything else that a German office writes.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.ui.languages import language_of

# Figures alone are read differently across languages and turn around in right-to-left lines.
WITH_MONTH = "d MMM y"
SHORT = {"en": WITH_MONTH, "ar": WITH_MONTH, "fa": WITH_MONTH}
# Behind a preposition the weekday would have to be inflected; behind the day it need not.
WITH_WEEKDAY = {"uk": "d MMMM y (EEEE)", "ru": "d MMMM y (EEEE)"}


def _formats() -> str:
    return language_of(get_language()).formats


def _day(on: date | datetime) -> date:
    return localtime(on).date() if isinstance(on, datetime) else on


def moment_in_words(at: datetime) -> str:
    """A moment with weekday, day and time."""
    # Translators: a day with its weekday, then the time as 18:00; German adds "Uhr".
    return _("%(day)s, %(time)s") % {"day": day_in_words(at), "time": f"{localtime(at):%H:%M}"}


def day_in_words(on: date | datetime) -> str:
    """A day with its weekday, such as "Monday, 2 November 2026"."""
    pattern = WITH_WEEKDAY.get(language_of(get_language()).code, "full")
    return format_date(_day(on), pattern, _formats())


def short_day(on: date | datetime) -> str:
    """A day in as little room as can't be misread: "02.11.2026", "2 Nov 2026"."""
    return format_date(_day(on), SHORT.get(language_of(get_language()).code, "dd.MM.y"), _formats())


def number_in_words(value: float | Decimal) -> str:
    """A number with the language's own separators: "12.345,6" in German."""
    return format_decimal(value, locale=_formats())
