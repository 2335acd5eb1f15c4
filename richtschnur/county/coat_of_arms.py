"""A coat of arms as it may be shown: a PNG or a plain SVG, judged by its content, not its name."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SIZE_LIMIT = 500_000
SIDE_LIMIT = 4000
_PNG = b"\x89PNG\r\n\x1a\n"
_FORBIDDEN_PARTS = frozenset(
    ["script", "foreignobject", "iframe", "object", "embed", "handler", "animate", "set"]
)


def image_suffix(data: bytes) -> str:
    """The file name's ending, ".png" or ".svg".

    Raises ValidationError for everything else, and for what is too big.
    """
    if len(data) > SIZE_LIMIT:
        raise ValidationError(
            _("The picture has %(size)s kB; at most %(limit)s kB fit. Please save it smaller."),
            params={"size": len(data) // 1000, "limit": SIZE_LIMIT // 1000},
        )
    if data.startswith(_PNG):
        _check_png(data)
        return ".png"
    if b"<svg" in data[:4000]:
        _check_svg(data)
        return ".svg"
    raise ValidationError(_("This is neither a PNG nor an SVG picture. Please choose one of them."))


def _check_png(data: bytes) -> None:
    is_whole = len(data) > 45 and data[12:16] == b"IHDR" and b"IEND" in data[-16:]
    width, height = struct.unpack(">II", data[16:24]) if is_whole else (0, 0)
    if not (0 < width <= SIDE_LIMIT and 0 < height <= SIDE_LIMIT):
        raise ValidationError(
            _("This picture is damaged or larger than 4000 pixels. Please save it once more.")
        )


def _check_svg(data: bytes) -> None:
    # Entities could blow the picture up or read files; no coat of arms needs them.
    problem = ValidationError(
        _(
            "This SVG holds more than a drawing (scripts, links or embedded files), or is damaged."
            " Please export it as “plain SVG”, or as PNG."
        )
    )
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data.upper():
        raise problem
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 – without DOCTYPE there are no entities
    except (ElementTree.ParseError, ValueError):
        raise problem from None
    if _local(root.tag) != "svg" or any(not _is_drawing(part) for part in root.iter()):
        raise problem


def _is_drawing(part: ElementTree.Element) -> bool:
    if _local(part.tag) in _FORBIDDEN_PARTS:
        return False
    for name, value in part.attrib.items():
        local = _local(name)
        if local.startswith("on") or "javascript:" in value.lower():
            return False
        if local == "href" and not value.strip().startswith("#"):
            return False
    return "@import" not in (part.text or "")


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()
