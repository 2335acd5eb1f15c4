"""How a stage declares its part of the command line, and reads moments from it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from richtschnur.journal.refusals import Refused

Result = dict[str, Any]
EARLIEST, LATEST = 1900, 2200  # years; beyond them zones and databases break


@dataclass(frozen=True)
class Command:
    """One call such as "strategy import".

    `run(args)` returns the object that `--json` prints; `say(result)` makes the text for people;
    `arguments(parser)` adds what the call takes. Without an installation only those with
    `needs_installation=False` run.
    """

    name: str
    help: str
    run: Callable[[argparse.Namespace], Result | None]
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    say: Callable[[Result], str] = lambda result: str(result.get("file", ""))
    needs_installation: bool = True


def moment(text: str, *, end_of_day: bool = False) -> datetime:
    """A moment from "2026-11-22", "2026-11-22T18:00" or with a zone; without one Europe/Berlin.

    A day alone is its first second, or with `end_of_day` its last. Raises Refused otherwise,
    and for times that the change to summer time skips.
    """
    problem = Refused(
        _("“%(text)s” is not a date. Please write it like 2026-11-22 or 2026-11-22T18:00.")
        % {"text": text}
    )
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            clock_time = time(23, 59, 59) if end_of_day else time(0, 0)
            found = datetime.combine(date.fromisoformat(text.strip()), clock_time)
        else:
            found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise problem from None
    if not EARLIEST <= found.year <= LATEST:
        raise problem
    return found if found.tzinfo is not None else local_moment(found)


def local_moment(naive: datetime) -> datetime:
    """The county's moment for a wall-clock time; raises Refused for one that does not exist."""
    aware = timezone.make_aware(naive)
    if timezone.make_naive(aware.astimezone(timezone.get_fixed_timezone(0))) != naive:
        raise Refused(
            _(
                "%(time)s does not exist: clocks are put forward to summer time. Please choose"
                " another."
            )
            % {"time": naive.isoformat(" ", "minutes")}
        )
    return aware
