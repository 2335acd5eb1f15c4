"""What `bench strategy` measures, each in a process that works on one installation."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from django.test import Client
from django.urls import reverse

from richtschnur.accounts.models import User
from richtschnur.journal.actors import CLI
from richtschnur.strategy.exports import export_edition
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import (
    change_passage,
    freeze_edition,
    import_draft,
    publish_edition,
    start_edition,
)
from richtschnur.strategy.queries import compare, contents_of, edition_by_ref
from richtschnur.ui import clock

REPEATS = 7
EVERY = 9  # one passage in so many is changed in the next edition


def everything(path: str) -> dict[str, Any]:
    """All figures of one file on this installation."""
    found = read_in(path)
    edition = found.pop("edition")
    return found | pages(edition) | compared(edition) | written_as_pdf(edition)


def read_in(path: str) -> dict[str, Any]:
    """Import a file, freeze and publish it: how long the import took, what came of it."""
    begun = time.perf_counter()
    edition = import_draft(path=Path(path), by=CLI, at=clock.now())
    seconds = time.perf_counter() - begun
    freeze_edition(edition=edition, state="for_decision", by=CLI, at=clock.now())
    publish_edition(edition=edition, by=CLI, at=clock.now())
    return {
        "edition": edition.ref,
        "passages": edition.passages.count(),
        "sections": edition.sections.count(),
        "import_s": round(seconds, 3),
    }


def pages(edition: str) -> dict[str, float]:
    """Whole responses through the WSGI stack, in milliseconds.

    `page_ms` is a section's page for everyone, `staff_page_ms` the same in the editor, both warm;
    `page_after_edit_ms` the slowest of several pages asked for at once after an edit, in the
    editor and to read.
    """
    shown = edition_by_ref(edition)
    visitor, officer = Client(HTTP_HOST="localhost"), _officer()
    public = [_section(shown, page) for page in _some_pages(shown)]
    working = start_edition(predecessor=shown, by=CLI, at=clock.now())
    places = _some_pages(working)
    staff = [f"{reverse('strategy:edit', args=_keys(working))}?section={p}" for p in places]
    found = {"page_ms": _warm(visitor, public), "staff_page_ms": _warm(officer, staff)}
    after = [_after_edit(officer, working, page) for page in staff[:3]]
    after += [_after_edit(officer, working, _section(working, place)) for place in places[:3]]
    found["page_after_edit_ms"] = max(after)
    return {name: round(value, 1) for name, value in found.items()}


def _officer() -> Client:
    user, _is_new = User.objects.get_or_create(login="bench", defaults={"role": "administration"})
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def _keys(edition: Edition) -> list[Any]:
    return [edition.strategy.slug, edition.number]


def _section(edition: Edition, position: int) -> str:
    if not contents_of(edition).is_long:
        return reverse("strategy:edition", args=_keys(edition))
    return reverse("strategy:section", args=[*_keys(edition), position])


def _some_pages(edition: Edition) -> list[int]:
    """The first page, the last, and some between."""
    found = contents_of(edition).pages
    return [found[len(found) * part // REPEATS].position for part in range(REPEATS)]


def _warm(client: Client, addresses: list[str]) -> float:
    _asked(client, addresses[0])
    return median(_asked(client, addresses[turn % len(addresses)]) for turn in range(2 * REPEATS))


def _asked(client: Client, address: str) -> float:
    """Milliseconds until the last byte of an answer. Raises RuntimeError when it is not a page."""
    begun = time.perf_counter()
    response = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
    size = len(response.content)
    took = (time.perf_counter() - begun) * 1000
    if response.status_code != 200 or size < 1000:
        raise RuntimeError(f"{address} answered {response.status_code} with {size} bytes")
    return took


def _after_edit(client: Client, edition: Edition, address: str) -> float:
    passage = Passage.objects.filter(edition=edition, kind="paragraph").order_by("?").first()
    assert passage is not None
    change_passage(passage=passage, text=f"{passage.text} Neu.", by=CLI, at=clock.now())
    return _asked(client, address)


def compared(edition: str) -> dict[str, Any]:
    """Every passage's fate between an edition and the next, in which many passages changed."""
    old = edition_by_ref(edition)
    new = Edition.objects.get(strategy=old.strategy, predecessor=old)
    for passage in new.passages.filter(kind="paragraph").order_by("position")[::EVERY]:
        passage.text = f"Künftig gilt: {passage.text} Darüber wird jährlich berichtet."
        passage.save(update_fields=["text"])
    seconds, fates = _timed(lambda: compare(old, new))
    return {"compare_s": round(seconds, 3), "fates": len(fates)}


def written_as_pdf(edition: str) -> dict[str, Any]:
    """PDF/UA of the whole edition."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        shown = edition_by_ref(edition)
        seconds, _none = _timed(lambda: export_edition(shown, "pdf", path, at=clock.now()))
        return {"pdf_s": round(seconds, 3), "pdf_kb": path.stat().st_size // 1024}


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = act()
    return time.perf_counter() - begun, result
