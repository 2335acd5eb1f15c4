"""A check that cannot fail is a defect: each page checker must catch a planted fault."""

import pytest

GOOD = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>Test</title>
<style>p {{ color: {colour}; background: #fff }}</style></head>
<body><main><h1>Test</h1>{body}</main></body></html>"""


def page_source(body="<p>Text</p>", *, language="de", colour="#111"):
    return GOOD.format(body=body, language=language, colour=colour)


def test_vnu_accepts_a_good_page(validate):
    assert validate(page_source()) == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<ul><p>Text</p></ul>", "not allowed as child"),
        ('<p id="a">x</p><p id="a">y</p>', "Duplicate ID"),
        ('<p aria-labelledby="nobody">x</p>', "aria-labelledby"),
    ],
)
def test_vnu_finds_a_planted_fault(validate, body, word):
    assert any(word in line for line in validate(page_source(body)))


@pytest.mark.browser
def test_axe_accepts_a_good_page(page, audit):
    page.set_content(page_source())
    assert axe_lines(page) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (page_source('<img src="data:," width="9" height="9">'), "image-alt"),
        (page_source(colour="#bbb"), "color-contrast"),
        (page_source("<p>نظر شما مهم است</p>", language="fa", colour="#bbb"), "color-contrast"),
        (page_source('<input type="text" name="a">'), "label"),
        (page_source().replace(' lang="de"', ""), "html-has-lang"),
    ],
)
def test_axe_finds_a_planted_fault(page, source, rule):
    page.set_content(source)
    assert any(line.startswith(f"axe {rule}:") for line in axe_lines(page))


@pytest.mark.browser
def test_every_pale_text_is_named_whatever_its_letters(page):
    """Five of joined letters, one of others: none is taken for an icon."""
    page.set_content(page_source("<p>مركز الاستشارة</p>" * 5 + "<p>Text</p>", colour="#bbb"))
    assert len([line for line in axe_lines(page) if "color-contrast" in line]) == 6


@pytest.mark.browser
def test_audit_finds_both_kinds_of_faults(page, audit, tmp_path):
    source = page_source('<ul><p>x</p></ul><input type="text" name="a">')
    page.route("**/*", lambda route: route.fulfill(body=source, content_type="text/html"))
    page.goto("http://127.0.0.1:9/")
    kinds = {line.split()[0] for line in audit(page)}
    assert kinds == {"axe", "vnu"}


def axe_lines(page):
    from tests.support.pages import axe

    return axe(page)
