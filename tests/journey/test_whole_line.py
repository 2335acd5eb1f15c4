"""The main line from the draft's file to the passage that a comment changed, in a real browser."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from richtschnur.accounts.models import Office
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Point
from tests.ground import papers
from tests.journey import residents, staff
from tests.journey.conftest import NewVisit
from tests.journey.residents import BY_FIRST, BY_FIRST_ON_ALL, BY_KEYBOARD, IN_ARABIC
from tests.journey.staff import NEW_WORDS, REASON
from tests.support.clock import SetClock
from tests.support.visits import Visit
from tests.support.world import BERLIN, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHOLE_JOURNEY = pytest.param("docx", marks=pytest.mark.both_databases)
REAL_DRAFT = Path(__file__).parents[3] / "shared" / "input" / "003_fe87fc30482b2f26.txt"
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=BERLIN)
DEADLINE = datetime(2026, 11, 23, 18, 0, tzinfo=BERLIN)
LAST_SECOND_IS_OVER = DEADLINE + timedelta(seconds=1)
FIRST_POINT, SECOND_POINT = "Mehr Sprachkurse am Abend.", "Und bitte eine Betreuung"


def draft(kind: str, folder: Path) -> Path:
    if kind != "real":
        return papers.make(folder, kind)  # type: ignore[arg-type]
    if not REAL_DRAFT.is_file():
        pytest.skip("the real draft is not beside this checkout (../shared/input)")
    return REAL_DRAFT


@pytest.mark.parametrize("kind", ["real", WHOLE_JOURNEY])
def test_from_the_draft_to_the_changed_passage(
    kind: str, tmp_path: Path, new_visit: NewVisit, set_clock: SetClock
) -> None:
    set_clock(BEGIN)
    path = draft(kind, tmp_path)
    office = Office.objects.create(short="JA", name="Jugendamt")
    officer = staff.log_in(new_visit(), person("sommer", "administration"))
    reviewer_account = person("winter", "reviewer")
    department_account = person("herbst", "department", office)

    paper, _edition = staff.import_the_draft(officer, path)
    slug = staff.open_a_consultation(officer, BEGIN, DEADLINE)

    first, number = comments_without_scripts(new_visit(java_script_enabled=False))
    second = residents.with_the_keyboard_alone(new_visit("en"))
    small = new_visit("ar", viewport={"width": 320, "height": 640}, java_script_enabled=False)
    third = residents.in_arabic_on_a_small_phone(small, number)
    assert Contribution.objects.count() == 3, "a double click stores one"
    assert len({first.number, second.number, third.number}) == 3

    the_deadline_passes(new_visit(), number, slug, set_clock)
    assert Contribution.objects.count() == 3

    the_points_are_sorted(officer, slug, office)
    staff.open_point(officer, slug, FIRST_POINT)
    staff.answer(officer, "accepted")
    assert staff.has_no_release(officer), "the author cannot release"
    reviewer = staff.log_in(new_visit(), reviewer_account)
    her_own_answer_is_released_by_another(reviewer, slug)
    staff.open_point(reviewer, slug, FIRST_POINT)
    staff.release(reviewer)
    the_department_sees_only_its_points(staff.log_in(new_visit(), department_account), slug)

    the_overview_holds_the_answer(officer, slug)

    set_clock(DEADLINE + timedelta(days=30))
    staff.start_the_next_edition(officer, slug)
    before, after = staff.carry_out(officer, number)
    staff.freeze_and_publish(officer, slug)

    resident = new_visit(java_script_enabled=False)
    the_receipt_shows_the_change(resident, first, before, after)
    everyone_sees_the_line(resident, paper, number)


def comments_without_scripts(visit: Visit) -> tuple[residents.Receipt, int]:
    residents.find_the_draft(visit)
    number = residents.passage_with_measures(visit)
    residents.open_comment_on(visit, number)
    residents.put_comment(visit, BY_FIRST)
    assert visit.page.url.endswith(f"#p{number}")
    residents.comment_on_the_whole_paper(visit, BY_FIRST_ON_ALL)
    assert visit.sees(BY_FIRST)
    assert visit.sees(BY_FIRST_ON_ALL)
    receipt = residents.send(visit, 2)
    assert receipt.number in visit.words
    return receipt, number


def the_deadline_passes(visit: Visit, number: int, slug: str, set_clock: SetClock) -> None:
    """Open to the last second; then closed with an explanation, and nothing typed is lost."""
    set_clock(DEADLINE - timedelta(seconds=1))
    visit.open("contributions:comment", slug, number)
    residents.put_comment(visit, "Eine Sekunde davor.")
    set_clock(DEADLINE)
    visit.open("contributions:comment", slug, number + 1)
    residents.put_comment(visit, "Auf die Sekunde.")
    visit.open("contributions:whole", slug)
    visit.field("Your comment").fill("Eine Sekunde zu spät.")
    set_clock(LAST_SECOND_IS_OVER)
    visit.button("Put it into the basket and read on").click()
    is_closed(visit, "Eine Sekunde zu spät.")
    visit.open("contributions:comment", slug, number + 2)
    assert visit.page.locator("main form").count() == 0
    visit.open("contributions:basket", slug)
    assert visit.reads("These comments were not sent before the deadline.")
    assert visit.sees("Eine Sekunde davor.")
    assert visit.sees("Auf die Sekunde.")
    assert visit.page.get_by_role("main").get_by_role("button").count() == 0
    visit.open("consultation:read", slug)
    assert visit.reads("What happens next")
    assert visit.link("Comment on this passage").count() == 0


def is_closed(visit: Visit, typed: str) -> None:
    assert visit.page.get_by_role("alert").count() == 1
    kept = visit.field("Your comment")
    assert kept.input_value() == typed
    assert not kept.is_editable()
    assert visit.button("Put it into the basket and read on").count() == 0


def the_points_are_sorted(visit: Visit, slug: str, office: Office) -> None:
    staff.open_point(visit, slug, BY_FIRST[:26])
    staff.split_after_the_first_sentence(visit)
    assert point_about(SECOND_POINT).comment == point_about(FIRST_POINT).comment
    staff.set_topics(visit, "Kinder, Sprache")
    staff.assign(visit, office.name, "2026-12-01")
    assert point_about(SECOND_POINT).office == office


def point_about(words: str) -> Point:
    return next(p for p in Point.objects.order_by("pk") if p.text.startswith(words))


def her_own_answer_is_released_by_another(visit: Visit, slug: str) -> None:
    staff.open_point(visit, slug, BY_FIRST_ON_ALL)
    staff.answer(visit, "already contained", "Die Zahlen stehen in Kapitel 1.")
    assert staff.has_no_release(visit)
    assert visit.reads("You have written on this answer, so somebody else must release it.")


def the_department_sees_only_its_points(visit: Visit, slug: str) -> None:
    visit.open("evaluation:queue", slug)
    assert staff.row_of(visit, SECOND_POINT).count() == 1
    for other in (FIRST_POINT, BY_FIRST_ON_ALL, BY_KEYBOARD, IN_ARABIC):
        assert not visit.sees(other), other
    foreign = point_about(BY_KEYBOARD)
    assert visit.open("evaluation:point", slug, foreign.pk).status in (403, 404)
    assert BY_KEYBOARD not in visit.words


def the_overview_holds_the_answer(visit: Visit, slug: str) -> None:
    docx = staff.download(visit, slug, "docx")
    odt = staff.download(visit, slug, "odt")
    for file, part in ((docx, "word/document.xml"), (odt, "content.xml")):
        assert file[:4] == b"PK\x03\x04"
        assert REASON in zipfile.ZipFile(io.BytesIO(file)).read(part).decode()
    pdf = staff.download(visit, slug, "pdf")
    assert pdf[:5] == b"%PDF-"
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    unbroken = "".join("".join(pages).replace("\x02", "").split())  # words are hyphenated
    assert "".join(REASON.split()) in unbroken
    xlsx = staff.download(visit, slug, "xlsx")
    assert xlsx[:4] == b"PK\x03\x04"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    assert sum(REASON in row for row in sheet) == 1
    assert sum(IN_ARABIC in row for row in sheet) == 1
    csv = staff.download(visit, slug, "csv").decode("utf-8-sig")
    assert REASON in csv
    assert IN_ARABIC in csv


def the_receipt_shows_the_change(
    visit: Visit, receipt: residents.Receipt, before: str, after: str
) -> None:
    visit.page.goto(receipt.address)
    assert receipt.number in visit.words
    assert visit.sees(REASON)
    assert visit.sees(visit.say("accepted"))
    kept, added, removed = told_changes(visit.page)
    assert " ".join((kept + added).split()) == " ".join(after.split())
    assert NEW_WORDS.split()[-1] in added
    assert removed == ""
    assert " ".join(kept.split()) == " ".join(before.split())


def told_changes(page: Page) -> tuple[str, str, str]:
    """The words that stayed, were added and were removed, as the page marks them."""
    changes = page.locator(".changes").first
    marked = "el => { const c = el.cloneNode(true); %s; return c.textContent; }"
    quiet = "c.querySelectorAll('.kern-sr-only').forEach(n => n.remove())"
    kept: str = changes.evaluate(
        marked % f"{quiet}; c.querySelectorAll('ins, del').forEach(n => n.remove())"
    )
    added = " ".join(changes.locator("ins").all_inner_texts())
    removed = " ".join(changes.locator("del").all_inner_texts())
    hidden = [page.locator(".changes .kern-sr-only").first.inner_text()]
    for text in hidden:
        added = added.replace(text.strip(), "").strip()
    return kept, added, removed


def everyone_sees_the_line(visit: Visit, paper: str, number: int) -> None:
    """On the passage of the new edition, and from the old one."""
    visit.open("strategy:passage", paper, 2, number)
    assert visit.sees(NEW_WORDS)
    assert visit.page.locator(".line__knot").count() >= 2
    visit.open("strategy:passage", paper, 1, number)
    assert visit.sees(REASON)
    assert visit.sees(FIRST_POINT)
    visit.open("strategy:changes", paper, 2)
    assert visit.page.locator("ins").filter(has_text="Betreuung").count() == 1


@pytest.mark.parametrize("kind", ["md", "odt"])
def test_every_format_becomes_eight_guidelines_that_can_be_commented_on(
    kind: str, tmp_path: Path, new_visit: NewVisit, set_clock: SetClock
) -> None:
    set_clock(BEGIN)
    officer = staff.log_in(new_visit(), person("sommer", "administration"))
    staff.import_the_draft(officer, draft(kind, tmp_path))
    staff.open_a_consultation(officer, BEGIN, DEADLINE)
    resident = new_visit()
    residents.find_the_draft(resident)
    residents.open_comment_on(resident, residents.passage_with_measures(resident))
    residents.put_comment(resident, BY_FIRST)
