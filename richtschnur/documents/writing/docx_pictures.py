"""Pictures in a DOCX: the drawing in the text, the files in the package."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Picture
from richtschnur.documents.writing.docx_inlines import Relations
from richtschnur.documents.writing.pictures import ENDINGS, fitted, rastered, size_of

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_A, _WP, _PIC = (f"{_DRAWING}/{name}" for name in ("main", "wordprocessingDrawing", "picture"))
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_HEIGHT = 560.0  # points; leaves room for a caption on the page
_EMU = 12_700  # English metric units a point


@dataclass
class Gallery:
    """The pictures of one document; `width` is that of a line in points."""

    relations: Relations
    width: float
    files: dict[str, bytes] = field(default_factory=dict)
    count: int = 0

    def drawing(self, picture: Picture) -> str:
        """The run with the picture, or "" where it can't be shown."""
        size = size_of(picture.data, picture.media_type)
        first = self._shown(picture)
        if not size or not first:
            return ""
        self.count += 1
        width, height = (round(side * _EMU) for side in fitted(size, self.width, _HEIGHT))
        said = escape(picture.alternative, {'"': "&quot;"})
        about = f'id="{self.count}" name="{self.count}" descr="{said}"'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" '
            f'distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr {about}/>'
            f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}">'
            f"<pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
            f"{first}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _shown(self, picture: Picture) -> str:
        """Drawings are given twice: as they are, and as points for programs that want these."""
        if picture.media_type != "image/svg+xml":
            embedded = self._file(picture.data, ENDINGS[picture.media_type])
            return f'<a:blip r:embed="{embedded}"/>'
        points = rastered(picture.data)
        if points is None:
            return ""
        embedded, drawn = self._file(points, "png"), self._file(picture.data, "svg")
        return (
            f'<a:blip r:embed="{embedded}"><a:extLst><a:ext '
            f'uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip xmlns:asvg="{_SVG}" '
            f'r:embed="{drawn}"/></a:ext></a:extLst></a:blip>'
        )

    def _file(self, data: bytes, ending: str) -> str:
        name = f"media/paper{len(self.files) + 1}.{ending}"
        self.files[f"word/{name}"] = data
        return self.relations.add("image", name)
