"""pandoc's syntax tree becomes pieces, in order, with every word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from richtschnur.documents.blocks import Doubt, Unreadable
from richtschnur.documents.reading import marked, signs
from richtschnur.documents.reading.inlines import Flow, flatten, strip_tags
from richtschnur.documents.reading.marked import Marked
from richtschnur.documents.reading.openings import (
    as_number,
    label_or_words,
    starts_anew,
    text_piece,
)
from richtschnur.documents.reading.pictures import Gallery
from richtschnur.documents.reading.pieces import Piece
from richtschnur.documents.reading.rooms import cell_text, grid
from richtschnur.documents.reading.sentinels import Properties

Node = dict[str, Any]


class Walker:
    """Walks blocks; `doubts` gathers what a person should look at."""

    def __init__(self, most_depth: int, gallery: Gallery) -> None:
        self.doubts: list[Doubt] = []
        self.below_title = False
        self._gallery = gallery
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
        at = len(out)
        for block in content[2]:
            self._block(block, out, depth + 1, language)
        whole = out[at].kind if len(out) == at + 1 else ""
        for block in content[1][1]:
            self._block(block, out, depth + 1, language)
        if whole == "picture" and len(out) > at + 1:
            out[at].caption = " ".join(one.text for one in out[at + 1 :])
            del out[at + 1 :]

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
            number = as_number(count, style["t"], delimiter["t"])
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
                piece.take_number_back()
            else:
                number = piece.number
        piece.kind, piece.number = ("number" if number else "bullet"), number
        piece.sign = piece.sign or "•"
        # A numbered list of the first level may be a list of headings: its level stays open.
        piece.level = 0 if number and level == 1 else level

    def _heading(self, content: list[Any], out: list[Piece], _: int, language: str) -> None:
        level, attributes, inlines = content
        flow = self._flow(inlines)
        own = dict(attributes[2]).get("lang", language) or flow.language
        self._add_heading(flow, level + self.below_title, "", own, out)
        self._behind(flow, out)

    def _add_heading(
        self, flow: Flow, level: int, number: str, language: str, out: list[Piece]
    ) -> None:
        whole = flow.whole()
        if not whole.text:
            return
        found = None if number else signs.number(whole.text, bare=True)
        if found:
            number, whole = found[0], marked.tail(whole, found[1])
        piece = Piece("heading", whole.text, number, level, language=language, styled=True)
        piece.marks = whole.marks
        out.append(piece)

    def _paragraph(self, inlines: list[Node], out: list[Piece], _: int, language: str) -> None:
        flow = self._flow(inlines)
        own = language or flow.language
        if flow.properties:
            self._prepared(flow, flow.properties, out, own)
        else:
            out += [text_piece(text, bold, own) for text, bold in flow.lines(starts_anew)]
        self._behind(flow, out)

    def _prepared(self, flow: Flow, known: Properties, out: list[Piece], language: str) -> None:
        """A paragraph of an office file, of which the preparation knew more than pandoc tells."""
        at = len(out)
        if known.kind in {"heading", "title"}:
            is_title = known.kind == "title" and not self.below_title
            level = 1 if is_title else max(1, known.level) + self.below_title
            if known.kind == "title" and self.below_title:
                known = Properties("text")
            else:
                number, words = label_or_words(known.label)
                if words:
                    flow.runs.insert(0, (f"{words} ", ()))
                self._add_heading(flow, level, number, language, out)
                self.below_title = self.below_title or (is_title and len(out) > at)
        if len(out) == at:
            out += [text_piece(text, bold, language) for text, bold in flow.lines(starts_anew)]
        for piece in out[at:]:
            piece.size, piece.indent, piece.page = known.size, known.indent / 6, known.page
            piece.bold = piece.bold or (known.bold and len(out) == at + 1)
            piece.gap = True
        if len(out) > at and known.kind in {"item", "quote", "caption"}:
            self._shape(out[at], known)

    def _shape(self, piece: Piece, known: Properties) -> None:
        if known.kind == "item":
            number, words = label_or_words(known.label)
            if words:
                piece.marked = marked.before(words, piece.marked)
            self._make_item(piece, number, min(known.level, 9))
            if number and piece.bold:
                piece.level = 0  # a heading that somebody made of a list
        elif known.kind == "quote" and piece.kind == "text":
            piece.kind = "quote"
        elif known.kind == "caption":
            piece.take_number_back()
            piece.kind = "caption"

    def _flow(self, inlines: list[Node]) -> Flow:
        flow = flatten(inlines, self._notes + 1)
        self._notes += len(flow.notes)
        if flow.struck:
            self.doubts.append(Doubt("struck-out", signs.fold(flow.struck)[:120]))
        return flow

    def _behind(self, flow: Flow, out: list[Piece]) -> None:
        """What stands behind a paragraph that refers to it: pictures and footnotes."""
        for index in flow.pictures:
            out.append(self._gallery.piece(index))
        for image in flow.images:
            piece = self._gallery.image(image)
            if piece:
                named = signs.fold(image["c"][2][1])  # Markdown's place for a caption
                piece.caption = piece.caption or ("" if named == piece.text else named)
                out.append(piece)
        for sign, blocks in flow.notes:
            inner: list[Piece] = []
            for block in blocks:
                self._block(block, inner, 1, "")
            for piece in inner:
                piece.take_number_back()
            words = marked.joined([_words_of(one) for one in inner])
            language = inner[0].language if inner else ""
            note = Piece("note", words.text, sign, language=language, marks=words.marks)
            out.append(note)

    def _table(self, content: list[Any], out: list[Piece], depth: int, language: str) -> None:
        _, caption, _, head, bodies, foot = content
        captions: list[Piece] = []
        for block in caption[1]:
            self._block(block, captions, depth + 1, language)
        sources = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
        if len(sources) == 1 and len(sources[0][1]) == 1:  # a frame around text
            out += captions
            for block in sources[0][1][0][4]:
                self._block(block, out, depth + 1, language)
            return
        behind: list[Piece] = []
        rows = grid(sources, lambda blocks: self._cell(blocks, depth, behind))
        words = " ".join(one.text for one in captions)
        if rows:
            out.append(Piece("table", rows=rows, language=language, caption=words))
        out += behind

    def _cell(self, blocks: list[Node], depth: int, behind: list[Piece]) -> str:
        inner: list[Piece] = []
        for block in blocks:
            self._block(block, inner, depth + 1, "")
        behind += [one for one in inner if one.kind in {"note", "picture"}]
        return cell_text([one for one in inner if one.kind not in {"note", "picture"}])


def _words_of(piece: Piece) -> Marked:
    if piece.rows:
        return Marked(" / ".join(" ; ".join(row) for row in piece.rows))
    return piece.marked
