"""Makes texts fit for any file format, and a paper's structure sound."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from richtschnur.documents.paper import Heading, Item, PageBreak, Paper, PaperBlock, Table, Text

# Word's symbol fonts put bullets and arrows into the private-use area.
_SYMBOLS = dict.fromkeys(map(chr, (0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF06F, 0xF0FC)), "•")
_SYMBOLS |= {"\uf0e0": "→", "\uf02d": "–", "\uf0be": "–"}
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Controls, direction overrides (they can make a text look like another), invisible tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
_UNREADABLE = re.compile(
    "[\ue000-\uf8ff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15)
    )
    + "]"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")
_LETTER = re.compile(r"[^\W\d_]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_REGIONS = {
    "ar": "SA",
    "ckb": "IQ",
    "cs": "CZ",
    "da": "DK",
    "el": "GR",
    "en": "GB",
    "fa": "IR",
    "he": "IL",
    "ku": "TR",
    "ps": "AF",
    "sq": "AL",
    "sr": "RS",
    "ti": "ER",
    "uk": "UA",
    "ur": "PK",
    "vi": "VN",
    "zh": "CN",
}


def clean(text: str) -> str:
    """The text without what no file can carry; line breaks become line feeds."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return _UNREADABLE.sub(lambda found: _SYMBOLS.get(found[0], "\ufffd"), text)


def is_right_to_left(language: str) -> bool:
    return language.partition("-")[0].lower() in RIGHT_TO_LEFT


def language_of(text: str, given: str, default: str) -> str:
    """`given`, or what the script tells when it is not the default's; else `default`."""
    if given:
        return given
    arabic, hebrew = len(_ARABIC.findall(text)), len(_HEBREW.findall(text))
    if not arabic and not hebrew:
        return default
    if is_right_to_left(default) or 2 * (arabic + hebrew) < len(_LETTER.findall(text)):
        return default
    if hebrew > arabic:
        return "he"
    return "fa" if _PERSIAN.search(text) else "ar"


def prepared(paper: Paper) -> Paper:
    """The paper with clean texts, heading levels without gaps, anchors unique, rows filled."""
    default = _language(paper.language) or "de"
    return replace(
        paper,
        title=_line(paper.title) or "–",
        subtitle=_line(paper.subtitle),
        county=_line(paper.county),
        language=default,
        notes=tuple((_line(label), _text(value)) for label, value in paper.notes),
        blocks=tuple(_blocks(paper.blocks, default)),
        accent=paper.accent if re.fullmatch("#[0-9a-fA-F]{6}", paper.accent) else "#1d4f60",
    )


def filled_rows(head: Sequence[object], rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Rows as long as the head. Raises ValueError for longer ones."""
    for index, row in enumerate(rows, start=1):
        if len(row) > len(head):
            raise ValueError(f"row {index} has {len(row)} cells, the head {len(head)}")
        yield tuple(_text(cell) for cell in row) + ("",) * (len(head) - len(row))


def stays_whole(row: Sequence[str]) -> bool:
    """Whether a table's row is short enough to be kept on one page."""
    return max(map(len, row), default=0) < 700


def _text(text: str) -> str:
    return "\n".join(
        " ".join(line.split(" ")).strip() for line in clean(text).replace("\t", " ").split("\n")
    ).strip()


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _language(language: str) -> str:
    return language if _LANGUAGE.fullmatch(language) else ""


def _blocks(blocks: Iterable[PaperBlock], default: str) -> Iterator[PaperBlock]:
    levels: list[int] = []
    anchors: set[str] = set()
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, PageBreak):
            yield block
        elif not (text := _text(block.text)):
            continue
        elif isinstance(block, Heading):
            level = _closed_level(levels, block.level)
            yield Heading(level, _line(text), _free_anchor(block.anchor, anchors))
        elif isinstance(block, Text):
            language = language_of(text, _language(block.language), default)
            yield Text(text, block.style, "" if language == default else language)
        else:
            yield Item(text, min(max(block.level, 1), 6), _line(block.number))


def _closed_level(levels: list[int], level: int) -> int:
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return min(len(levels), 6)


def _free_anchor(anchor: str, taken: set[str]) -> str:
    if not _ANCHOR.fullmatch(anchor) or anchor in taken:
        return ""
    taken.add(anchor)
    return anchor


def _table(table: Table) -> Iterator[Table | Text]:
    """The table with clean cells; of one without columns, what it was to be called."""
    head = tuple(_line(cell) for cell in table.head)
    caption = _line(table.caption)
    rows = tuple(filled_rows(head, table.rows))
    if head:
        yield Table(caption, head, rows, _widths(table, head, rows))
    elif caption:
        yield Text(caption)


def _widths(
    table: Table, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[float, ...]:
    """Shares that add up to 1, from the caller or from the lengths of the contents."""
    widths = table.widths
    if len(widths) != len(head) or min(widths, default=0) <= 0:
        widths = tuple(
            _need([title, *(row[column] for row in rows[:500])])
            for column, title in enumerate(head)
        )
    return tuple(width / sum(widths) for width in widths)


def _need(cells: list[str]) -> float:
    longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
    mean = sum(map(len, cells)) / len(cells)
    return max(4.0, min(longest_word, 18) + 1.5, min(mean, 240) ** 0.5 * 3.2)


def locale_of(language: str) -> str:
    """The language with a region, as office programs want it: "de" becomes "de-DE"."""
    first, *rest = language.split("-")
    region = next((part.upper() for part in rest[:2] if len(part) == 2 and part.isalpha()), "")
    return f"{first.lower()}-{region or _REGIONS.get(first.lower(), first.upper()[:2])}"
