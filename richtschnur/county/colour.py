"""Contrast after WCAG 2.2, and shades of the county's accent colour that can be read."""

from __future__ import annotations

import re

LIGHT_GROUND = "#ffffff"
DARK_GROUND = "#14191f"
ENOUGH = 4.5
HEX = re.compile(r"#[0-9a-fA-F]{6}")


def channels(colour: str) -> tuple[int, int, int]:
    """(red, green, blue), 0–255 each, of "#rrggbb". Raises ValueError for anything else."""
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #00508c")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = []
    for channel in channels(colour):
        share = channel / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightened(colour: str, *, ground: str = DARK_GROUND) -> str:
    """The same hue, mixed with white until it can be read on the dark ground."""
    for step in range(0, 101, 5):
        mixed = "#" + "".join(f"{c + (255 - c) * step // 100:02x}" for c in channels(colour))
        if contrast(mixed, ground) >= ENOUGH + 1:
            return mixed
    return "#ffffff"
