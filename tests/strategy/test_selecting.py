"""A select of hundreds of sections is written like Django's own, and escapes what people wrote."""

from __future__ import annotations

import pytest
from django import forms
from django.test.html import parse_html

from richtschnur.ui.selecting import Select

CHOICES = [("", "keine"), (7, "Ziele & <b>Wege</b>"), ("a\"'b", 'mit "Zeichen"')]


@pytest.mark.parametrize("value", ["", None, 7, "7", "a\"'b", "fremd"])
def test_it_is_what_django_writes(value: object) -> None:
    attrs = {"class": "wide", "id": "x", "required": True, "disabled": False}
    ours = Select(attrs, CHOICES).render("into", value)
    assert parse_html(ours) == parse_html(forms.Select(attrs, CHOICES).render("into", value))


def test_words_never_become_markup() -> None:
    html = Select(None, [("<i>", "</select><script>")]).render("n", "<i>")
    assert html.count("<") == 4
    assert "selected" in html
