"""What is left out of the design system's style sheet, and what never is."""

from __future__ import annotations

import re
from pathlib import Path

from tools.build_assets import EVERYDAY, PACKAGE, VENDOR, _points, _ranges
from tools.trimming import files_of, parts, rules_of, trimmed, used_in

CLASS = re.compile(r"\.(kern-[A-Za-z0-9_-]+)")


def used(name: str) -> bool:
    return name in ("kern-btn", "kern-label")


def test_selectors_of_unused_classes_go_and_all_others_stay() -> None:
    sheet = "a{b:c}.kern-btn,.kern-tabs a,p .kern-label{d:e}.kern-tabs{f:g}"
    assert trimmed(sheet, used) == "a{b:c}.kern-btn,p .kern-label{d:e}"


def test_what_is_only_excepted_needs_no_use() -> None:
    sheet = ".kern-btn:not(.kern-tabs):hover,[class*=kern-col]{a:b}"
    assert trimmed(sheet, used) == sheet


def test_rules_in_media_go_and_empty_media_with_them() -> None:
    sheet = "@media (min-width:1px){.kern-btn{a:b}.kern-tabs{c:d}}@media print{.kern-tabs{e:f}}"
    assert trimmed(sheet, used) == "@media (min-width:1px){.kern-btn{a:b}}"


def test_properties_that_nothing_asks_for_go_in_a_chain() -> None:
    sheet = ":root{--a:1;--b:var(--a);--c:2;--d:3}p{x:var(--c, 4)}"
    assert trimmed(sheet, used, also="q{y:var( --d)}") == ":root{--c:2;--d:3}p{x:var(--c, 4)}"


def test_braces_and_marks_in_quotes_and_addresses_part_nothing() -> None:
    sheet = "a:before{content:\"};,{\";b:url(data:x;{,})}@charset 'u;v';@keyframes k{to{--z:1}}"
    assert trimmed(sheet, used) == sheet
    assert parts(":is(a,b),c", ",") == [":is(a,b)", "c"]
    assert [before for before, _inside in rules_of(sheet)][1:] == ["@charset 'u;v'", "@keyframes k"]


def test_dynamic_names_keep_all_that_begin_so(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text('<b class="kern-alert--{{ level }} kern-icon--{{ x }}">{% icon "moon" %}')
    is_used = used_in([page])
    assert is_used("kern-alert--anything")
    assert is_used("kern-icon--moon")
    assert is_used("kern-icon--warning")
    assert not is_used("kern-icon--sun")


def test_every_class_of_the_pages_is_still_in_the_sheet() -> None:
    whole = Path("frontend/node_modules/@kern-ux/native/dist/kern.min.css")
    there = set(CLASS.findall((PACKAGE.parent / whole).read_text("utf-8")))
    kept = set(CLASS.findall((VENDOR / "kern.min.css").read_text("utf-8")))
    files = files_of(PACKAGE, without=VENDOR)
    written = {
        name for file in files for name in re.findall(r"kern-[\w-]+", file.read_text("utf-8"))
    }
    assert (written & there) - kept == set()
    assert len(kept) < len(there) / 3


def test_ranges_of_letters_are_read_and_written() -> None:
    assert _ranges(_points("U+0600-0602,U+200C")) == "U+0600-0602,U+200C"
    assert all(_points(ranges) for ranges in EVERYDAY.values())


def test_a_choice_goes_only_when_all_that_it_offers_goes() -> None:
    sheet = (
        ":is(body,.kern-dark):not([class*=kern-level-]),.kern-layer{a:b}"
        ":where(.kern-dark,.kern-x) p{c:d}"
    )
    assert trimmed(sheet, used) == ":is(body,.kern-dark):not([class*=kern-level-]){a:b}"
