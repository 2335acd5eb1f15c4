"""A document as plain text: what a person would copy out of the file."""

from __future__ import annotations

from richtschnur.documents.blocks import Block, Document


def as_text(document: Document) -> str:
    """The words in reading order; items of a list on lines of their own, with their sign or number.

    Cells stand beside each other with a bar; of a picture its caption and description.
    """
    text = ""
    before: Block | None = None
    for block in document.blocks:
        said = _said(block)
        if not said:
            continue
        is_list = before is not None and before.kind == block.kind == "item"
        text += ("\n" if is_list else "\n\n") + said if text else said
        before = block
    return text


def _said(block: Block) -> str:
    rows = [" | ".join(cell.strip() for cell in row) for row in block.rows]
    words = "\n".join([block.caption, *rows] if rows else [block.caption, block.text]).strip()
    if not words:
        return ""
    sign = block.number or ("•" if block.kind == "item" else "")
    return f"{sign} {words}" if sign else words
