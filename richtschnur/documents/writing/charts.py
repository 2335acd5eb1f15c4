"""A chart of bars as SVG for files: texts stay texts, and what no font has is said in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from richtschnur.documents.charts import Drawn, height_of
from richtschnur.documents.writing import fonts

WIDTH: Final = 640


def as_svg(bars: Sequence[Drawn], *, accent: str, mirrored: bool = False) -> bytes:
    """The chart for a file: as wide as a page's text, texts as text, in one colour."""
    height = height_of(bars)
    family = ", ".join(f"'{name}'" for name in fonts.families())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{family}" font-size="14" fill="#1a1a1a">'
    ]
    anchor = "end" if mirrored else "start"
    for bar in bars:
        width = WIDTH * bar.share / 100
        start = WIDTH - width if mirrored else 0
        behind = start - 7 if mirrored else width + 7
        edge = WIDTH if mirrored else 0
        label, figure = (escape(fonts.showable(said)) for said in (bar.label, bar.figure))
        parts += [
            f'<text x="{edge}" y="{bar.text_y}" text-anchor="{anchor}">{label}</text>',
            f'<rect x="{start:.1f}" y="{bar.bar_y}" width="{width:.1f}" height="16" '
            f'fill="{accent}"/>',
            f'<text x="{behind:.1f}" y="{bar.figure_y}" text-anchor="{anchor}">{figure}</text>',
        ]
    return "".join([*parts, "</svg>"]).encode()
