"""What the county's staff does, page by page: from the draft's file to the next edition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from playwright.sync_api import Download, Locator

from richtschnur.accounts.models import User
from tests.support.visits import Visit
from tests.support.world import PASSWORD

REASON = "Abendkurse gab es bisher nur in der Kreisstadt; das ändern wir."
NEW_WORDS = "Sprachkurse auch am Abend, mit Betreuung für die Kinder."


def log_in(visit: Visit, user: User) -> Visit:
    visit.open("accounts:login")
    visit.page.get_by_label(visit.say("Login"), exact=True).fill(user.login)
    visit.field("Password").fill(PASSWORD)
    visit.button("Log in").click()
    assert visit.is_at("desk:today")
    return visit


def import_the_draft(visit: Visit, path: Path) -> tuple[str, int]:
    """Through the page, from what “Today” offers; its eight guidelines are shown."""
    visit.link("Import a draft of a strategy paper").click()
    visit.field("File with the draft").set_input_files(path)
    visit.button("Read this file").click()
    assert visit.reads("The draft was read. Please check what was recognised.")
    visit.link("Store this draft").click()
    visit.button("Store as a working edition").click()
    assert visit.reads("The draft is stored as a working edition.")
    rows = visit.page.get_by_role("table").locator("tbody tr")
    assert rows.count() == 8
    for row in rows.all():
        goals, measures = row.locator("td").nth(0), row.locator("td").nth(1)
        assert int(goals.inner_text()) >= 1, row.inner_text()
        assert int(measures.inner_text()) >= 1, row.inner_text()
    slug, number = visit.page.url.rstrip("/").split("/")[-2:]
    return slug, int(number)


def open_a_consultation(visit: Visit, opens_at: datetime, closes_at: datetime) -> str:
    """For everyone; what comes back is the consultation's name in addresses."""
    visit.link("Next step for this edition").click()
    visit.link("Open a consultation").click()
    visit.field("Open from").fill(f"{opens_at:%Y-%m-%dT%H:%M}")
    visit.field("Open until").fill(f"{closes_at:%Y-%m-%dT%H:%M}")
    visit.page.locator("input[name=audience][value=public]").check()
    visit.page.locator("input[name=publication][value=anonymised]").check()
    visit.button("Freeze the edition and open the consultation").click()
    assert visit.reads("The consultation stands. Here is its address.")
    return visit.page.url.rstrip("/").split("/")[-1]


def row_of(visit: Visit, words: str) -> Locator:
    return visit.page.get_by_role("main").get_by_role("link").filter(has_text=words)


def open_point(visit: Visit, slug: str, words: str) -> None:
    visit.open("evaluation:queue", slug)
    row_of(visit, words).first.click()


def split_after_the_first_sentence(visit: Visit) -> None:
    visit.link("Split this point").click()
    visit.button("Split here").first.click()
    assert visit.reads("The point was split. This is its second part.")


def set_topics(visit: Visit, topics: str) -> None:
    visit.field("Topics").and_(visit.page.locator("input")).fill(topics)
    visit.button("Save topics").click()
    assert visit.reads("The topics are saved.")


def assign(visit: Visit, office: str, due_on: str) -> None:
    visit.page.get_by_label(visit.say("Office"), exact=False).and_(
        visit.page.locator("select[name=office]")
    ).select_option(label=office)
    visit.page.locator("input[name=due_on]").fill(due_on)
    visit.button("Assign").click()
    assert visit.reads("The point is assigned.")


def answer(visit: Visit, decision: str, reason: str = REASON) -> None:
    """Choose the decision by its words, give the reason, hand in."""
    visit.page.get_by_role("radio", name=visit.say(decision), exact=True).check()
    visit.page.locator("textarea[name=reason]").fill(reason)
    visit.button("Hand in for release").first.click()
    assert visit.reads("The answer waits for release.")


def release(visit: Visit) -> None:
    """The words name nobody: everyone may read them."""
    visit.page.locator("input[name=are_words_public]").check()
    visit.page.get_by_role("button", name=visit.say("Release"), exact=True).click()
    assert visit.reads("The answer is released.")


def has_no_release(visit: Visit) -> bool:
    name = visit.say("Release")
    return visit.page.get_by_role("button", name=name, exact=True).count() == 0


def download(visit: Visit, slug: str, format: str) -> bytes:
    """The overview as a file, by the link in the list of points."""
    visit.open("evaluation:queue", slug)
    visit.page.locator("summary").filter(has_text=visit.say("Overview as a file")).click()
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("link", name=format.upper(), exact=True).click()
    loaded: Download = waiting.value
    assert loaded.suggested_filename.endswith(f".{format}")
    return Path(loaded.path()).read_bytes()


def start_the_next_edition(visit: Visit, slug: str) -> None:
    visit.open("evaluation:changes", slug)
    visit.button("Start the next edition").click()
    assert visit.reads("Edition %(number)s is begun; every passage was taken over.", number=2)


def carry_out(visit: Visit, number: int) -> tuple[str, str]:
    """Add the new words to the passage; its words before and after."""
    visit.link("Change passage %(n)s", n=number).click()
    words = visit.field("Words of the passage in the next edition")
    before = words.input_value()
    words.fill(f"{before} {NEW_WORDS}")
    assert visit.page.locator("input[name=responses]:checked").count() == 1
    visit.button("Save in the working edition").click()
    assert visit.reads("The change is saved in the working edition.")
    return before, f"{before} {NEW_WORDS}"


def freeze_and_publish(visit: Visit, slug: str) -> None:
    visit.open("evaluation:changes", slug)
    visit.link("Read, freeze and publish it").click()
    visit.link("Next step for this edition").click()
    for act in ("Freeze for the decision", "Publish"):
        visit.page.get_by_role("link", name=visit.say(act), exact=True).click()
        visit.page.get_by_role("button", name=visit.say(act), exact=True).click()
        assert visit.reads("Done: %(act)s.", act=visit.say(act))
