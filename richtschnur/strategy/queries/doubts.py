"""What reading a draft was unsure of, or could not do, as sentences for people."""

from __future__ import annotations

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from richtschnur.documents.blocks import Unreadable


def doubt_message(doubt: dict[str, Any]) -> str:
    """One stored doubt ({"code","excerpt","detail"}) as a sentence with its place and details."""
    sentence = doubt_sentences()[doubt["code"]]
    excerpt = str(doubt.get("excerpt") or "").strip()
    detail = str(doubt.get("detail") or "").strip()
    if not excerpt:
        sentence = sentence.removesuffix(":")
    place = f" {_apart(f'„{Truncator(excerpt).chars(120)}“')}" if excerpt else ""
    return f"{sentence}{place}{f' ({detail[:160]})' if detail else ''}"


def _apart(quoted: str) -> str:
    """In a language from right to left the quote keeps its own order, its signs included."""
    return f"\u2068{quoted}\u2069" if get_language_bidi() else quoted


def doubt_sentences() -> dict[str, str]:
    """A sentence for every code of documents.blocks, in the language in force."""
    return _reading_doubts() | _structure_doubts()


def _reading_doubts() -> dict[str, str]:
    return {
        "comments-left-out": _("Remarks at the margin of the file were left out."),
        "contents-left-out": _("The table of contents was left out; the headings make it anew:"),
        "encoding-guessed": _("The file is not UTF-8; it was read as Windows text. Check umlauts."),
        "heading-guessed": _("This line was taken for a heading:"),
        "joined-lines": _("Lines broken by the page were joined to paragraphs."),
        "levels-by-number": _("The levels of the headings were taken from their numbers."),
        "nested-by-colon": _("What follows this colon was placed below it:"),
        "number-gap": _("A number is missing in this numbering:"),
        "numbering-ambiguous": _("It is unclear to which level this number belongs:"),
        "page-furniture": _("This was repeated on the pages and left out as running head or foot:"),
        "pages-without-text": _("Some pages hold no text, perhaps pictures of text."),
        "picture-without-description": _("A picture has no description. Please write one."),
        "pictures-left-out": _(
            "A picture was left out: only PNG, JPEG and GIF up to 20 MB inside the file are kept."
        ),
        "private-characters": _("Characters of a symbol font were taken for bullets or removed."),
        "raw-markup": _("Markup in the text was kept as text:"),
        "struck-out": _("Struck-out text was kept as ordinary text:"),
        "table-without-lines": _("This looks like a table without lines and was kept as text:"),
        "text-box": _("The file has text boxes; their place in the text may be wrong."),
        "title-lines": _("These lines were taken for the title:"),
        "tracked-changes": _("The file holds tracked changes; insertions were taken over."),
        "words-missing": _("Some words of the file were not found in the result. Please compare."),
    }


def _structure_doubts() -> dict[str, str]:
    return {
        "count-differs": _("The text announces another number of guidelines than were found:"),
        "goal-guessed": _("This was taken for a goal:"),
        "guideline-guessed": _("This was taken for a guideline:"),
        "guiding-goal-guessed": _("This was taken for the guiding goal:"),
        "list-ambiguous": _("It is unclear where one measure ends and the next begins:"),
        "list-prose": _("This reads like a sentence rather than a list of measures:"),
        "nested-guidelines": _("A guideline stands inside another one:"),
        "nested-item": _("This entry stands below another one and was read apart:"),
        "no-goal": _("No goal was recognised in this guideline:"),
        "no-guidelines": _("No guideline was recognised in this paper."),
        "no-guiding-goal": _("No guiding goal was recognised in this paper."),
        "no-measure": _("No measure was recognised in this guideline:"),
        "unassigned-passage": _("It is unclear what this passage of a guideline is:"),
    }


def unreadable_message(error: Unreadable, name: str) -> str:
    """Why a file could not be read, and what to do."""
    sentences = {
        "empty": _("“%(name)s” is empty. Please choose the file with the draft."),
        "encrypted": _("“%(name)s” is protected by a password. Please save it without one."),
        "damaged": _("“%(name)s” is damaged. Please open and save it once more, then try again."),
        "oversized": _("“%(name)s” is too big. Please leave out pictures, or split it."),
        "hostile": _(
            "“%(name)s” holds something that this platform does not open for safety. Please save"
            " the text in a new file."
        ),
        "no-text": _("“%(name)s” holds no text, perhaps only pictures of text (a scan)."),
        "unknown-format": _(
            "“%(name)s” is none of DOCX, ODT, PDF, HTML, Markdown or plain text. Please save it as"
            " one of these."
        ),
        "wrong-encoding": _("“%(name)s” is not readable as text. Please save it as UTF-8."),
        "timeout": _("Reading “%(name)s” took too long. Please simplify or split the file."),
    }
    return sentences.get(error.code, sentences["damaged"]) % {"name": name}
