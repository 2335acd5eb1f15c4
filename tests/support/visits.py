"""Somebody at a browser: pages by their names, buttons by their words in the visitor's language.

A visit notes what must never happen: a request to another host, an error in the console.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from richtschnur.accounts.models import User

SESSION = "richtschnur_session"
OVERFLOW = """() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const scrolls = (one) => one && (getComputedStyle(one).overflowX !== 'visible'
    || scrolls(one.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter((one) => {
    if (scrolls(one.parentElement)) return false;
    const box = one.getBoundingClientRect();
    return box.right > clientWidth + 1 || box.left < -1;
  });
  const told = (one) => `${one.tagName} .${one.className} ${one.textContent.trim().slice(0, 40)}`;
  return [`${scrollWidth} of ${clientWidth} px`, ...wide.slice(0, 8).map(told)];
}"""


def said(language: str, msgid: str, **values: object) -> str:
    """What the product says for this msgid in this language, its placeholders filled."""
    with override(language):
        text = gettext(msgid)
    return text % values if values else text


def counted(language: str, one: str, many: str, n: int, **values: object) -> str:
    """The same for a sentence with a number `n`."""
    with override(language):
        return ngettext(one, many, n) % ({"n": n} | values)


@dataclass
class Visit:
    """One person in one browser window."""

    page: Page
    server: str
    language: str = "de"
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.server}/", "data:", "blob:")):
            self.faults.append(f"request to {urlsplit(request.url).netloc}: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        # A form that comes back with 409 or 422 is told by the browser as a failed resource.
        is_form = "Failed to load resource" in message.text and " 4" in message.text
        if message.type in ("error", "warning") and not is_form:
            self.faults.append(f"console on {self.page.url}: {message.text}")

    def address(self, name: str, *args: object, **query: str | int) -> str:
        with override(self.language):
            path = reverse(name, args=args)
        return f"{self.server}{path}" + (f"?{urlencode(query)}" if query else "")

    def open(self, name: str, *args: object, **query: str | int) -> Response:
        answer = self.page.goto(self.address(name, *args, **query))
        assert answer is not None
        return answer

    def is_at(self, name: str, *args: object) -> bool:
        return self.page.url.partition("#")[0].partition("?")[0] == self.address(name, *args)

    def say(self, msgid: str, **values: object) -> str:
        return said(self.language, msgid, **values)

    def button(self, msgid: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(msgid, **values))

    def link(self, msgid: str, **values: object) -> Locator:
        return self.page.get_by_role("link", name=self.say(msgid, **values))

    def field(self, msgid: str, **values: object) -> Locator:
        return self.page.get_by_label(self.say(msgid, **values))

    def sees(self, text: str) -> bool:
        """Whether this text stands on the page for everyone to see."""
        found = self.page.locator("main").get_by_text(text)
        return any(one.is_visible() for one in found.all())

    def reads(self, msgid: str, **values: object) -> bool:
        """Whether the product says this on the page."""
        return self.sees(self.say(msgid, **values))

    @property
    def words(self) -> str:
        """All visible words of the page's main part."""
        return self.page.locator("main").inner_text()

    def follow(self, link: Locator) -> None:
        """Click what leads to another page, and be there: a click alone returns before."""
        with self.page.expect_navigation():
            link.click()

    def fits(self) -> list[str]:
        """What is wider than the window; nothing where the page never scrolls sideways."""
        self.page.wait_for_load_state()
        found: list[str] = self.page.evaluate(OVERFLOW)
        return found


def let_in(context: BrowserContext, server: str, user: User) -> None:
    """Give this browser the session of somebody who has logged in."""
    client = Client()
    client.force_login(user)
    value = client.cookies[SESSION].value
    context.add_cookies([{"name": SESSION, "value": value, "url": server}])
