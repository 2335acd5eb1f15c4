"""Hostile words in every field, odd requests to every address, hostile files; on both databases.

The product is served as `serve` does. Residents fill every field with what tries to be more than
words, staff work with it, and a browser opens the pages where these words stand: `script_runs` are
scripts that ran, what the security policy had to stop, requests to other hosts, and markup that
came of words. `unhandled` are answers of 5xx or none, and what the server's log tells of errors.
`control_runs` is what the same browser counts where words are written into pages as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from richtschnur.bench import hostile_exports, hostile_guests, hostile_requests
from richtschnur.bench.databases import DATABASES, Installed, installed
from richtschnur.bench.hostile_browser import Seen, Walker, browser, control
from richtschnur.bench.payloads import MARKUP, WORDS
from richtschnur.bench.servers import product
from richtschnur.journal.refusals import Refused

STEPS = "richtschnur.bench.hostile_steps"
SESSION = "richtschnur_session"
FAULT = re.compile(
    r"^Traceback|^\S+ \S+ (?:ERROR|CRITICAL) |panicked|Unexpected exit", re.MULTILINE
)
Progress = Callable[[str], None]


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """Runs of the kinds pages, exports, mails, requests and attachments for each database."""
    runs = []
    with browser() as running:
        ran = _controlled(running, progress)
        for number, database in enumerate(DATABASES):
            with installed(database) as place:
                found = _tried(place, running, seed + number, is_quick, progress)
            runs += [{"database": database, **one, "control_runs": ran} for one in found]
    return runs


def _controlled(running: Any, progress: Progress) -> int:
    """Refused when a page that is wide open shows nothing, or one of plain words shows anything."""
    progress("the control")
    wide_open, closed = control(running, MARKUP, str), control(running, MARKUP, escape)
    ran = len(wide_open.runs)
    if not ran or not wide_open.markup or closed.runs or closed.markup:
        raise Refused("the browser counts wrong: its control failed")
    return ran


def _tried(
    place: Installed, running: Any, seed: int, is_quick: bool, progress: Progress
) -> list[dict[str, Any]]:
    count = 8 if is_quick else len(WORDS)
    made = place.call(f"{STEPS}:prepared", seed=seed)
    made["reports"] = place.call(f"{STEPS}:listed", count=1 + count // 20)
    log = place.home / "served.log"
    with product(place, log=log) as port:
        progress(f"{place.database}: guests")
        visits = hostile_guests.send_all(port, made, count, seed)
        made |= place.call(f"{STEPS}:worked", slug=made["paper"], count=count)
        progress(f"{place.database}: pages")
        runs = _looked(running, port, made, visits, 50 if is_quick else 400, progress)
        mails = place.call(f"{STEPS}:bent_mails")
        runs.append({"kind": "mails", "tried": mails["tried"], "unhandled": mails["bent"]})
        made |= {"cookies": visits.cookies, "known": [made["paper"], "de", "1", *visits.secrets]}
        runs += _requested(port, made, seed, is_quick, progress)
    return [*runs, {"kind": "log", "tried": 1, "unhandled": _faults(log, progress)}]


def _looked(
    running: Any,
    port: int,
    made: dict[str, Any],
    visits: hostile_guests.Visits,
    most: int,
    progress: Progress,
) -> list[dict[str, Any]]:
    """Three persons walk through what they may see: with a basket, as officer, as reviewer."""
    server = f"http://127.0.0.1:{port}"
    asked = [f"{made['paths'][name]}?{urlencode({'q': tried})}" for name in ("published", "inbox")
             for tried in MARKUP[:3]]  # fmt: skip
    own = [*visits.receipts[:: 1 + len(visits.receipts) // 40], made["screen"], *asked[:3]]
    paths = made["paths"]
    work = [paths[name] for name in ("today", "mails", "reports", "workshops", "inbox", "review")]
    visitor = [paths["portal"], paths["basket"], paths["comment"].format(7), *own]
    sommer, winter = made["sessions"].values()
    persons = ((visits.cookies, visitor, most), ({SESSION: sommer}, [*work, *asked], most),
               ({SESSION: winter}, work[:1], most // 4))  # fmt: skip
    seen, kept, faults = Seen(), 0, list[str]()
    for cookies, starts, so_many in persons:
        walker = Walker(running, server, cookies)
        addresses = [f"{server}{path}" for path in starts]
        walker.walk(addresses, most=so_many, a_view=max(6, most // 12), progress=progress)
        number, found, opened = hostile_exports.kept(walker.context, walker.seen.files)
        for page in opened:
            walker.look_at_file(page.decode("utf-8", "replace"))
        kept, faults = kept + number, faults + found
        seen.add(walker.seen)
        walker.context.close()
    wrong = [*seen.broken, *visits.wrong]
    for said in (*seen.runs, *seen.markup, *wrong, *faults):
        progress(said)
    pages = {
        "kind": "pages",
        "tried": seen.pages,
        "unhandled": len(wrong),
        "script_runs": len(seen.runs) + len(seen.markup),
        "sent": visits.tried,
        "refused": visits.refused,
        "views": len(seen.views),
        "fields_unseen": ", ".join(seen.missing),
    }
    progress(str(pages))
    return [pages, {"kind": "exports", "tried": kept, "unhandled": len(faults)}]


def _requested(
    port: int, made: dict[str, Any], seed: int, is_quick: bool, progress: Progress
) -> list[dict[str, Any]]:
    runs = []
    for kind, send, tries in (
        ("requests", hostile_requests.fuzz, 500 if is_quick else 10_000),
        ("attachments", hostile_requests.upload, 50 if is_quick else 500),
    ):
        progress(f"{kind}")
        found = send(port, made, tries, seed)
        for said in (*found.where[:20], *found.reflected[:20]):
            progress(said)
        told: dict[str, Any] = {
            "unhandled": len(found.where),
            "script_runs": len(found.reflected),
            "refused": sum(n for status, n in found.by_status.items() if 400 <= status < 500),
        }
        runs.append({"kind": kind, "tried": found.tried, **told})
    return runs


def _faults(log: Path, progress: Progress) -> int:
    """Errors in what the served product has said."""
    said = log.read_text("utf-8", "replace")
    for found in FAULT.finditer(said):
        progress(said[found.start() : found.start() + 600])
    return len(FAULT.findall(said))
