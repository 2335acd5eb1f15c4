"""A person with nothing but a keyboard: Tab, Enter, Space and typing.

Every step asserts that one sees where one is, and that Tab goes on in the order of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ElementHandle, Page

LOOK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const labels = [...(one.labels || [])].map((label) => label.innerText).join(' ');
  const box = one.getBoundingClientRect();
  const middle = [box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 2)];
  const points = [middle, [box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2]];
  const isFree = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (top === one || one.contains(top) || top.contains(one));
  });
  return {
    name: (one.getAttribute('aria-label') || labels || one.innerText || one.value || '')
      .replace(/\\s+/g, ' ').trim(),
    tag: one.tagName.toLowerCase(),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    shadow: style.boxShadow !== 'none',
    isInside: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    isFree,
  };
}"""
FOLLOWS = """([before, after]) =>
  Boolean(before.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING)"""
MOST_TABS = 250


@dataclass
class Keyboard:
    page: Page
    last: ElementHandle | None = field(default=None)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def here(self) -> dict[str, Any]:
        """What has the focus, after a check that it can be seen."""
        seen: dict[str, Any] | None = self.page.evaluate(LOOK)
        assert seen is not None, "nothing has the focus"
        where = f"{seen['tag']} “{seen['name']}” on {self.page.url}"
        assert seen["outline"] >= 2 or seen["shadow"], f"the focus is not visible: {where}"
        assert seen["isInside"], f"the focus lies outside of the window: {where}"
        assert seen["isFree"], f"the focus is covered: {where}"
        return seen

    def tab(self) -> dict[str, Any]:
        """One step forward; Tab never goes back in the page."""
        self.press("Tab")
        seen = self.here()
        now = self.page.evaluate_handle("() => document.activeElement").as_element()
        assert now is not None
        if self.last is not None:
            is_after = self.page.evaluate(FOLLOWS, [self.last, now])
            assert is_after, f"Tab went back to {seen['tag']} “{seen['name']}” on {self.page.url}"
        self.last = now
        return seen

    def new_page(self) -> None:
        """A page has come: its order begins anew."""
        self.page.wait_for_load_state("load")
        self.last = None

    def tab_to(self, name: str, tag: str = "") -> None:
        """Tab until what has the focus is called so."""
        passed = []
        for _step in range(MOST_TABS):
            seen = self.tab()
            if name in seen["name"] and tag in ("", seen["tag"]):
                return
            passed.append(seen["name"])
        raise AssertionError(f"no “{name}” is reached with Tab, only {passed}")

    def follow(self, name: str, tag: str = "") -> None:
        """Tab to a link or button and press Enter; the next page comes."""
        self.tab_to(name, tag)
        with self.page.expect_navigation():
            self.press("Enter")
        self.new_page()
