"""What residents do: read, comment, send, and come back for the answer."""

from __future__ import annotations

from dataclasses import dataclass

from tests.journey.keyboard import Keyboard
from tests.support.visits import Visit, counted

MEASURES = "Maßnahmen"
BY_FIRST = "Mehr Sprachkurse am Abend. Und bitte eine Betreuung für die Kinder."
BY_FIRST_ON_ALL = "Ein gutes Papier, aber es fehlen Zahlen."
BY_KEYBOARD = "Please add a bus in the evening, otherwise nobody can come home."
IN_ARABIC = "نحتاج إلى دروس مسائية للغة الألمانية مع رعاية للأطفال."


@dataclass
class Receipt:
    number: str
    address: str


def find_the_draft(visit: Visit) -> None:
    visit.open("publishing:portal")
    visit.link("Read and comment").first.click()


def passage_with_measures(visit: Visit) -> int:
    """The number of the first passage that names measures."""
    passage = visit.page.locator(".passage").filter(has_text=MEASURES).first
    return int((passage.get_attribute("id") or "p0")[1:])


def open_comment_on(visit: Visit, number: int) -> None:
    links = visit.page.locator(f"#p{number}").get_by_role("link")
    visit.follow(links.filter(has_text=visit.say("Comment on this passage")))


def put_comment(visit: Visit, text: str) -> None:
    visit.field("Your comment").fill(text)
    visit.button("Put it into the basket and read on").click()
    assert visit.reads("Your comment lies in the basket. It is not sent yet.")


def comment_on_the_whole_paper(visit: Visit, text: str) -> None:
    visit.link("Comment on the whole paper").first.click()
    visit.field("Your comment").fill(text)
    visit.button("Put it into the basket and go to sending").click()


def send_button_name(visit: Visit, count: int) -> str:
    return counted(visit.language, "Send %(n)s comment", "Send %(n)s comments", count)


def send(visit: Visit, count: int, *, twice: bool = False) -> Receipt:
    """Say who speaks and send; `twice` clicks as somebody does who is unsure."""
    visit.field("I live here").first.check()
    button = visit.page.get_by_role("button", name=send_button_name(visit, count))
    button.click(click_count=2 if twice else 1)
    visit.page.get_by_role("heading", level=1, name=visit.say("We have it.")).wait_for()
    return keep_receipt(visit)


def keep_receipt(visit: Visit) -> Receipt:
    number = visit.page.locator(".receipt__number strong").inner_text()
    address = visit.page.locator(".come-back__address a").inner_text()
    assert address == visit.page.url
    return Receipt(number, address)


def with_the_keyboard_alone(visit: Visit) -> Receipt:
    """From the portal to the receipt without a mouse: a comment on the first passage."""
    keyboard = Keyboard(visit.page)
    visit.open("publishing:portal")
    assert keyboard.tab()["name"] == visit.say("Skip to the content")
    keyboard.follow(visit.say("Read and comment"), "a")
    keyboard.follow(visit.say("Comment on this passage"), "a")
    keyboard.tab_to(visit.say("Your comment"), "textarea")
    keyboard.type(BY_KEYBOARD)
    keyboard.follow(visit.say("Put it into the basket and go to sending"), "button")
    assert visit.sees(BY_KEYBOARD)
    keyboard.follow(send_button_name(visit, 1), "button")  # too early: nobody has said who speaks
    assert visit.reads("Please look at this once more")
    keyboard.tab_to(visit.say("I live here"), "input")
    keyboard.press("Space")
    keyboard.tab_to(visit.say("Name"), "input")
    keyboard.type("Alex Example")
    keyboard.follow(send_button_name(visit, 1), "button")
    return keep_receipt(visit)


def in_arabic_on_a_small_phone(visit: Visit, number: int) -> Receipt:
    """At 320 pixels nothing scrolls sideways, from the portal to the receipt, mirrored."""
    visit.open("publishing:portal")
    assert visit.page.locator("html").get_attribute("dir") == "rtl"
    assert visit.page.viewport_size == {"width": 320, "height": 640}
    assert visit.fits() == []
    visit.follow(visit.link("Read and comment").first)
    assert visit.fits() == []
    open_comment_on(visit, number)
    visit.field("Your comment").fill(IN_ARABIC)
    assert visit.fits() == []
    visit.follow(visit.button("Put it into the basket and go to sending"))
    assert visit.fits() == []
    receipt = send(visit, 1, twice=True)
    assert visit.fits() == []
    said = visit.page.locator(".receipt__comment .words").filter(has_text=IN_ARABIC).first
    assert said.evaluate("one => getComputedStyle(one).direction") == "rtl"
    return receipt
