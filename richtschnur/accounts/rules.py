"""The one policy: which role may do which act. What no stage has declared, nobody may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.states import Role
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Forbidden
from richtschnur.journal.words import name_acts

ADMINISTRATION = frozenset([Role.ADMINISTRATION.value])
REVIEW = frozenset([Role.REVIEWER.value])
STEERING = ADMINISTRATION | REVIEW
STAFF = frozenset(Role.values)

PUBLIC = "public"


@dataclass(frozen=True)
class Row:
    """One row of the policy: an act and the roles that may do it."""

    act: str
    roles: frozenset[str]
    remark: str = ""


_policy: dict[str, Row] = {}


def declare(*rows: Row) -> None:
    """Add a stage's rows; declaring an act twice with other roles is a mistake."""
    for row in rows:
        if _policy.get(row.act, row) != row:
            raise ValueError(f"{row.act} is declared twice")
        _policy[row.act] = row


def policy() -> tuple[Row, ...]:
    """All rows, by act."""
    return tuple(_policy[act] for act in sorted(_policy))


def may(actor: Actor, act: str) -> bool:
    """Whether this actor may do this act at all; unknown acts are denied."""
    row = _policy.get(act)
    if row is None:
        return False
    return actor.is_trusted_process or bool(row.roles & actor.roles)


def require(actor: Actor, act: str) -> None:
    """Raise Forbidden unless the actor may do the act."""
    if not may(actor, act):
        raise Forbidden(_("Your role does not allow this. Please ask the administration."))


FREE_ATTEMPTS = 5
LONGEST_WAIT = 60


def seconds_to_wait(failures: Sequence[datetime], at: datetime) -> int:
    """How long a login must wait after these failures: 2, 4, 8 … at most 60 seconds.

    Waiting grows only with the failures of the last minutes, so that nobody is locked out for
    long, not even by somebody else's guesses.
    """
    if len(failures) < FREE_ATTEMPTS:
        return 0
    wait = min(LONGEST_WAIT, 2 ** (len(failures) - FREE_ATTEMPTS + 1))
    passed = int((at - failures[-1]).total_seconds())
    return max(0, wait - passed)


declare(
    Row("accounts.use", STAFF, "log in, change the own password, name an own deputy"),
    Row("accounts.administer", ADMINISTRATION, "add people and offices, name deputies"),
    Row("county.set_up", ADMINISTRATION, "name, colour, coat of arms, pages"),
    Row("journal.read", STEERING, "read the journal"),
)


name_acts(
    {
        "accounts.add_office": gettext_lazy("an office was added"),
        "accounts.add_user": gettext_lazy("a person was added"),
        "accounts.change_password": gettext_lazy("a password was changed"),
        "accounts.change_user": gettext_lazy("a person's details were changed"),
        "accounts.end_deputy": gettext_lazy("a deputy was ended"),
        "accounts.name_deputy": gettext_lazy("a deputy was named"),
        "accounts.reset_password": gettext_lazy("a one-time password was given"),
    }
)
