"""Blocks become sections with passages; levels count from 1 below the title."""

from __future__ import annotations

from collections.abc import Sequence

from richtschnur.documents.blocks import Block, Document
from richtschnur.documents.cells import join_rows
from richtschnur.documents.structure.outline import OutlinePassage, OutlineSection, PassageKind


def to_sections(document: Document) -> tuple[OutlineSection, ...]:
    """Every word of the blocks in sections, in order.

    The title's section is the first and of level 1; the highest chapters are of level 1 too.
    """
    blocks = document.blocks
    headings = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    first = headings[0] if headings else -1
    titled = first if headings and blocks[first].text == document.title else -1
    levels = [blocks[at].level for at in headings if at != titled]
    shift = min(levels) - 1 if levels else 0
    sections: list[OutlineSection] = []
    heading: Block | None = None
    passages: list[OutlinePassage] = []
    for at, block in enumerate(blocks):
        if block.kind != "heading":
            passages.append(_passage(block))
            continue
        if heading or passages:
            sections.append(_section(heading, passages, document, shift))
        heading, passages = block, []
        if at == titled:
            heading = Block("heading", block.text, 1 + shift, block.number)
    if heading or passages or document.title:
        sections.append(_section(heading, passages, document, shift))
    return tuple(sections)


def _section(
    heading: Block | None,
    passages: Sequence[OutlinePassage],
    document: Document,
    shift: int,
) -> OutlineSection:
    if heading is None:
        stands_in_blocks = any(
            block.kind == "heading" and block.text == document.title for block in document.blocks
        )
        title = "" if stands_in_blocks else document.title
        return OutlineSection(title, "", 1, tuple(passages))
    level = max(1, heading.level - shift)
    return OutlineSection(heading.text, heading.number, level, tuple(passages))


def _passage(block: Block) -> OutlinePassage:
    assert block.kind != "heading"
    kind: PassageKind = block.kind
    text = join_rows(block.rows) if kind == "table" else block.text
    return OutlinePassage(
        kind,
        text,
        block.level,
        block.number,
        block.marks,
        block.caption,
        block.picture,
        block.language,
    )


def end_of_branch(sections: Sequence[OutlineSection], at: int) -> int:
    """The index behind the last section that stands under section `at`."""
    end = at + 1
    while end < len(sections) and sections[end].level > sections[at].level:
        end += 1
    return end
