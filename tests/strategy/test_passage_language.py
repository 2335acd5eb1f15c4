"""A passage in a language of its own: chosen in the editor, shown, compared, exported, restored."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils.translation import override

from richtschnur.documents.blocks import Picture
from richtschnur.documents.reading import read
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Passage, PassageVersion
from richtschnur.strategy.operations import (
    change_kind,
    freeze_edition,
    keep_outline,
    publish_edition,
    restore_version,
    start_edition,
)
from richtschnur.strategy.queries import compare
from tests.support.pdf import assert_accessible, tags
from tests.support.rich_papers import ARABIC, png
from tests.support.staff import address, logged_in
from tests.support.world import NOON, person

pytestmark = pytest.mark.django_db
ACT: dict[str, Any] = {"by": CLI, "at": NOON}
PICTURE = hashlib.sha256(png()).hexdigest()
# In Latin letters: nothing but what was chosen tells the language.
TURKISH = "Göçmenler belediyede danışmanlık alır."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE, TEXT = f"{{{OASIS}style:1.0}}", f"{{{OASIS}text:1.0}}"
DRAW = f"{{{OASIS}drawing:1.0}}"
FO = f"{{{OASIS}xsl-fo-compatible:1.0}}"
KINDS = ("paragraph", "note", "item", "quote", "table", "picture")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def edition() -> Edition:
    """Each kind of passage with the same Turkish words, and a German one at the end."""
    passages = tuple(
        OutlinePassage(
            kind,
            f"Yıl | Sayı\n2026 | {TURKISH}" if kind == "table" else TURKISH,
            1 if kind == "item" else 0,
            "1" if kind == "note" else "",
            caption="Sayılar" if kind in ("table", "picture") else "",
            picture=PICTURE if kind == "picture" else "",
        )
        for kind in KINDS
    )
    section = OutlineSection(
        "Lage", "1", 1, (*passages, OutlinePassage("paragraph", "Ende.", 0, ""))
    )
    outline = Outline("Konzept", (section,), (), (), {PICTURE: Picture("image/png", png())})
    made = keep_outline(outline=outline, **ACT)
    made.passages.filter(kind="paragraph", text=TURKISH).update(marks=[[9, 9, "note", "1"]])
    return made


@pytest.fixture
def desk() -> Client:
    return logged_in(person("officer", "administration"))


def at(name: str, edition: Edition, *more: object) -> str:
    return address(f"strategy:{name}", edition.strategy.slug, edition.number, *more)


def the(edition: Edition, kind: str) -> Passage:
    return edition.passages.filter(kind=kind).order_by("position")[0]


def choose(desk: Client, passage: Passage, language: str, **other: object) -> Any:
    sent = {"do": "kind", "kind": passage.kind, "level": max(1, passage.level)}
    sent |= {"label": passage.label, "language": language}
    return desk.post(at("passage_edit", passage.edition, passage.identity), sent | other)


def languages(edition: Edition) -> list[str]:
    return list(edition.passages.order_by("position").values_list("language", flat=True))


def all_turkish(desk: Client, edition: Edition) -> None:
    for kind in KINDS:
        assert choose(desk, the(edition, kind), "tr").status_code == 302


def test_each_kind_of_passage_can_be_said_to_be_in_a_language(
    desk: Client, edition: Edition
) -> None:
    page = desk.get(at("passage_edit", edition, the(edition, "paragraph").identity))
    choices = dict(page.context["forms"]["kind"].fields["language"].choices)
    assert choices[""] == "as the paper: Deutsch"
    assert {"ar", "fa-AF", "de-simple", "en", "ru", "tr", "uk"} == set(choices) - {""}
    all_turkish(desk, edition)
    assert languages(edition) == ["tr"] * len(KINDS) + [""]
    for kind in KINDS:
        html = desk.get(at("passage_edit", edition, the(edition, kind).identity)).content.decode()
        assert '<bdi lang="tr">Türkçe</bdi>' in html, kind
        assert '<option value="tr" selected>Türkçe</option>' in html, kind


@pytest.mark.parametrize("language", ["xx", "de-", "tr\n", "TR", '"><script>', "ar,tr", "x" * 500])
def test_an_unknown_language_is_refused_and_nothing_is_stored(
    desk: Client, edition: Edition, language: str
) -> None:
    passage = the(edition, "paragraph")
    answer = choose(desk, passage, language, label="(7)")
    assert answer.status_code == 200
    assert "Please choose one of these." in answer.content.decode()
    assert 'value="(7)"' in answer.content.decode()  # what was typed stays
    with override("en"), pytest.raises(Refused, match="choose one from the list"):
        change_kind(passage=passage, kind="paragraph", level=0, label="", language=language, **ACT)
    assert set(languages(edition)) == {""}
    assert not PassageVersion.objects.filter(act="changed").exists()


def test_the_paper_s_own_language_is_no_other_one(desk: Client, edition: Edition) -> None:
    passage = the(edition, "paragraph")
    change_kind(passage=passage, kind="paragraph", level=0, label="", language="de", **ACT)
    assert languages(edition)[0] == ""
    choose(desk, passage, "tr")
    choose(desk, passage, "")
    assert languages(edition)[0] == ""


def test_a_page_that_does_not_ask_leaves_it(desk: Client, edition: Edition) -> None:
    passage = the(edition, "paragraph")
    choose(desk, passage, "tr")
    sent = {"do": "kind", "kind": "quote", "level": 1, "label": ""}
    assert desk.post(at("passage_edit", edition, passage.identity), sent).status_code == 302
    passage.refresh_from_db()
    assert (passage.kind, passage.language) == ("quote", "tr")


def test_what_an_import_brought_can_stay(desk: Client, edition: Edition) -> None:
    passage = the(edition, "paragraph")
    edition.passages.filter(pk=passage.pk).update(language="fr-CA")
    page = desk.get(at("passage_edit", edition, passage.identity)).content.decode()
    assert '<option value="fr-CA" selected>fr-CA</option>' in page
    assert choose(desk, passage, "fr-CA", label="(1)").status_code == 302
    passage.refresh_from_db()
    assert (passage.label, passage.language) == ("(1)", "fr-CA")


def test_a_frozen_edition_keeps_its_languages(desk: Client, edition: Edition) -> None:
    passage = the(edition, "paragraph")
    freeze_edition(edition=edition, state="for_decision", **ACT)
    with pytest.raises(Refused):
        change_kind(passage=passage, kind="paragraph", level=0, label="", language="tr", **ACT)
    assert languages(edition)[0] == ""


def test_readers_get_it_with_language_and_direction(desk: Client, edition: Edition) -> None:
    all_turkish(desk, edition)
    arabic = edition.passages.get(text="Ende.")
    arabic.text = ARABIC
    arabic.save()
    choose(desk, arabic, "ar")
    freeze_edition(edition=edition, state="for_decision", **ACT)
    edition.refresh_from_db()
    publish_edition(edition=edition, **ACT)
    for name in ("edition", "whole", "print"):
        answer = Client().get(at(name, edition))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        html = content.decode()
        for tag in ("<p class=", "<blockquote", "<table", "<figure", '<div class="footnote'):
            assert any('lang="tr" dir="ltr">' in part for part in _openings(html, tag)), (name, tag)
        assert any('lang="ar" dir="rtl">' in part for part in _openings(html, "<p class="))


def _openings(html: str, tag: str) -> list[str]:
    return [part.partition(">")[0] + ">" for part in html.split(tag)[1:]]


def exported(desk: Client, edition: Edition, format: str, folder: Path) -> Path:
    file = folder / f"a.{format}"
    file.write_bytes(b"".join(desk.get(at("download", edition, format))))
    return file


@pytest.mark.parametrize("format", ["html", "md"])
def test_what_pandoc_reads_gives_the_language_back(
    desk: Client, edition: Edition, tmp_path: Path, format: str
) -> None:
    all_turkish(desk, edition)
    file = exported(desk, edition, format, tmp_path)
    blocks = [block for block in read(file).blocks if block.kind in KINDS]
    found = {block.kind: block.language for block in blocks if block.text != "Ende."}
    assert found | {"picture": "tr"} == dict.fromkeys(KINDS, "tr")
    assert [block.language for block in blocks if block.text == "Ende."] == [""]
    words = file.read_text("utf-8")
    # Reading in again forgets a picture's language; the file says it.
    assert '<figure lang="tr"' in words or "::: {lang=tr dir=ltr}\n![" in words


def test_word_marks_every_run_of_it(desk: Client, edition: Edition, tmp_path: Path) -> None:
    all_turkish(desk, edition)
    with ZipFile(exported(desk, edition, "docx", tmp_path)) as archive:
        parts = [archive.read(f"word/{name}.xml") for name in ("document", "footnotes")]
    runs = [run for part in parts for run in fromstring(part).iter(f"{W}r")]
    said = {"".join(run.itertext()): run.find(f"{W}rPr/{W}lang") for run in runs}
    for words in ("Göçmenler", TURKISH, "Sayılar", "Yıl"):
        properties = said[words]
        assert properties is not None, words
        assert properties.get(f"{W}val") == "tr-TR", words
    assert said["Ende."] is None
    turkish = [run for run in runs if "".join(run.itertext()) == TURKISH]
    assert len(turkish) == 4  # item, quotation, table, footnote; the paragraph has a sign within
    assert all(run.find(f"{W}rPr/{W}lang") is not None for run in turkish)


def test_opendocument_marks_every_paragraph_of_it(
    desk: Client, edition: Edition, tmp_path: Path
) -> None:
    all_turkish(desk, edition)
    with ZipFile(exported(desk, edition, "odt", tmp_path)) as archive:
        content = fromstring(archive.read("content.xml"))
    styles = {
        style.get(f"{STYLE}name"): properties.get(f"{FO}language")
        for style in content.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}text-properties")
    }
    found = [
        styles.get(paragraph.get(f"{TEXT}style-name"))
        for paragraph in content.iter(f"{TEXT}p")
        if paragraph.find(f"{DRAW}frame") is None
        and any(words in "".join(paragraph.itertext()) for words in (TURKISH, "Sayılar", "Yıl"))
    ]
    # Paragraph with its footnote, the footnote, item, quotation, two captions, two cells.
    assert found == ["tr"] * 8
    (end,) = [p for p in content.iter(f"{TEXT}p") if p.text == "Ende."]
    assert styles.get(end.get(f"{TEXT}style-name")) is None


@pytest.mark.parametrize("format", ["docx", "odt", "html", "md"])
def test_arabic_comes_back_from_every_format(
    desk: Client, edition: Edition, tmp_path: Path, format: str
) -> None:
    passage = edition.passages.get(text="Ende.")
    passage.text = ARABIC
    passage.save()
    choose(desk, passage, "ar")
    document = read(exported(desk, edition, format, tmp_path))
    (found,) = [block for block in document.blocks if block.text == ARABIC]
    assert found.language.partition("-")[0] == "ar"


def test_the_pdf_marks_it(desk: Client, edition: Edition, tmp_path: Path) -> None:
    file = exported(desk, edition, "pdf", tmp_path)
    assert "tr" not in {language.partition("-")[0].lower() for _kind, language in tags(file)}
    all_turkish(desk, edition)
    file = exported(desk, edition, "pdf", tmp_path)
    assert_accessible(file, languages=["tr"])
    kinds = [kind for kind, language in tags(file) if language == "tr"]
    # The division is the table's; the footnote stands within its Turkish paragraph.
    assert kinds == ["P", "LBody", "BlockQuote", "Caption", "Div", "Caption", "Figure"]
    choose(desk, the(edition, "paragraph"), "")
    file = exported(desk, edition, "pdf", tmp_path)
    assert ("Note", "tr") in list(tags(file))


def test_it_goes_into_the_next_edition_is_told_and_restored(desk: Client, edition: Edition) -> None:
    choose(desk, the(edition, "quote"), "tr")
    freeze_edition(edition=edition, state="for_decision", **ACT)
    edition.refresh_from_db()
    following = start_edition(predecessor=edition, **ACT)
    quote, item = the(following, "quote"), the(following, "item")
    assert quote.language == "tr"
    choose(desk, item, "tr")
    (told,) = [fate for fate in compare(edition, following) if fate.other_form]
    assert told.other_form == ["language"]
    before = PassageVersion.objects.get(identity=item.identity, act="before", edition=following)
    history = desk.get(at("versions", following, item.identity)).content.decode()
    assert '<bdi lang="tr">Türkçe</bdi>' in history
    restore_version(version=before, **ACT)
    item.refresh_from_db()
    assert item.language == ""
