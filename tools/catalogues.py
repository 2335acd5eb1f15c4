"""The catalogues of the interface: which there are, how each language counts, what is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

FILE: Final = Path("LC_MESSAGES", "django.po")
LOCALES: Final = ("de", "de_Simple", "uk", "ru", "ar", "fa", "tr")
# What the check refuses to miss: every catalogue.
NEEDED: Final = LOCALES

_EAST_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
# Babel knows one form for Turkish and Persian, where Unicode and good style want two.
PLURALS: Final = {
    "uk": (3, _EAST_SLAVIC),
    "ru": (3, _EAST_SLAVIC),
    "ar": (
        6,
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
    ),
    "fa": (2, "n > 1"),
    "tr": (2, "n != 1"),
}
ENGLISH_OR_GERMAN = (2, "n != 1")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
TAG = re.compile(r"</?[a-z][a-z0-9]*")


def read(package: Path, locale: str) -> Catalog:
    """The catalogue of a locale, an empty one when there is none yet."""
    path = package / "locale" / locale / FILE
    if not path.exists():
        return _empty(locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale.partition("_")[0], abort_invalid=True)


def _empty(locale: str) -> Catalog:
    catalog = Catalog(
        locale=locale.partition("_")[0],
        project="Richtschnur",
        version="1",
        header_comment="# Translations of Richtschnur.",
        last_translator="Richtschnur contributors",
        language_team="Richtschnur contributors",
        msgid_bugs_address="",
        fuzzy=False,
    )
    count, rule = PLURALS.get(locale, ENGLISH_OR_GERMAN)
    catalog._num_plurals = count  # type: ignore[assignment]
    catalog._plural_expr = f"({rule})"  # type: ignore[assignment]
    return catalog


def write(package: Path, locale: str, catalog: Catalog) -> None:
    """Write a catalogue in the one order that keeps differences small."""
    path = package / "locale" / locale / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalog,
            width=100,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
        )


def is_address(message: Message) -> bool:
    """Whether a message is the path of an address; nobody translates those by hand."""
    return any(name.endswith("/urls.py") for name, _line in message.locations)


def fill_addresses(catalog: Catalog, locale: str, german: Catalog) -> None:
    """Paths are German in German, in plain German too, and English in every other language.

    Words of other scripts in an address come out as rows of percent signs where it is copied.
    """
    if locale == "de":
        return
    for message in catalog:
        if message.id and is_address(message):
            message.string = _address(message, locale, german)
            message.flags.discard("fuzzy")


def _address(message: Message, locale: str, german: Catalog) -> str:
    told = german.get(str(message.id), message.context) if locale.startswith("de") else None
    return str(told.string or message.id) if told else str(message.id)


def faults(message: Message, catalog: Catalog, locale: str) -> Iterator[str]:
    """What is wrong with one translated message, in words."""
    told = message.string or ""
    texts = [told] if isinstance(told, str) else list(told)
    if message.fuzzy:
        yield "unsure (fuzzy)"
    if not all(texts):
        yield "missing"
        return
    if isinstance(message.id, str):
        yield from _part_faults(message.id, texts[0], message.id)
    else:
        yield from _plural_faults(message, texts, locale)
    yield from (str(error) for error in message.check(catalog))


def _part_faults(id_: str, text: str, needed: str) -> Iterator[str]:
    """Placeholders and tags: all that are `needed`, none that are not in `id_`."""
    missing = set(PLACEHOLDER.findall(needed)) - set(PLACEHOLDER.findall(text))
    unknown = set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(id_))
    yield from (f"placeholder {name} is missing" for name in sorted(missing))
    yield from (f"unknown named placeholder {name}" for name in sorted(unknown))
    if sorted(TAG.findall(text)) != sorted(TAG.findall(id_)):
        yield "other tags than the source"


def _plural_faults(message: Message, texts: list[str], locale: str) -> Iterator[str]:
    """A form that stands for 0, 1 or 2 alone may say so in a word, every other says the number."""
    count, _rule = PLURALS.get(locale, ENGLISH_OR_GERMAN)
    if len(texts) != count:
        yield f"{len(texts)} plural forms instead of {count}"
        return
    one, many = message.id[0], message.id[1]
    for form, text in enumerate(texts):
        is_a_word = max(numbers_of(form, locale), default=0) < 3
        needed = PLACEHOLDER.sub(lambda m: "" if m[1] == "n" else m[0], one) if is_a_word else many
        yield from _part_faults(many, text, needed)


def numbers_of(form: int, locale: str) -> list[int]:
    """Which of the numbers up to 130 take this plural form."""
    _count, rule = PLURALS.get(locale, ENGLISH_OR_GERMAN)
    form_of = c2py(rule)
    return [n for n in range(131) if int(form_of(n)) == form]
