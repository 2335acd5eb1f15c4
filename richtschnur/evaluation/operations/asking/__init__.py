"""Asking others about points: by mail and personal address, until a day, without a login."""

from richtschnur.evaluation.operations.asking.advising import (
    Said,
    hand_in_advice,
    open_delegation,
    save_advice,
)
from richtschnur.evaluation.operations.asking.delegating import (
    delegate_points,
    extend_delegation,
    send_delegation_again,
)
from richtschnur.evaluation.operations.asking.ending import forget_delegate, withdraw_delegation
from richtschnur.evaluation.operations.asking.mails import delegation_secret
from richtschnur.evaluation.operations.asking.reminding import remind_assignees, remind_delegates

__all__ = [
    "Said",
    "delegate_points",
    "delegation_secret",
    "extend_delegation",
    "forget_delegate",
    "hand_in_advice",
    "open_delegation",
    "remind_assignees",
    "remind_delegates",
    "save_advice",
    "send_delegation_again",
    "withdraw_delegation",
]
