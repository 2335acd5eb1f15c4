"""Marked texts and footnotes as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from richtschnur.documents.paper import Item, Note, Text, Words
from richtschnur.documents.writing.cleaning import is_right_to_left
from richtschnur.documents.writing.runs import Run, linked, runs_of, spoken

_TAGS = {"superscript": "sup", "subscript": "sub"}


@dataclass
class Inlines:
    """Writes texts in the paper's language and gathers their footnotes, numbered from 1."""

    default: str
    words: Words
    notes: list[Note] = field(default_factory=list)

    def marked(self, block: Text | Item | Note) -> str:
        """The block's text as HTML."""
        parts = []
        for link, runs in linked(runs_of(block)):
            inner = "".join(self._spoken(language, part) for language, part in spoken(runs))
            parts.append(f'<a href="{escape(link)}" rel="external">{inner}</a>' if link else inner)
        return "".join(parts)

    def ending(self) -> Iterator[str]:
        """The footnotes, each with a way back to its sign."""
        if not self.notes:
            return
        label = escape(self.words.notes)
        yield f'<section class="notes" role="doc-endnotes" aria-label="{label}">\n<ol>'
        for number, note in enumerate(self.notes, start=1):
            back = (
                f'<a href="#note-{number}-sign" role="doc-backlink" '
                f'aria-label="{number}: {escape(self.words.back)}">↩</a>'
            )
            said = attributes(note.language, self.default)
            text = f"<span{said}>{self.marked(note)}</span>" if said else self.marked(note)
            yield f'<li id="note-{number}" value="{number}"><p>{text} {back}</p></li>'
        yield "</ol>\n</section>"

    def _spoken(self, language: str, runs: list[Run]) -> str:
        inner = "".join(map(self._run, runs))
        return f"<span{attributes(language, '')}>{inner}</span>" if language else inner

    def _run(self, run: Run) -> str:
        if run.note:
            return self._sign(run.note)
        text = lines(run.text)
        if run.script:
            text = f"<{_TAGS[run.script]}>{text}</{_TAGS[run.script]}>"
        if run.emphasis:
            text = f"<em>{text}</em>"
        return f"<strong>{text}</strong>" if run.strong else text

    def _sign(self, note: Note) -> str:
        self.notes.append(note)
        number = len(self.notes)
        return (
            f'<a href="#note-{number}" id="note-{number}-sign" role="doc-noteref">'
            f"<sup>{escape(note.sign or str(number))}</sup></a>"
        )


def lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def attributes(language: str, default: str) -> str:
    """`lang` and `dir` where the language is given and another than the default."""
    if not language or language == default:
        return ""
    direction = "rtl" if is_right_to_left(language) else "ltr"
    return f' lang="{escape(language)}" dir="{direction}"'
