"""pandoc's syntax tree becomes pieces, in order, with every word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from richtschnur.documents.blocks import Doubt, Unreadable
from richtschnur.documents.labels import label
from richtschnur.documents.reading import signs
from richtschnur.documents.reading.inlines import Flow, flatten, strip_tags
from richtschnur.documents.reading.pieces import Piece

Node = dict[str, Any]
_ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


class Walker:
    """Walks blocks; `doubts` gathers what a person should look at."""

    def __init__(self, most_depth: int) -> None:
        self.doubts: list[Doubt] = []
        self.below_title = False
        self._most_depth = most_depth
        self._notes = 0
        self._readers: dict[str, Callable[[Any, list[Piece], int, str], None]] = {
            "Para": self._paragraph,
            "Plain": self._paragraph,
            "Header": self._heading,
            "BulletList": self._bullets,
            "OrderedList": self._ordered,
            "Table": self._table,
            "Div": self._division,
            "Figure": self._figure,
            "BlockQuote": self._quote,
            "DefinitionList": self._definitions,
            "LineBlock": self._line_block,
            "CodeBlock": self._code,
            "RawBlock": self._raw,
        }

    def pieces(self, blocks: Sequence[Node]) -> list[Piece]:
        """Pieces of a document's blocks. Raises Unreadable("hostile") when nested too deeply."""
        out: list[Piece] = []
        for block in blocks:
            self._block(block, out, 0, "")
        return out

    def meta(self, value: Node) -> list[Piece]:
        """Pieces of a metadata value: a title, authors, an abstract."""
        out: list[Piece] = []
        content = value["c"]
        if value["t"] == "MetaBlocks":
            for block in content:
                self._block(block, out, 0, "")
        elif value["t"] == "MetaInlines":
            self._paragraph(content, out, 0, "")
        elif value["t"] == "MetaList":
            for one in content:
                out += self.meta(one)
        elif value["t"] == "MetaString":
            out.append(Piece("text", content))
        return out

    def _block(self, block: Node, out: list[Piece], depth: int, language: str) -> None:
        if depth > self._most_depth:
            raise Unreadable("hostile", "nested too deeply")
        reader = self._readers.get(block["t"])
        if reader:
            reader(block.get("c"), out, depth, language)

    def _bullets(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        for item in content:
            self._item(item, out, depth + 1, language, "")

    def _definitions(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        for term, definitions in content:
            self._paragraph(term, out, depth, language)
            for inner in (one for definition in definitions for one in definition):
                self._block(inner, out, depth + 1, language)

    def _line_block(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        for line in content:
            self._paragraph(line, out, depth, language)

    def _code(self, content: list[Any], out: list[Piece], _: int, language: str) -> None:
        lines = content[1].splitlines()
        out += [Piece("text", signs.clean(s), language=language) for s in lines if s.strip()]

    def _raw(self, content: list[str], out: list[Piece], _: int, language: str) -> None:
        text = signs.fold(signs.clean(strip_tags(content[1])))
        if text:
            self.doubts.append(Doubt("raw-markup", text[:120]))
            out.append(Piece("text", text, language=language))

    def _division(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        own = dict(content[0][2]).get("lang", language)
        for block in content[1]:
            self._block(block, out, depth + 1, own)

    def _figure(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        for block in (*content[2], *content[1][1]):
            self._block(block, out, depth + 1, language)

    def _quote(self, blocks: list[Node], out: list[Piece], depth: int, language: str) -> None:
        inner: list[Piece] = []
        for block in blocks:
            self._block(block, inner, depth + 1, language)
        for piece in inner:
            if piece.kind == "text":
                piece.kind = "quote"
        out += inner

    def _ordered(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        (start, style, delimiter), entries = content
        for count, item in enumerate(entries, start):
            number = _as_number(count, style["t"], delimiter["t"])
            self._item(item, out, depth + 1, language, number)

    def _item(
        self, blocks: list[Node], out: list[Piece], depth: int, language: str, number: str
    ) -> None:
        at = len(out)
        level = min(depth, 9)
        if not blocks or blocks[0]["t"] not in {"Para", "Plain"}:
            out.append(Piece("number" if number else "bullet", "", number, level))
        for block in blocks:
            self._block(block, out, depth, language)
        if len(out) > at and out[at].kind in {"text", "bullet", "number"}:
            self._make_item(out[at], number, level)
        if len(out) > at and not out[at].text and out[at].kind == "bullet":
            del out[at]

    def _make_item(self, piece: Piece, number: str, level: int) -> None:
        if piece.number and (number or piece.kind == "number"):
            # A number typed by hand within a list item belongs to the words.
            if number:
                piece.text = f"{piece.number} {piece.text}"
            else:
                number = piece.number
        piece.kind, piece.number = ("number" if number else "bullet"), number
        piece.sign = piece.sign or "•"
        # A numbered list of the first level may be a list of headings: its level stays open.
        piece.level = 0 if number and level == 1 else level

    def _heading(self, content: list[Any], out: list[Piece], _: int, language: str) -> None:
        level, attributes, inlines = content
        flow = self._flow(inlines)
        text = signs.fold(flow.text)
        if not text:
            return
        found = signs.number(text, bare=True)
        number, rest = found or ("", text)
        language = dict(attributes[2]).get("lang", language) or flow.language
        level += self.below_title
        out.append(Piece("heading", rest, number, level, language=language, styled=True))
        self._notes_after(flow, out)

    def _paragraph(self, inlines: list[Node], out: list[Piece], _: int, language: str) -> None:
        flow = self._flow(inlines)
        for text, bold in flow.lines(_starts_anew):
            out.append(_text_piece(text, bold, language or flow.language))
        self._notes_after(flow, out)

    def _flow(self, inlines: list[Node]) -> Flow:
        flow = flatten(inlines)
        if flow.pictures:
            self.doubts.append(Doubt("pictures-left-out", signs.fold(flow.text)[:120]))
        if flow.struck:
            self.doubts.append(Doubt("struck-out", signs.fold(flow.struck)[:120]))
        return flow

    def _notes_after(self, flow: Flow, out: list[Piece]) -> None:
        for blocks in flow.notes:
            self._notes += 1
            at = len(out)
            for block in blocks:
                self._block(block, out, 1, "")
            if len(out) > at and out[at].kind == "text":
                out[at].number = f"[{self._notes}]"

    def _table(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        _, caption, _, head, bodies, foot = content
        for block in caption[1]:
            self._block(block, out, depth + 1, language)
        sources = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
        if len(sources) == 1 and len(sources[0][1]) == 1:  # a frame around text
            for block in sources[0][1][0][4]:
                self._block(block, out, depth + 1, language)
            return
        rows = [tuple(self._cell(cell[4], depth) for cell in row[1]) for row in sources]
        rows = [row for row in rows if any(row)]
        if rows:
            out.append(Piece("table", rows=tuple(rows), language=language))

    def _cell(self, blocks: list[Node], depth: int) -> str:
        """A cell's text; list items are parted by a bullet sign, as a cell is one line."""
        inner: list[Piece] = []
        for block in blocks:
            self._block(block, inner, depth + 1, "")
        words: list[str] = []
        for piece in inner:
            text = " / ".join(" ; ".join(row) for row in piece.rows) or piece.text
            text = f"{piece.number} {text}".strip() if piece.number else text
            text = signs.fold(signs.without_private(text)[0])
            words.append(f"• {text}" if words and piece.kind in {"bullet", "number"} else text)
        return " ".join(word for word in words if word)


def _starts_anew(line: str) -> bool:
    """Does a line after a line break begin an item or a labelled part?"""
    mark = signs.bullet(line)
    return mark is not None or signs.number(line) is not None or label(line) is not None


def _text_piece(text: str, bold: bool, language: str) -> Piece:
    mark = signs.bullet(text)
    if mark and mark.rest:
        return Piece("bullet", mark.rest, sign=mark.sign, language=language)
    found = signs.number(text)
    if found:
        return Piece("number", found[1], found[0], language=language, bold=bold, gap=True)
    return Piece("text", text, language=language, bold=bold, gap=True)


def _as_number(count: int, style: str, delimiter: str) -> str:
    if style in {"LowerAlpha", "UpperAlpha"} and 0 < count <= 26:
        word = chr(96 + count)
        word = word if style == "LowerAlpha" else word.upper()
    elif style in {"LowerRoman", "UpperRoman"} and 0 < count < 40:
        word = "X" * (count // 10) + _ROMAN[count % 10]
        word = word if style == "UpperRoman" else word.lower()
    else:
        word = str(count)
    return (
        f"({word})"
        if delimiter == "TwoParens"
        else word + (")" if delimiter == "OneParen" else ".")
    )
