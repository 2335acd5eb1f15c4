"""What may not stand in a log: secret addresses of receipts, invitations and the register."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext, override

HIDDEN = "…"


@lru_cache
def _secret_addresses() -> re.Pattern[str]:
    """What stands before a secret in an address, in every language."""
    words = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.add(gettext("receipt/<slug:secret>/").partition("<")[0])
            words.add(gettext("round/<slug:secret>/").partition("<")[0])
            words.add(gettext("check/<slug:secret>/").partition("<")[0])
            words.add(gettext("<slug:slug>/invitation/<str:key>/").split("/", 1)[1].split("<")[0])
    return re.compile(f"(/(?:{'|'.join(map(re.escape, sorted(words)))}))\\S+")


class Discretion(logging.Filter):
    """Hides them in every line, also when the address was mistyped and leads nowhere.

    Only errors bring a traceback: whoever asks for what is not theirs must not fill the disk.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        hidden = _secret_addresses().sub(rf"\1{HIDDEN}", text)
        if hidden != text:
            record.msg, record.args = hidden, ()
        if record.levelno < logging.ERROR:
            record.exc_info = None
        return True
