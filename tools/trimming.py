"""Leaves out of a style sheet what no page of the product uses.

A selector that speaks of a class which stands in none of the product's files goes, with it a rule
without selectors, and a custom property that nothing asks for. It knows just as much of CSS as
the design system's minified sheet needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

CLASS = re.compile(r"\.(kern-[A-Za-z0-9_-]+)")
NEGATED = re.compile(r":not\([^()]*\)")
ALTERNATIVES = re.compile(r":(?:is|where)\(([^()]*)\)")
WRITTEN = re.compile(r"kern-[A-Za-z0-9_-]+")
ICON = re.compile(r"\{% icon [\"']([a-z-]+)[\"']")
ASKED = re.compile(r"var\(\s*(--[A-Za-z0-9_-]+)")
PLAIN = re.compile(r"@(keyframes|font-face|property)")
LEVELS = frozenset(("info", "success", "warning", "danger"))  # Django's names of messages
ENDINGS = (".html", ".py", ".js", ".css")


def used_in(files: Iterable[Path]) -> Callable[[str], bool]:
    """Says of a class of the design system whether these files speak of it.

    "kern-alert--{{ level }}" stands for all that begin so; of icons only those that are named.
    """
    written = frozenset(spoken_of(files))
    begun = tuple(name for name in written if name.endswith("-") and name != "kern-icon--")
    return lambda name: name in written or name.startswith(begun)


def spoken_of(files: Iterable[Path]) -> list[str]:
    """All names of the design system that stand in these files, and the icons."""
    texts = [path.read_text("utf-8") for path in files]
    icons = LEVELS | {name for text in texts for name in ICON.findall(text)}
    written = {name for text in texts for name in WRITTEN.findall(text)}
    return sorted(written | {f"kern-icon--{name}" for name in icons})


def files_of(package: Path, without: Path) -> list[Path]:
    """All files of a package in which a class may be named, except below a folder."""
    found = (path for path in package.rglob("*") if path.suffix in ENDINGS)
    return sorted(path for path in found if not path.is_relative_to(without))


def trimmed(css: str, is_used: Callable[[str], bool], also: str = "") -> str:
    """The sheet without what is not used; `also` is the text of other sheets that ask for it."""
    css = "".join(_kept(css, is_used))
    while True:
        asked = set(ASKED.findall(css)) | set(ASKED.findall(also))
        less = "".join(_asked_for(css, asked))
        if len(less) == len(css):
            return css
        css = less


def rules_of(css: str) -> Iterator[tuple[str, str | None]]:
    """Pairs of what stands before the braces and inside; None for a statement without any."""
    begin = 0
    while begin < len(css):
        end = _next(css, begin, ";{")
        if end == len(css) or css[end] == ";":
            yield css[begin:end], None
            begin = end + 1
            continue
        close = _closing(css, end)
        yield css[begin:end], css[end + 1 : close]
        begin = close + 1


def parts(text: str, mark: str) -> list[str]:
    """A text cut at a mark that stands outside of quotes and brackets."""
    found, begin = [], 0
    while begin <= len(text):
        end = _next(text, begin, mark)
        found.append(text[begin:end])
        begin = end + 1
    return found


def _kept(css: str, is_used: Callable[[str], bool]) -> Iterator[str]:
    for before, inside in rules_of(css):
        if inside is None:
            yield f"{before};" if before.strip() else ""
        elif PLAIN.match(before):
            yield f"{before}{{{inside}}}"
        elif before.startswith("@"):
            kept = "".join(_kept(inside, is_used))
            yield f"{before}{{{kept}}}" if kept else ""
        else:
            selectors = [one for one in parts(before, ",") if _may_match(one, is_used)]
            yield f"{','.join(selectors)}{{{inside}}}" if selectors else ""


def _may_match(selector: str, is_used: Callable[[str], bool]) -> bool:
    plain = NEGATED.sub("", selector)
    for found in ALTERNATIVES.finditer(plain):
        if not any(_may_match(one, is_used) for one in parts(found[1], ",")):
            return False
    return all(is_used(name) for name in CLASS.findall(ALTERNATIVES.sub("", plain)))


def _asked_for(css: str, asked: set[str]) -> Iterator[str]:
    for before, inside in rules_of(css):
        if inside is None:
            yield f"{before};" if before.strip() else ""
        elif before.startswith("@") and not PLAIN.match(before):
            kept = "".join(_asked_for(inside, asked))
            yield f"{before}{{{kept}}}" if kept else ""
        else:
            said = [one for one in parts(inside, ";") if one.strip() and _is_asked(one, asked)]
            yield f"{before}{{{';'.join(said)}}}" if said or PLAIN.match(before) else ""


def _is_asked(declaration: str, asked: set[str]) -> bool:
    name = declaration.partition(":")[0].strip()
    return not name.startswith("--") or name in asked


def _next(text: str, begin: int, marks: str) -> int:
    """Where the next of these marks stands outside of quotes and brackets; else the end."""
    depth, quote, index = 0, "", begin
    while index < len(text):
        letter = text[index]
        if letter == "\\":
            index += 1
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in marks and depth == 0:
            return index
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        index += 1
    return len(text)


def _closing(text: str, opening: int) -> int:
    """Where the brace that opens here is closed."""
    depth, index = 0, opening
    while index < len(text):
        index = _next(text, index, "{}")
        depth += 1 if text[index : index + 1] == "{" else -1
        if depth == 0:
            return index
        index += 1
    return len(text)
