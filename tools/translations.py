"""Translations without gettext's programs: found, merged, checked and compiled in Python.

    python -m tools.translations --update    every message of the sources into every catalogue
    python -m tools.translations --check     refuse what is missing, unsure, left over or broken
    python -m tools.translations --compile   write the .mo files that are older than their .po

English is the language of the sources and has no catalogue.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from tools import catalogues
from tools.catalogues import LOCALES, NEEDED

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "richtschnur"

# The name of a call: which argument is the context, which the message, which its plural.
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    rf"\b(?P<name>npgettext|pgettext|ngettext|gettext|_)\(\s*(?P<texts>{TEXT}(?:\s*,\s*{TEXT})*)"
)
Found = tuple[str | tuple[str, str], str | None]


def messages_of_python(source: str) -> Iterator[Found]:
    """Pairs of a message (or singular and plural) and its context, in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [getattr(argument, "value", None) for argument in node.args]
            yield from _found(name, texts)


def messages_of_template(source: str) -> Iterator[Found]:
    """The same for a Django template."""
    from django.utils.translation.template import templatize

    for call in CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(TEXT, call["texts"])]
        yield from _found(call["name"], texts)


def template_of(package: Path) -> Catalog:
    """All messages of a package, each with the files it stands in."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    found = Catalog(project="Richtschnur", charset="utf-8")
    for path in sorted(package.rglob("*")):
        reader = _reader(path)
        if reader is None or "migrations" in path.parts:
            continue
        place = path.relative_to(package.parent).as_posix()
        for message, context in reader(path.read_text(encoding="utf-8")):
            found.add(message, locations=[(place, 1)], context=context)
    return found


def update(package: Path = PACKAGE, locales: Sequence[str] = LOCALES) -> None:
    """Brings every catalogue up to the sources; what is only similar is marked fuzzy."""
    template = template_of(package)
    german = catalogues.read(package, "de")
    for locale in locales:
        catalog = catalogues.read(package, locale)
        template.creation_date = catalog.creation_date
        catalog.update(template, update_creation_date=False)
        catalogues.fill_addresses(catalog, locale, german)
        catalogues.write(package, locale, catalog)


def problems(package: Path = PACKAGE, locales: Sequence[str] = NEEDED) -> list[str]:
    """One line for each message that is missing, unsure, left over or breaks its placeholders."""
    template = template_of(package)
    wanted = {_key(message) for message in template if message.id}
    lines = []
    for locale in locales:
        catalog = catalogues.read(package, locale)
        there = {_key(message): message for message in catalog if message.id}
        lines += [f"{locale}: missing: {_shown(key)}" for key in sorted(wanted - there.keys())]
        lines += [f"{locale}: left over: {_shown(key)}" for key in sorted(there.keys() - wanted)]
        for key in sorted(wanted & there.keys()):
            found = catalogues.faults(there[key], catalog, locale)
            lines += [f"{locale}: {what}: {_shown(key)}" for what in found]
    return lines


def compile_catalogues(package: Path = PACKAGE, *, force: bool = False) -> None:
    """Writes each .mo file that is older than its .po file."""
    for path in package.glob("locale/*/LC_MESSAGES/*.po"):
        target = path.with_suffix(".mo")
        if force or not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            content = io.BytesIO()
            write_mo(content, catalogues.read(package, path.parts[-3]))
            target.write_bytes(content.getvalue())


def _found(name: str, texts: list[Any]) -> Iterator[Found]:
    """What a call of this name with these arguments asks to be translated; none if not constant."""
    context, message, plural = CALLS.get(name, (None, 0, None))
    used = [index for index in (context, message, plural) if index is not None]
    if name not in CALLS or max(used) >= len(texts):
        return
    if all(isinstance(texts[index], str) for index in used):
        text = texts[message] if plural is None else (texts[message], texts[plural])
        yield text, None if context is None else texts[context]


def _reader(path: Path) -> Callable[[str], Iterator[Found]] | None:
    if path.suffix == ".py":
        return messages_of_python
    in_templates = "templates" in path.parts and path.suffix in (".html", ".txt", ".xml", ".svg")
    return messages_of_template if in_templates else None


def _key(message: Message) -> tuple[str, str]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", text


def _shown(key: tuple[str, str]) -> str:
    context, text = key
    return f"{text!r} ({context})" if context else repr(text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--compile", action="store_true")
    asked = parser.parse_args()
    if asked.update:
        update()
    if asked.compile:
        compile_catalogues()
    found = problems() if asked.check else []
    for line in found:
        print(line)
    if found:
        print(f"{len(found)} translations to mend: python -m tools.translations --update, then")
        print("translate what is empty or marked fuzzy in richtschnur/locale/*/LC_MESSAGES.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
