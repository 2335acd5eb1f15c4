"""The fonts of our PDFs come from packages; what they cannot show is written out in words."""

import re
import struct
import unicodedata
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

# Amiri: of the Arabic fonts tried, the only one whose text is extracted from a PDF unharmed.
FIRST = ("fontpkg_fira_sans", "fontpkg_amiri")
# What the typesetter's own fonts (DejaVu Sans Mono, New Computer Modern) add: symbols.
_BUILT_IN = (
    "2010-2027 2030-2040 2044-2052 2054-205f 2070-2071 2074-208e 2090-209c 20a0-20bf 2100-211e "
    "2126-2151 2153-2184 2190-23ff 2460-262f 2638-268b 2690-269c 26a0-26a7 26aa-26b2 2701-2704 "
    "2706-2709 270c-2727 2729-274b 274f-2752 2758-275e 2761-277f 2798-27af 27b1-27ff 2900-29ff "
    "2b00-2b73 2b76-2b95 2b97-2bff fffd-fffd"
)
_BUILT_IN_FAMILIES = ("DejaVu Sans Mono", "New Computer Modern Math")
_BEYOND_LATIN_1 = re.compile("[^\x20-\x7e\xa0-\xff]")
# Joiners, direction marks, soft hyphen, variation selectors: they have no picture of their own.
_IGNORABLE = re.compile("[\n\xad\u034f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")


@cache
def packages() -> tuple[tuple[str, Path], ...]:
    """Families and folders of the installed font packages, those we count on first."""
    found = {point.value for point in metadata.entry_points(group="fontpkg.family")}
    names = [*FIRST, *sorted(found - set(FIRST))]
    return tuple((_family(folder), folder) for name in names if (folder := _folder(name)))


@cache
def families() -> tuple[str, ...]:
    return tuple(family for family, _ in packages()) + _BUILT_IN_FAMILIES


def showable(text: str) -> str:
    """The text with every character that no font has replaced: signs by their name in
    brackets, letters of other scripts by a replacement character."""
    if not _BEYOND_LATIN_1.search(text):
        return text
    text = unicodedata.normalize("NFC", text)
    return _BEYOND_LATIN_1.sub(lambda found: _shown(found[0]), text)


@cache
def _shown(char: str) -> str:
    if ord(char) in _coverage() or _IGNORABLE.fullmatch(char):
        return char
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and all(ord(part) in _coverage() for part in plain):
        return plain
    if unicodedata.category(char) == "Zs":
        return " "
    if unicodedata.category(char)[0] == "S":
        name = unicodedata.name(char, "").lower()
        return "" if "modifier fitzpatrick" in name else f"[{name or f'U+{ord(char):04X}'}]"
    return "" if unicodedata.category(char) in ("Cf", "Cn") else "\ufffd"


@cache
def _coverage() -> frozenset[int]:
    points: set[int] = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    for part in _BUILT_IN.split():
        first, last = (int(end, 16) for end in part.split("-"))
        points.update(range(first, last + 1))
    for _, folder in packages():
        regular = min(
            folder.glob("*.[ot]tf"),
            key=lambda file: ("Regular" not in file.name, "Italic" in file.name, file.name),
            default=None,
        )
        if regular:
            points |= _characters(regular.read_bytes())
    return frozenset(points)


def _folder(name: str) -> Path | None:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "files"
    return folder if folder.is_dir() else None


def _family(folder: Path) -> str:
    text = (folder.parent / "__init__.py").read_text("utf-8")
    found = re.search(r'^FAMILY = "(.+)"$', text, re.MULTILINE)
    return found[1] if found else folder.parent.name


def _characters(font: bytes) -> set[int]:
    """The code points in a TrueType or OpenType font's character map."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    points: set[int] = set()
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        _, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * index)
        match struct.unpack_from(">H", font, start + offset)[0]:
            case 4:
                points |= _format_4(font, start + offset)
            case 12:
                points |= _format_12(font, start + offset)
    return points


def _format_4(font: bytes, start: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    ends = struct.unpack_from(f">{doubled // 2}H", font, start + 14)
    firsts = struct.unpack_from(f">{doubled // 2}H", font, start + 16 + doubled)
    return {
        point for first, last in zip(firsts, ends, strict=True) for point in range(first, last + 1)
    } - {0xFFFF}


def _format_12(font: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">I", font, start + 12)
    groups = (struct.unpack_from(">III", font, start + 16 + 12 * index) for index in range(count))
    return {point for first, last, _ in groups for point in range(first, last + 1)}
