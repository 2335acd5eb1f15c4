"""An act with its message: what came of it, or why it was refused, on the next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest

from richtschnur.journal.refusals import Forbidden, Refused

Made = TypeVar("Made")


def do_and_tell(
    request: HttpRequest, act: Callable[[], Made], said: Callable[[Made], str]
) -> Made | None:
    """Do it and show the words that `said` has for what it made; None when it was refused.

    Raises Forbidden: that is no message, but a page of its own.
    """
    try:
        made = act()
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return None
    messages.success(request, said(made))
    return made
