"""Marked texts as runs of a DOCX, with their links and footnotes."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Item, Note, Text
from richtschnur.documents.writing.cleaning import is_right_to_left, locale_of
from richtschnur.documents.writing.docx_parts import R
from richtschnur.documents.writing.runs import Run, linked, runs_of

_QUOTES = {'"': "&quot;"}
_SIGN = '<w:rStyle w:val="FootnoteReference"/><w:vertAlign w:val="superscript"/>'


@dataclass
class Relations:
    """What a part of the package points to; the texts are elements of its .rels file."""

    found: list[str] = field(default_factory=list)
    _links: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a new relation."""
        name = f"rIdOwn{len(self.found) + 1}"
        mode = ' TargetMode="External"' if external else ""
        self.found.append(
            f'<Relationship Id="{name}" Type="{R}/{kind}" '
            f'Target="{escape(target, _QUOTES)}"{mode}/>'
        )
        return name

    def link(self, address: str) -> str:
        """The id of an address, which is kept once."""
        if address not in self._links:
            self._links[address] = self.add("hyperlink", address, external=True)
        return self._links[address]


@dataclass
class Inlines:
    """Writes texts of a paper in `default`; `first_note` is the first free footnote's id."""

    default: str
    accent: str
    first_note: int = 1
    relations: Relations = field(default_factory=Relations)
    note_relations: Relations = field(default_factory=Relations)
    notes: list[str] = field(default_factory=list)

    def marked(self, block: Text | Item | Note, relations: Relations | None = None) -> str:
        """The runs of a block."""
        links = self.relations if relations is None else relations
        own = block.language or self.default
        parts = []
        for address, runs in linked(runs_of(block)):
            inner = "".join(self._run(run, own) for run in runs)
            if address:
                inner = f'<w:hyperlink r:id="{links.link(address)}">{inner}</w:hyperlink>'
            parts.append(inner)
        return "".join(parts)

    def plain(self, text: str, language: str = "", look: str = "") -> str:
        """One run; `look` are properties that come before the language's."""
        if not text:
            return ""
        properties = look + self._language(language or self.default)
        lines = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
        )
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"

    def _run(self, run: Run, own: str) -> str:
        if run.note:
            return self._reference(run.note)
        look = "<w:b/><w:bCs/>" if run.strong else ""
        look += "<w:i/><w:iCs/>" if run.emphasis else ""
        if run.link:
            look = '<w:rStyle w:val="Hyperlink"/>' + look
            look += f'<w:color w:val="{self.accent}"/>'
        look += f'<w:vertAlign w:val="{run.script}"/>' if run.script else ""
        return self.plain(run.text, run.language or own, look)

    def _language(self, language: str) -> str:
        if is_right_to_left(language):
            return f'<w:rtl/><w:lang w:bidi="{locale_of(language)}"/>'
        if language != self.default:
            return f'<w:lang w:val="{locale_of(language)}"/>'
        return ""

    def _reference(self, note: Note) -> str:
        """The sign in the text, which the program counts itself."""
        number = self.first_note + len(self.notes)
        side = "<w:bidi/>" if is_right_to_left(note.language or self.default) else ""
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{side}'
            f"</w:pPr><w:r><w:rPr>{_SIGN}</w:rPr><w:footnoteRef/></w:r>"
            '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
            f"{self.marked(note, self.note_relations)}</w:p></w:footnote>"
        )
        return f'<w:r><w:rPr>{_SIGN}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
