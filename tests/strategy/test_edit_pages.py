"""The editor's pages: drafts, two people, tables, pictures, remarks, history, the outline."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Passage, PassageDraft, PassageVersion, Remark
from richtschnur.strategy.operations import (
    NewPassage,
    add_passage,
    change_passage,
    freeze_edition,
    publish_edition,
    start_edition,
)
from richtschnur.strategy.queries.todo import to_do
from tests.ground.test_pictures import png
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, PASSWORD, World, person

pytestmark = pytest.mark.django_db
ACT = {"by": CLI, "at": NOON}


def at(name: str, edition: Edition, *more: object) -> str:
    return address(f"strategy:{name}", edition.strategy.slug, edition.number, *more)


class Desk:
    """A working edition, its officer's browser, and a colleague's."""

    def __init__(self, paragraphs: int = 3) -> None:
        self.world = World(paragraphs=paragraphs)
        self.edition = start_edition(predecessor=self.world.edition, **ACT)
        self.mine = logged_in(self.world.officer)
        self.colleague = person("kollegin", "administration")
        self.theirs = logged_in(self.colleague)
        self.passage = self.edition.passages.order_by("position")[0]

    def page(self, name: str = "passage_edit") -> str:
        return at(name, self.edition, self.passage.identity)

    def save(self, client: Client, text: str, base: str) -> object:
        return client.post(self.page(), {"do": "change", "text": text, "base": base})

    def draft(self, client: Client, text: str, base: str | None = None) -> dict[str, object]:
        base = self.passage.text if base is None else base
        answer = client.post(self.page("draft"), {"text": text, "base": base})
        assert answer.status_code == 200
        return json.loads(answer.content)


def test_formatting_is_typed_and_kept_as_marks() -> None:
    desk = Desk()
    desk.save(desk.mine, "Ein **fettes** Wort", desk.passage.text)
    desk.passage.refresh_from_db()
    assert desk.passage.text == "Ein fettes Wort"
    assert desk.passage.marks == [[4, 10, "strong", ""]]
    page = desk.mine.get(desk.page()).content.decode()
    assert "Ein **fettes** Wort" in page
    assert "Ein <strong>fettes</strong> Wort" in page


def test_a_draft_comes_back_and_is_shown_as_it_will_look() -> None:
    desk = Desk()
    told = desk.draft(desk.mine, "Neu und *schräg* <b>")
    assert told["html"] == "Neu und <em>schräg</em> &lt;b&gt;"
    assert "draft" in str(told["said"])
    again = logged_in(desk.world.officer).get(desk.page()).content.decode()
    assert "Neu und *schräg*" in again
    assert "not saved in the edition yet" in again
    assert "Neu und" not in desk.theirs.get(desk.page()).content.decode()
    assert "not saved it yet" in desk.theirs.get(at("act", desk.edition)).content.decode()
    desk.passage.refresh_from_db()
    assert desk.passage.text.startswith("Absatz 1")


def test_a_draft_like_the_passage_is_none_and_saving_ends_it() -> None:
    desk = Desk()
    assert desk.draft(desk.mine, desk.passage.text)["said"] == ""
    assert not PassageDraft.objects.exists()
    desk.draft(desk.mine, "Anders.")
    desk.save(desk.mine, "Anders.", desk.passage.text)
    assert not PassageDraft.objects.exists()


def test_setting_a_draft_aside_keeps_its_words_in_the_history() -> None:
    desk = Desk()
    desk.draft(desk.mine, "Mühsam getippt.")
    desk.mine.post(desk.page(), {"do": "discard"})
    assert not PassageDraft.objects.exists()
    history = desk.mine.get(desk.page("versions")).content.decode()
    assert "Mühsam getippt." in history
    version = PassageVersion.objects.get(act="set_aside")
    desk.mine.post(desk.page("versions"), {"version": version.pk})
    desk.passage.refresh_from_db()
    assert desk.passage.text == "Mühsam getippt."


def test_who_types_is_said_to_the_others() -> None:
    desk = Desk()
    desk.draft(desk.theirs, "Von der Kollegin.")
    page = desk.mine.get(desk.page()).content.decode()
    assert "Kollegin has been editing this passage since" in page
    assert "Kollegin is editing this" in desk.mine.get(at("edit", desk.edition)).content.decode()
    assert desk.draft(desk.mine, "Von mir.")["others"]


def test_two_who_change_different_places_are_offered_both() -> None:
    desk = Desk()
    base = "Der Kreis zahlt den Bus und die Schule jeden Tag."
    change_passage(passage=desk.passage, text=base, **ACT)
    desk.save(desk.theirs, base.replace("Tag.", "Morgen."), base)
    answer = desk.save(desk.mine, base.replace("Der Kreis", "Der **Landkreis**"), base)
    assert answer.status_code == 409
    shown = answer.context["form"]
    merged = "Der **Landkreis** zahlt den Bus und die Schule jeden Morgen."
    assert shown["text"].value() == merged
    assert "Kollegin" in answer.content.decode()
    saved = desk.save(desk.mine, merged, shown["base"].value())
    assert saved.status_code == 302
    desk.passage.refresh_from_db()
    assert desk.passage.text == merged.replace("*", "")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_who_change_the_same_words_choose_and_lose_nothing(choice: str) -> None:
    desk = Desk()
    base = desk.passage.text
    desk.save(desk.theirs, "Ganz anders von ihr.", base)
    answer = desk.save(desk.mine, "Ganz anders von mir.", base)
    assert answer.status_code == 409
    words = answer.content.decode()
    for text in (base, "Ganz anders von ihr.", "Ganz anders von mir."):
        assert text.split()[-1] in words
    assert PassageDraft.objects.get().text == "Ganz anders von mir."
    if choice == "mine":
        desk.save(desk.mine, "Ganz anders von mir.", "Ganz anders von ihr.")
    else:
        desk.mine.post(desk.page(), {"do": "theirs", "text": "Ganz anders von mir."})
    desk.passage.refresh_from_db()
    assert desk.passage.text == f"Ganz anders von {'mir' if choice == 'mine' else 'ihr'}."
    history = desk.mine.get(desk.page("versions")).content.decode()
    kept = PassageVersion.objects.values_list("text", flat=True)
    assert {"Ganz anders von ihr.", "Ganz anders von mir.", base} <= set(kept)
    assert history.count("<form") >= 1
    assert not PassageDraft.objects.exists()


def test_a_draft_that_was_overtaken_opens_as_a_conflict() -> None:
    desk = Desk()
    desk.draft(desk.mine, "Von mir.")
    change_passage(passage=desk.passage, text="Von ihr.", **ACT)
    page = desk.mine.get(desk.page())
    assert page.templates[0].name == "strategy/staff/conflict.html"
    assert "Von mir." in page.content.decode()


def table(desk: Desk) -> Passage:
    new = NewPassage("Jahr | Zahl\n2025 | 7", kind="table", caption="Zahlen")
    desk.passage = add_passage(after=desk.passage, new=new, **ACT)
    return desk.passage


def cells(rows: list[list[str]], **more: str) -> dict[str, str]:
    sent = {"do": "change", "rows": str(len(rows)), "columns": str(len(rows[0])), **more}
    sent |= {f"c{r}-{c}": cell for r, row in enumerate(rows) for c, cell in enumerate(row)}
    return sent


def test_a_tables_rows_and_columns_come_and_go_with_what_was_typed() -> None:
    desk = Desk()
    passage = table(desk)
    page = desk.mine.get(desk.page())
    base = page.context["base"]
    grid = [["Jahr", "Zahl | Fälle"], ["2025", "8"]]
    for act, want in (
        ("row-below:0", [grid[0], ["", ""], grid[1]]),
        ("row-gone:0", [grid[1]]),
        ("column-right:0", [["Jahr", "", "Zahl | Fälle"], ["2025", "", "8"]]),
        ("column-gone:0", [["Zahl | Fälle"], ["8"]]),
        ("nonsense:x", grid),
    ):
        answer = desk.mine.post(desk.page(), cells(grid, act=act, caption="Neu", base=base))
        assert answer.context["grid"] == want
        assert answer.context["caption"] == "Neu"
    passage.refresh_from_db()
    assert passage.caption == "Zahlen"
    sent = cells(grid, act="save", caption="Neu", base=base)
    assert desk.mine.post(desk.page(), sent).status_code == 302
    passage.refresh_from_db()
    assert passage.rows == grid
    assert passage.caption == "Neu"
    assert desk.mine.post(desk.page(), sent).status_code == 409


@pytest.mark.parametrize(
    "sent",
    [
        cells([["", ""]], act="save", caption="x"),
        cells([["a", "b"]], act="save", caption=" "),
        {"do": "change", "act": "save", "rows": "99999999", "columns": "-3", "caption": "x"},
    ],
)
def test_a_table_without_caption_or_cells_is_not_kept(sent: dict[str, str]) -> None:
    desk = Desk()
    passage = table(desk)
    answer = desk.mine.post(desk.page(), sent)
    assert answer.status_code == 200
    assert 'id="errors"' in answer.content.decode()
    passage.refresh_from_db()
    assert passage.rows == [["Jahr", "Zahl"], ["2025", "7"]]


def picture_form(data: bytes, text: str = "Ein Balken", name: str = "x.png") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data), "text": text, "caption": "Bild 1"}


def test_a_picture_needs_its_alternative_text_and_is_kept_without_secrets() -> None:
    desk = Desk()
    page = at("add_picture", desk.edition, desk.passage.identity)
    assert desk.mine.post(page, picture_form(png(), text=" ")).status_code == 200
    assert not Passage.objects.filter(kind="picture").exists()
    secret = png(more=[(b"tEXt", b"Author\0Erika")])
    assert desk.mine.post(page, picture_form(secret)).status_code == 302
    passage = Passage.objects.get(kind="picture")
    assert b"Erika" not in passage.picture.path.read_bytes()
    assert passage.picture.media_type == "image/png"
    desk.passage = passage
    assert "Ein Balken" in desk.mine.get(desk.page()).content.decode()
    base = desk.mine.get(desk.page()).context["base"]
    sent = {"do": "change", "text": "Zwei Balken", "caption": "", "base": base}
    assert desk.mine.post(desk.page(), sent).status_code == 302
    passage.refresh_from_db()
    assert (passage.text, passage.caption) == ("Zwei Balken", "")
    assert passage.picture is not None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "drawing"),
        (b"GIF89a", "damaged"),
        (png()[:-9], "damaged"),
        (b"MZ\x90", "none of PNG"),
        (b"", "none of PNG"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 10_000_001, "larger than"),
    ],
)
def test_what_is_no_picture_is_explained(data: bytes, says: str) -> None:
    desk = Desk()
    page = at("add_picture", desk.edition, desk.passage.identity)
    answer = desk.mine.post(page, picture_form(data, name="bild.png"))
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert "Ein Balken" in answer.content.decode()


def test_an_edition_with_a_nameless_picture_is_not_frozen_and_says_where() -> None:
    desk = Desk()
    nameless = add_passage(after=desk.passage, new=NewPassage("", kind="picture"), **ACT)
    for page in (at("edit", desk.edition), at("act", desk.edition)):
        words = desk.mine.get(page).content.decode()
        assert at("passage_edit", desk.edition, nameless.identity) in words
    with pytest.raises(Refused) as refusal:
        freeze_edition(edition=desk.edition, state="for_decision", **ACT)
    assert refusal.value.code == "picture-text"
    answer = desk.mine.post(at("act", desk.edition), {"do": "freeze-for_decision"})
    assert answer.status_code == 409
    refused = answer.content.decode()
    assert 'id="errors"' in refused
    assert at("passage_edit", desk.edition, nameless.identity) in refused
    assert str(nameless.number) in str(refusal.value)
    change_passage(passage=nameless, text="Ein Balken", **ACT)
    freeze_edition(edition=desk.edition, state="for_decision", **ACT)


def test_a_table_without_a_caption_is_to_do() -> None:
    desk = Desk()
    bare = table(desk)
    Passage.objects.filter(pk=bare.pk).update(caption=" ")
    assert [task.task for task in to_do(desk.edition)] == ["table"]
    Passage.objects.filter(pk=bare.pk).update(caption="Zahlen")
    assert not to_do(desk.edition)


def test_words_that_were_not_changed_are_not_told_as_new() -> None:
    desk = Desk()
    sent = {"do": "change", "text": desk.passage.text, "base": desk.passage.text}
    said = desk.mine.post(desk.page(), sent, follow=True).content.decode()
    assert "says what it said before" in said
    assert not PassageVersion.objects.exists()


def test_a_sign_without_its_footnote_is_to_do_and_offered() -> None:
    desk = Desk()
    desk.save(desk.mine, "Ein Satz.[^1]", desk.passage.text)
    page = desk.mine.get(desk.page()).content.decode()
    assert "Footnote 1 has no words yet" in page
    sent = {"do": "add", "kind": "paragraph", "sign": "1", "text": "Stand *2026*."}
    assert desk.mine.post(desk.page(), sent).status_code == 302
    note = Passage.objects.get(kind="note")
    assert (note.label, note.text) == ("1", "Stand 2026.")
    shown = desk.mine.get(at("edit", desk.edition)).content.decode()
    assert f'href="#p{note.number}" role="doc-noteref"' in shown


def test_remarks_are_settled_and_opened_again_and_never_public() -> None:
    desk = Desk()
    department = logged_in(desk.world.department)
    planted = "GEHEIM-4711"
    assert department.post(desk.page("remarks"), {"remark": planted}).status_code == 302
    assert planted in desk.mine.get(desk.page()).content.decode()
    assert "1 remark" in desk.mine.get(at("edit", desk.edition)).content.decode()
    assert planted in desk.mine.get(at("all_remarks", desk.edition)).content.decode()
    remark = Remark.objects.get()
    desk.mine.post(desk.page("remarks"), {"settle": remark.pk})
    assert "1 remark" not in desk.mine.get(at("edit", desk.edition)).content.decode()
    desk.mine.post(desk.page("remarks"), {"reopen": remark.pk})
    remark.refresh_from_db()
    assert remark.settled_at is None
    frozen = freeze_edition(edition=desk.edition, state="for_decision", **ACT)
    publish_edition(edition=frozen, **ACT)
    visitor = Client()
    pages = [at("edition", frozen), at("passage", frozen, 1), at("changes", frozen), "/en/"]
    pages += [at("whole", frozen), address("strategy:list")]
    pages += [at("download", frozen, format) for format in ("html", "md", "json")]
    for page in pages:
        answer = visitor.get(page, follow=True)
        assert answer.status_code == 200, page
        content = answer.getvalue() if hasattr(answer, "getvalue") else answer.content
        assert planted.encode() not in content, page


@pytest.mark.parametrize("remark", ["", "   ", "x" * 5001, "Glocke \x07"])
def test_remarks_that_say_nothing_stay_in_the_form(remark: str) -> None:
    desk = Desk()
    answer = desk.mine.post(desk.page("remarks"), {"remark": remark})
    assert answer.status_code == 200
    assert not Remark.objects.exists()


def test_the_outline_moves_by_buttons_and_says_what_happened() -> None:
    desk = Desk()
    page = at("outline", desk.edition)
    second = desk.edition.sections.get(title="Bildung und Sprache")
    answer = desk.mine.post(page, {"act": f"up:{second.identity}"}, follow=True)
    assert "moved up" in answer.content.decode()
    assert "autofocus" in answer.content.decode()
    titles = list(desk.edition.sections.order_by("position").values_list("title", flat=True))
    assert titles == ["Bildung und Sprache", "Ausgangslage"]
    again = desk.mine.post(page, {"act": f"up:{second.identity}"}, follow=True)
    assert "first section" in again.content.decode()
    first = desk.edition.sections.get(title="Ausgangslage")
    sent = {"act": "to", "moved": str(first.identity), "before": str(second.identity)}
    desk.mine.post(page, sent)
    assert desk.edition.sections.order_by("position")[0] == first


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "up"},
        {"act": "up:nonsense"},
        {"act": "to", "moved": "1", "before": "end"},
        {"act": ""},
    ],
)
def test_bad_moves_are_refused(sent: dict[str, str]) -> None:
    desk = Desk()
    assert desk.mine.post(at("outline", desk.edition), sent).status_code == 404


def test_a_sections_page_renames_moves_adds_and_drops() -> None:
    desk = Desk()
    section = desk.edition.sections.get(title="Ausgangslage")
    page = at("section_edit", desk.edition, section.identity)
    sent = {"do": "heading", "number": "1.", "title": "Lage", "base": "1. Ausgangslage"}
    assert desk.mine.post(page, sent).status_code == 302
    stale = desk.mine.post(page, sent | {"title": "Anders"})
    assert "Someone else" in stale.content.decode()
    first, second, third = section.passages.order_by("position")
    desk.mine.post(page, {"act": f"down:{first.identity}"})
    other = desk.edition.sections.get(title="Bildung und Sprache")
    chosen = [str(first.identity), str(third.identity)]
    desk.mine.post(page, {"act": "choose", "chosen": chosen, "into": str(other.identity)})
    assert list(section.passages.all()) == [second]
    nothing = desk.mine.post(page, {"act": "choose", "into": str(other.identity)}, follow=True)
    assert "at least one passage" in nothing.content.decode()
    desk.mine.post(page, {"do": "passage", "kind": "item", "text": "**Neu**"})
    desk.mine.post(page, {"do": "new", "title": "Darin", "number": "", "place": "inside"})
    inside = desk.edition.sections.get(title="Darin")
    assert inside.level == section.level + 1
    refused = desk.mine.post(page, {"do": "drop", "reason": ""})
    assert refused.status_code == 200
    desk.mine.post(page, {"do": "drop", "reason": "zu lang"})
    assert not desk.edition.sections.filter(pk__in=[section.pk, inside.pk]).exists()
    dropped = desk.mine.get(at("dropped", desk.edition)).content.decode()
    assert dropped.count("<form") >= 2
    assert "zu lang" in dropped
    assert desk.mine.get(page).status_code == 302


def test_only_the_administration_edits_and_visitors_see_nothing() -> None:
    desk = Desk()
    department = logged_in(desk.world.department)
    names = ["outline", "dropped"]
    pages = [at(name, desk.edition) for name in names]
    pages += [desk.page(name) for name in ("passage_edit", "versions", "add_picture")]
    for page in pages:
        assert department.get(page).status_code == 403, page
        assert Client().get(page).status_code == 302, page
    assert department.get(desk.page("remarks")).status_code == 200
    assert Client().get(desk.page("remarks")).status_code == 302
    client = Client()
    assert client.login(username="department", password=PASSWORD)
    assert client.post(desk.page("draft"), {"text": "x"}).status_code == 403


def test_pages_ask_a_fixed_number_of_questions() -> None:
    small, large = Desk(), None
    for name, most in (("passage_edit", 26), ("versions", 12), ("remarks", 10)):
        with at_most(most):
            small.mine.get(small.page(name))
    del large
    desk_pages = ((at("outline", small.edition), 10), (at("edit", small.edition), 22))
    for page, most in desk_pages:
        with at_most(most):
            small.mine.get(page)
