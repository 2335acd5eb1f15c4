"""Loads the product once, before the server's processes begin as copies of this one.

What is loaded here is held in memory once for all of them; see ADR 0031.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from django.db import connections
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.analysis.language import recognise
from richtschnur.ui.languages import LANGUAGES

M_ARENA_MAX = -8  # of glibc's malloc.h


def preload() -> None:
    """Load views, addresses, templates and words of all languages; then let go of the database."""
    spare_arenas()
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
    import_module("richtschnur.config.wsgi")
    for language in LANGUAGES:
        with override(language.code):
            _("Language")
            _read_addresses()
    recognise("Guten Tag")  # reads what it knows of all languages
    for name in _templates():
        with suppress(TemplateSyntaxError):
            get_template(name)
    connections.close_all()
    gc.collect()
    gc.freeze()


def spare_arenas(most: int = 2) -> None:
    """Let threads share what they ask memory from, instead of each keeping its own to itself."""
    with suppress(OSError, AttributeError):  # not glibc
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, most)


def _read_addresses() -> None:
    resolver = get_resolver()
    _patterns = resolver.url_patterns, resolver.reverse_dict, resolver.namespace_dict


def _templates() -> Iterator[str]:
    """All of the product's own pages; those of paper are no templates of Django's."""
    for folder in get_app_template_dirs("templates"):
        if "richtschnur" in str(folder):
            for path in sorted(folder.rglob("*.html")):
                yield str(path.relative_to(folder))
