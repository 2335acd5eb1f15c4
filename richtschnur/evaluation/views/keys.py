"""The keys of the desk's pages, as their lists tell them; each does what a button there does."""

from __future__ import annotations

from django.utils.translation import gettext as _

Keys = list[tuple[str, str]]


def keys_of_queue() -> Keys:
    """In the list."""
    return [
        ("j", _("open the first point")),
        ("n", _("next page")),
        ("k", _("previous page")),
        ("a", _("all of this list together")),
        ("t", _("the chosen ones together")),
        *_everywhere(),
    ]


def keys_of_point(*, may_release: bool, may_split: bool, is_long: bool, has_advice: bool) -> Keys:
    """On the page of a point."""
    release = [("r", _("release")), ("b", _("give back"))] if may_release else []
    split = [("s", _("split"))] if may_split else []
    if may_split and is_long:
        split.append(("p", _("split by proposal")))
    advice = [("t", _("take over"))] if has_advice else []
    return [
        ("j", _("next point")),
        ("k", _("previous point")),
        ("u", _("back to the list")),
        ("o", _("whole contribution")),
        ("1–9", _("put a boilerplate in")),
        ("w", _("write a new version")),
        ("e", _("go to the decision")),
        ("d", _("save as a draft")),
        ("h", _("hand in")),
        ("n", _("hand in, next point")),
        *advice,
        *release,
        *split,
        ("v", _("history")),
        *_everywhere(),
    ]


def keys_of_together(*, may_release: bool) -> Keys:
    """Where several points are worked on together."""
    release = [("r", _("release all"))] if may_release else []
    return [
        ("1–9", _("put a boilerplate in")),
        ("e", _("go to the decision")),
        ("h", _("hand in")),
        *release,
        *_everywhere(),
    ]


def _everywhere() -> Keys:
    return [
        ("z", _("undo your last act")),
        ("Esc", _("leave a field")),
        ("?", _("show these keys")),
    ]
