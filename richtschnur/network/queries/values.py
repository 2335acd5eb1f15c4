"""Several values in one text, as forms and tables have them; what is none is refused."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from richtschnur.journal.refusals import Refused
from richtschnur.network.queries.likeness import phone_digits
from richtschnur.network.queries.speech import language_code

EMAIL: Final = re.compile(r"[^\s<>;,()\"]+@[^\s<>;,()\"]+")
WEBSITE: Final = re.compile(
    r"https?://[^\s/:@\"'<>]+\.[^\s/:@.\"'<>]{2,}(?::\d+)?(?:/[^\s\"'<>]*)?", re.IGNORECASE
)
FEWEST_DIGITS: Final = 5


def parts_of(text: str, pattern: str) -> list[str]:
    """The parts of a text between what the pattern matches, without repeats and empty ones."""
    pieces = (" ".join(piece.split()) for piece in re.split(pattern, text))
    return list(dict.fromkeys(piece for piece in pieces if piece))


def emails_in(text: str) -> tuple[str, ...]:
    """All addresses in a text such as "Büro <a@b.example>; c@d.example"."""
    found = [word.strip(".") for word in EMAIL.findall(text.replace("mailto:", ""))]
    for address in found or ([text.strip()] if text.strip() else []):
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(
                _("“%(value)s” is no e-mail address.") % {"value": address[:80]}
            ) from None
    return tuple(dict.fromkeys(found))


def phones_in(text: str) -> tuple[str, ...]:
    """All numbers, as they are written."""
    numbers = parts_of(text, r"[,;\n]|\s(?:oder|or|und)\s")
    for number in numbers:
        if len(phone_digits(number)) < FEWEST_DIGITS:
            raise Refused(_("“%(value)s” is no phone number.") % {"value": number[:80]})
    return tuple(numbers)


def websites_in(text: str) -> tuple[str, ...]:
    """All web addresses, with https where nothing else was said."""
    pages = parts_of(text, r"[,;\s]+")
    return tuple(dict.fromkeys(_website(page) for page in pages))


def _website(page: str) -> str:
    address = page if re.match(r"https?://", page, re.IGNORECASE) else f"https://{page}"
    if not WEBSITE.fullmatch(address):
        raise Refused(_("“%(value)s” is no web address.") % {"value": page[:80]})
    return address


def languages_in(text: str) -> tuple[str, ...]:
    """The codes of all languages that are named; what has no code stays as it is written."""
    named = parts_of(text, r"[,;/\n]|\s(?:und|and|u\.)\s")
    return tuple(dict.fromkeys(language_code(name) for name in named))
