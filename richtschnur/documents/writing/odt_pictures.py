"""Pictures in an ODT: the frame in the text, the files in the package."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Picture
from richtschnur.documents.writing.pictures import ENDINGS, fitted, size_of

_WIDTH, _HEIGHT = 420.0, 560.0  # points


@dataclass
class Gallery:
    """The pictures of one document by their name in the package."""

    files: dict[str, bytes] = field(default_factory=dict)

    def frame(self, picture: Picture) -> str:
        """The picture within a line; its alternative text is what every program reads."""
        size = size_of(picture.data, picture.media_type) or (1, 1)
        width, height = fitted(size, _WIDTH, _HEIGHT)
        number = len(self.files) + 1
        name = f"Pictures/paper{number}.{ENDINGS[picture.media_type]}"
        self.files[name] = picture.data
        return (
            f'<draw:frame draw:style-name="PictureFrame" draw:name="{number}" '
            f'text:anchor-type="as-char" svg:width="{width:.1f}pt" svg:height="{height:.1f}pt">'
            f'<draw:image xlink:href="{name}" xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/><svg:desc>{escape(picture.alternative)}</svg:desc>'
            "</draw:frame>"
        )
