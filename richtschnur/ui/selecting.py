"""A select of hundreds of choices: Django makes each from a template, which takes too long."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class Select(forms.Select):
    """Django's select without groups, its options written at once."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        names = {"name": name} | self.build_attrs(self.attrs, attrs)
        options = mark_safe("".join(self._options(value)))  # noqa: S308 – escaped below
        return format_html("<select{}>{}</select>", flatatt(names), options)

    def _options(self, value: Any) -> Iterator[str]:
        chosen = set(self.format_value(value))
        for key, label in self.choices:
            named = "" if key is None else str(key)
            mark = " selected" if named in chosen else ""
            yield f'<option value="{escape(named)}"{mark}>{escape(str(label))}</option>'
