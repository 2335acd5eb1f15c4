"""A real browser walks through pages and counts what became more than words.

Counted are scripts that ran (`hit` was set, a dialog came), things that the security policy had to
stop, requests to other hosts, and markup that only a resident can have brought: handlers in
attributes, addresses of scripts, frames, scripts within the page. Nothing leaves this machine: the
browser knows no other host.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

from richtschnur.bench.payloads import FIELDS, PRODUCT, mark
from richtschnur.journal.refusals import Refused

ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--always-sparkplug --no-maglev --no-turbofan",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WATCH = """(() => {
  let value;
  const tell = (what) => window.richtschnurTold && window.richtschnurTold(what);
  Object.defineProperty(window, 'hit', {get: () => value, set: (v) => { value = v; tell('hit'); }});
  addEventListener('securitypolicyviolation', (e) => tell(`policy: ${e.violatedDirective}`));
})()"""
LOOK = r"""() => {
  const bad = /^\s*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|data:text\/html)/i;
  const found = [];
  for (const one of document.querySelectorAll('*')) {
    if (/^(?:iframe|object|embed|base|video)$/i.test(one.tagName)) found.push(one.tagName);
    if (one.tagName === 'SCRIPT' && !one.src && !/json/.test(one.type)) found.push('inline script');
    if (one.tagName === 'META' && /refresh/i.test(one.httpEquiv)) found.push('meta refresh');
    for (const {name, value} of one.attributes) {
      const isAddress = /^(?:href|src|action|formaction|data|xlink:href)$/.test(name);
      if (name.startsWith('on')) found.push(`${one.tagName} ${name}`);
      if (isAddress && bad.test(value)) found.push(`${one.tagName} ${name}=${value.slice(0, 40)}`);
    }
  }
  for (const one of document.querySelectorAll('details')) one.open = true;
  return found;
}"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map((one) => one.href.split('#')[0])"
LEFT_OUT = ("/logout/", "/abmelden/", "/static/")


@dataclass
class Seen:
    """What a walk has seen; `runs` and `markup` name the page with each finding."""

    pages: int = 0
    files: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)
    views: Counter[str] = field(default_factory=Counter)

    @property
    def missing(self) -> list[str]:
        """Fields whose words stood on no page: of them nothing was proven."""
        return [name for name in FIELDS if not self.marks[name]]

    def add(self, other: Seen) -> None:
        self.pages += other.pages
        for name in ("files", "runs", "markup", "broken"):
            getattr(self, name).extend(getattr(other, name))
        self.marks += other.marks
        self.views += other.views


class Walker:
    """One person in one browser window on one server; what happens there is noted."""

    def __init__(self, browser: Any, server: str, cookies: dict[str, str]) -> None:
        self.seen, self._server, self._where = Seen(), server, ""
        context = browser.new_context(locale="de-DE", accept_downloads=False)
        context.add_cookies([{"name": n, "value": v, "url": server} for n, v in cookies.items()])
        context.expose_binding("richtschnurTold", lambda _source, what: self._run(what))
        context.add_init_script(WATCH)
        self.context, self.page = context, context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        context.on("page", lambda _page: self._run("a window opened"))

    def open(self, address: str) -> bool:
        """Look at one page with everything in it unfolded; False for a file to keep on disk."""
        self._where = address.removeprefix(self._server)
        try:
            answer = self.page.goto(address, wait_until="load")
        except Exception as error:  # noqa: BLE001 – Playwright's errors are of one kind
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                self.seen.files.append(address)
                return False
            self.seen.broken.append(f"{str(error).splitlines()[0]} {self._where}")
            return False
        if answer and "html" not in answer.headers.get("content-type", "html"):
            self.seen.files.append(address)  # shown by the browser's own means, as a PDF is
            return False
        self.look(answer.status if answer else 0)
        return True

    def look(self, status: int = 200) -> None:
        """Note what the page holds that now stands in the window."""
        self.seen.pages += 1
        if status >= 500:
            self.seen.broken.append(f"{status} {self._where}")
        try:
            found = self.page.evaluate(LOOK)
        except Exception:  # noqa: BLE001 – what was looked at is no longer there
            self._run("the page went elsewhere by itself")
            self.page.wait_for_load_state()
            return
        self.seen.markup += [f"{one} on {self._where}" for one in found]
        content = self.page.content()
        if PRODUCT in content:
            self.seen.markup.append(f"a template was evaluated on {self._where}")
        self.seen.marks.update(name for name in FIELDS if mark(name) in content)

    def look_at_file(self, html: str) -> None:
        """A page that somebody has kept on disk: no policy of a server protects its reader."""
        self._where, address = "a file that was kept", f"{self._server}/kept"
        self.page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        self.page.goto(address, wait_until="load")
        self.look()
        self.page.unroute(address)

    def walk(
        self, starts: list[str], *, most: int, a_view: int, progress: Callable[[str], None]
    ) -> None:
        """From these addresses along all links; at most `a_view` pages of one kind."""
        waiting, known = list(starts), set(starts)
        while waiting and self.seen.pages < most:
            address = waiting.pop(0)
            view = view_of(address)
            if not view or self.seen.views[view] >= a_view:
                continue
            self.seen.views[view] += 1
            if self.seen.pages % 50 == 49:
                progress(f"{self.seen.pages + 1} pages, {len(waiting)} wait")
            if self.open(address):
                self._print_once(view)
                links = [one for one in self.page.evaluate(LINKS) if self._is_of_use(one)]
                waiting += [one for one in dict.fromkeys(links) if one not in known]
                known.update(links)

    def _print_once(self, view: str) -> None:
        """Each kind of page as it would be printed; that loads what only printing asks for."""
        if self.seen.views[view] == 1:
            self.page.emulate_media(media="print")
            self.page.wait_for_load_state()
            self.page.emulate_media(media="screen")

    def _is_of_use(self, address: str) -> bool:
        is_left_out = any(part in address for part in LEFT_OUT)
        return address.startswith(f"{self._server}/de/") and not is_left_out

    def _run(self, what: str) -> None:
        self.seen.runs.append(f"{what} on {self._where}")

    def _dialog(self, dialog: Any) -> None:
        self._run(f"dialog {dialog.message[:20]}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        own = (f"{self._server}/", "data:", "blob:", "about:", "chrome")
        if not request.url.startswith(own):
            self._run(f"request to {urlsplit(request.url).netloc}")


def view_of(address: str) -> str:
    """The name of the view that answers an address, "" for none of the product."""
    try:
        found = resolve(unquote(urlsplit(address).path))
    except Resolver404:
        return ""
    return found.view_name or "redirect"


@contextmanager
def browser() -> Iterator[Any]:
    """A Chromium, by what the tests of a checkout need, too. Raises Refused without."""
    try:
        tools = import_module("tools.page_tools")
        play = import_module("playwright.sync_api").sync_playwright
    except ModuleNotFoundError:
        raise Refused(
            "the browser is found by tools/ of a checkout: please run this benchmark there, after"
            " ./run setup"
        ) from None
    try:
        path = tools.chromium()
    except tools.Missing as missing:
        raise Refused(str(missing)) from None
    with play() as playing:
        running = playing.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield running
        finally:
            running.close()


def control(running: Any, tries: tuple[str, ...], escape: Callable[[str], str]) -> Seen:
    """The same look at pages without any policy into which the words were written as they are.

    Whoever finds nothing here would find nothing anywhere; with an `escape` nothing may be found.
    """
    walker = Walker(running, "http://127.0.0.1", {})
    for number, words in enumerate(tries):
        said = escape(words)
        body = f"<p>{said}</p><input value=\"{said}\"><input value='{said}'>"
        page = f"<!DOCTYPE html><html lang=de><title>x</title><h1>{number}</h1>{body}"
        walker.look_at_file(page)
    walker.context.close()
    return walker.seen
