"""A paper in further languages: written, checked, discarded, ordered, and brought by a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.documents.cells import join_rows, split_rows
from richtschnur.documents.notation import from_notation, to_notation
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries import edition_by_ref
from richtschnur.strategy.queries.in_language import sources_of
from richtschnur.translation import operations as translation
from richtschnur.translation import orders
from richtschnur.translation.machine import MachineFailed, Translator, machine_of
from richtschnur.translation.models import DraftOrder, Translation
from richtschnur.translation.queries import told_in
from richtschnur.translation.sources import Source

COLUMNS = ("id", "words", "place", "german", "german caption", "translation", "caption", "state")


def as_typed(source: Source | Translation, *, is_table: bool = False) -> str:
    """A text as a person edits it: with notation for what stands out, a table as its rows."""
    if is_table:
        return source.text
    marks = source.marks if isinstance(source, Source) else source.marking
    return to_notation(source.text, marks)


def write_translation(
    *,
    source: Source,
    read: str,
    language: str,
    typed: str,
    caption: str = "",
    by: Actor,
    at: datetime,
) -> Translation:
    """Keep what a person typed in the editor's notation; `read` is the fingerprint of the German
    words that the page showed.

    Raises Refused when those have changed meanwhile, or a table lost a cell.
    """
    require(by, "strategy.translate")
    if read != source.fingerprint:
        raise Refused(
            _("The German words have changed since you opened this page. Please compare."),
            code="stale",
        )
    text, marks = (typed.strip(), ()) if source.is_table else from_notation(typed.strip())
    if source.is_table and text:
        text = _as_wide(source, text)
    return translation.keep_translation(
        source=source, language=language, text=text, marks=marks, caption=caption, by=by, at=at
    )


def _as_wide(source: Source, typed: str) -> str:
    german, told = split_rows(source.text), split_rows(typed)
    if [len(row) for row in german] != [len(row) for row in told]:
        raise Refused(
            _("The table needs %(rows)s rows with %(cells)s cells each, parted by “|”.")
            % {"rows": len(german), "cells": len(german[0])}
        )
    return join_rows(told)


def check_translation(
    *,
    held: Translation,
    version: str,
    checker: str,
    by_group: bool = False,
    by: Actor,
    at: datetime,
) -> Translation:
    """Say that somebody who knows the language has read it beside the German words."""
    require(by, "strategy.translate")
    return translation.check_translation(
        translation=held, version=version, checker=checker, by_group=by_group, by=by, at=at
    )


def discard_translation(*, held: Translation, by: Actor, at: datetime) -> None:
    """Take a translation away."""
    require(by, "strategy.translate")
    translation.discard_translation(translation=held, by=by, at=at)


def the_machine() -> Translator | None:
    """The machine that the installation's settings name; None while it is off."""
    return machine_of(settings.TRANSLATION)


def usable_machine() -> Translator | None:
    """The same; None, too, when the settings do not make one."""
    try:
        return the_machine()
    except MachineFailed:
        return None


def order_drafts(*, edition: Edition, language: str, by: Actor, at: datetime) -> DraftOrder:
    """Order machine drafts of what has no translation yet. Raises Refused without a machine."""
    require(by, "strategy.order_translation")
    if usable_machine() is None:
        raise Refused(_("No translating machine is set up. Please ask the administration."))
    return orders.order_drafts(
        about=f"edition:{edition.ref}",
        language=language,
        sources=sources_of(edition),
        by=by,
        at=at,
    )


def stop_order(*, order: DraftOrder, by: Actor, at: datetime) -> None:
    """Let no further drafts be made."""
    require(by, "strategy.order_translation")
    orders.stop_order(order=order, by=by, at=at)


def work_off_orders(*, at: datetime) -> int:
    """One batch of the next order, by the background worker; says how many drafts were kept."""
    order = orders.claim_order(about="edition:", at=at)
    if order is None:
        return 0
    try:
        sources = sources_of(edition_by_ref(order.about.partition(":")[2]))
    except Refused:
        return orders.work_off(order, [], None, at=at)
    return orders.work_off(order, sources, usable_machine(), at=at)


@dataclass
class Brought:
    """What became of the rows of a file: kept, the same as before, empty, or refused and why."""

    kept: int = 0
    unchanged: int = 0
    empty: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def bring_translations(
    *,
    edition: Edition,
    language: str,
    rows: Iterable[Mapping[str, str]],
    by: Actor,
    at: datetime,
) -> Brought:
    """Keep the translations of a file that was exported before; row numbers count the head as 1.

    A row whose German words have changed since is refused, so that nothing is called current by
    mistake; texts that stand there already in the same words keep their check.
    """
    require(by, "strategy.translate")
    sources = {source.subject: source for source in sources_of(edition)}
    told = told_in(sources.values(), language)
    report = Brought()
    for number, row in enumerate(rows, start=2):
        typed, caption = row.get("translation", "").strip(), row.get("caption", "").strip()
        source = sources.get(row.get("id", "").strip())
        if not typed:
            report.empty += 1
            continue
        if source is None:
            report.rejected.append((number, _("This edition has no such text.")))
            continue
        here = told[source.subject]
        if here.is_current and here.translation and _is_same(source, here.translation, row):
            report.unchanged += 1
            continue
        try:
            with transaction.atomic():
                write_translation(
                    source=source,
                    read=row.get("words", "").strip(),
                    language=language,
                    typed=typed,
                    caption=caption,
                    by=by,
                    at=at,
                )
        except Refused as refusal:
            report.rejected.append((number, str(refusal)))
        else:
            report.kept += 1
    return report


def _is_same(source: Source, here: Translation, row: Mapping[str, str]) -> bool:
    was = (as_typed(here, is_table=source.is_table).strip(), here.caption.strip())
    return was == (row["translation"].strip(), row.get("caption", "").strip())
