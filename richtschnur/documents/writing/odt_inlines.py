"""Marked texts as spans of an ODT, with their links and footnotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Item, Note, Text
from richtschnur.documents.writing import odf
from richtschnur.documents.writing.cleaning import is_right_to_left
from richtschnur.documents.writing.runs import Run, linked, runs_of

Look = tuple[bool, bool, str, str]
_PLAIN: Look = (False, False, "", "")


@dataclass
class Inlines:
    """`note_style(note)` names the style of a footnote's paragraph."""

    note_style: Callable[[Note], str]
    looks: dict[Look, str] = field(default_factory=dict)
    notes: int = 0

    def marked(self, block: Text | Item | Note) -> str:
        parts = []
        for address, runs in linked(runs_of(block)):
            inner = "".join(map(self._run, runs))
            if address:
                target = escape(address, {'"': "&quot;"})
                inner = f'<text:a xlink:type="simple" xlink:href="{target}">{inner}</text:a>'
            parts.append(inner)
        return "".join(parts)

    def styles(self) -> str:
        """The automatic styles of the spans that were written."""
        return "".join(self._style(name, look) for look, name in self.looks.items())

    def _run(self, run: Run) -> str:
        if run.note:
            return self._note(run.note)
        look: Look = (run.strong, run.emphasis, run.script, run.language)
        if look == _PLAIN:
            return lines(run.text)
        name = self.looks.setdefault(look, f"S{len(self.looks) + 1}")
        return f'<text:span text:style-name="{name}">{lines(run.text)}</text:span>'

    def _note(self, note: Note) -> str:
        """Numbers are the program's own, other signs are kept."""
        self.notes += 1
        sign = escape(note.sign, {'"': "&quot;"})
        kept = "" if note.sign.isdigit() else f' text:label="{sign}"'
        style = self.note_style(note)
        return (
            f'<text:note text:id="note{self.notes}" text:note-class="footnote">'
            f"<text:note-citation{kept}>{sign}</text:note-citation><text:note-body>"
            f'<text:p text:style-name="{style}"><text:s/>{self.marked(note)}</text:p>'
            "</text:note-body></text:note>"
        )

    def _style(self, name: str, look: Look) -> str:
        strong, emphasis, script, language = look
        properties = []
        if strong:
            properties.append('fo:font-weight="bold" style:font-weight-complex="bold"')
        if emphasis:
            properties.append('fo:font-style="italic" style:font-style-complex="italic"')
        if script:
            place = "super" if script == "superscript" else "sub"
            properties.append(f'style:text-position="{place} 62%"')
        if language:
            properties.append(odf.language_properties(language))
            if is_right_to_left(language):
                properties.append('style:script-type="complex"')
        return (
            f'<style:style style:name="{name}" style:family="text">'
            f"<style:text-properties {' '.join(properties)}/></style:style>"
        )


def lines(text: str) -> str:
    return escape(text).replace("\n", "<text:line-break/>")
