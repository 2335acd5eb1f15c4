"""Days on which an office is open: weekends and the holidays of each Land, worked out.

Sources: Easter after the Gregorian computus (Meeus, Jones and Butcher); the holiday acts of the
Länder as of 2026. Holidays of single municipalities are left out (Augsburg, parts of Thuringia).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

LANDS: Final = {
    "": _("only what is a holiday everywhere"),
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
_FIXED: Final = {
    (1, 1): _("New Year's Day"),
    (5, 1): _("Labour Day"),
    (10, 3): _("German Unity Day"),
    (12, 24): _("Christmas Eve"),
    (12, 25): _("Christmas Day"),
    (12, 26): _("Boxing Day"),
    (12, 31): _("New Year's Eve"),
}
_MOVING: Final = {
    -2: _("Good Friday"),
    1: _("Easter Monday"),
    39: _("Ascension Day"),
    50: _("Whit Monday"),
}
_REFORMATION = frozenset(["BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"])
_OF_LANDS: Final = {
    (1, 6): (_("Epiphany"), frozenset(["BW", "BY", "ST"])),
    (3, 8): (_("International Women's Day"), frozenset(["BE", "MV"])),
    (8, 15): (_("Assumption Day"), frozenset(["BY", "SL"])),
    (9, 20): (_("World Children's Day"), frozenset(["TH"])),
    (10, 31): (_("Reformation Day"), _REFORMATION),
    (11, 1): (_("All Saints' Day"), frozenset(["BW", "BY", "NW", "RP", "SL"])),
}
_CORPUS_CHRISTI = frozenset(["BW", "BY", "HE", "NW", "RP", "SL"])
_REPENTANCE = frozenset(["SN"])


def easter(year: int) -> date:
    """Easter Sunday."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays(year: int, land: str = "") -> dict[date, Any]:
    """The holidays of a year in a Land with their (lazily translated) names."""
    sunday = easter(year)
    found = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    found |= {sunday + timedelta(days=after): name for after, name in _MOVING.items()}
    for (month, day), (name, lands) in _OF_LANDS.items():
        if land in lands:
            found[date(year, month, day)] = name
    if land in _CORPUS_CHRISTI:
        found[sunday + timedelta(days=60)] = _("Corpus Christi")
    if land in _REPENTANCE:
        found[_repentance(year)] = _("Day of Repentance and Prayer")
    return found


def _repentance(year: int) -> date:
    """The Wednesday before 23 November."""
    last = date(year, 11, 22)
    return last - timedelta(days=(last.weekday() - 2) % 7)


def holiday_on(day: date, land: str = "") -> Any:
    """The name of the holiday on this day, or ""."""
    return holidays(day.year, land).get(day, "")


def is_workday(day: date, land: str = "") -> bool:
    """Whether an office is open on this day: no weekend, no holiday."""
    return day.weekday() < 5 and not holiday_on(day, land)


def workday_until(day: date, land: str = "") -> date:
    """The day itself, or the last workday before it."""
    return next(each for each in _backwards(day) if is_workday(each, land))


def _backwards(day: date) -> Iterator[date]:
    while True:
        yield day
        day -= timedelta(days=1)
