"""Orders for machine drafts: placed by a person, worked off in batches by the worker."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from richtschnur.journal.actors import SYSTEM, Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.translation.machine import MachineFailed, Translator
from richtschnur.translation.machine.marked import draft_of, pieces_of
from richtschnur.translation.models import DraftOrder
from richtschnur.translation.operations import Draft, keep_drafts
from richtschnur.translation.queries import told_in
from richtschnur.translation.sources import Source, worth_translating
from richtschnur.translation.states import OrderState

log = logging.getLogger(__name__)
BATCH_CHARACTERS: Final = 4000
BATCH_SOURCES: Final = 20
MOST_FAILURES: Final = 8
CLAIMED_FOR = timedelta(minutes=10)


@transaction.atomic
def order_drafts(
    *, about: str, language: str, sources: Sequence[Source], by: Actor, at: datetime
) -> DraftOrder:
    """Order drafts of all these sources that have no translation of their present words.

    Raises Refused when nothing is left to do, or while such an order is under way.
    """
    if DraftOrder.objects.filter(about=about, language=language, state=OrderState.OPEN).exists():
        raise Refused(_("Drafts in this language are under way already."), code="under-way")
    total = len(left_to_do(sources, language))
    if not total:
        raise Refused(_("Everything has a translation of its present words already."))
    order = DraftOrder.objects.create(
        about=about, language=language, total=total, ordered_at=at, ordered_by=by.id, next_at=at
    )
    data = {"language": language, "texts": total}
    record(act="translation.order_drafts", subject=about, by=by, at=at, data=data)
    return order


@transaction.atomic
def stop_order(*, order: DraftOrder, by: Actor, at: datetime) -> None:
    """Let no further drafts be made; those that were made stay."""
    held = DraftOrder.objects.select_for_update().get(pk=order.pk)
    if held.state != OrderState.OPEN:
        return
    held.state, held.ended_at = OrderState.STOPPED, at
    held.save(update_fields=["state", "ended_at"])
    data = {"language": held.language}
    record(act="translation.stop_order", subject=held.about, by=by, at=at, data=data)


def left_to_do(
    sources: Sequence[Source], language: str, skipped: Sequence[str] = ()
) -> list[Source]:
    """What has no translation of its present words, in order, without what was skipped."""
    worth = worth_translating(sources)
    told = told_in(worth, language)
    passed = set(skipped)
    return [s for s in worth if not told[s.subject].is_current and s.subject not in passed]


def claim_order(*, about: str, at: datetime) -> DraftOrder | None:
    """The next open order that no other worker has in hand, claimed for ten minutes.

    `about` is how what it is for begins: "edition:" or "consultation:".
    """
    waiting = DraftOrder.objects.filter(state=OrderState.OPEN, next_at__lte=at)
    free = waiting.filter(about__startswith=about).filter(
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    )
    for order in free.order_by("next_at", "id"):
        claimed = free.filter(pk=order.pk).update(claimed_until=at + CLAIMED_FOR)
        if claimed:
            return order
    return None


def work_off(
    order: DraftOrder,
    sources: Sequence[Source],
    machine: Translator | None,
    *,
    at: datetime,
    now: Callable[[], datetime] | None = None,
) -> int:
    """One batch of an order; says how many drafts were kept. Never raises for the machine."""
    left = left_to_do(sources, order.language, order.skipped)
    batch = _batch(left, BATCH_SOURCES >> order.failures)
    if machine is None:
        _put_off(order, MachineFailed("settings"), batch, at)
        return 0
    try:
        drafts = _drafts(machine, batch, order.language)
    except MachineFailed as failure:
        _put_off(order, failure, batch, at)
        return 0
    moment = now() if now else at
    kept = keep_drafts(
        drafts=drafts,
        language=order.language,
        machine=machine.name,
        about=order.about,
        by=SYSTEM,
        at=moment,
    )
    _note_progress(order, batch, drafts, is_last=len(batch) == len(left), at=moment)
    return kept


def _batch(left: Sequence[Source], most: int) -> list[Source]:
    """The first sources that fit into one question; a single long one goes alone.

    `most` halves with each failure, so that one text on which a machine chokes is found.
    """
    batch: list[Source] = []
    size = 0
    for source in left[: max(1, most)]:
        size += len(source.text) + len(source.caption)
        if batch and size > BATCH_CHARACTERS:
            break
        batch.append(source)
    return batch


def _drafts(machine: Translator, batch: Sequence[Source], language: str) -> list[Draft]:
    """One question for the batch; sources that lack a piece are left out."""
    if not batch:
        return []
    pieces = [(source, piece) for source in batch for piece in pieces_of(source)]
    texts = [piece for _source, piece in pieces]
    worth = [number for number, text in enumerate(texts) if any(map(str.isalpha, text))]
    answers = machine.translate([texts[n] for n in worth], batch[0].language, language)
    told: list[str | None] = list(texts)  # figures stay as they are
    for number, answer in zip(worth, answers, strict=True):
        told[number] = answer
    drafts, at = [], 0
    for source in batch:
        count = len(pieces_of(source))
        draft = draft_of(source, told[at : at + count])
        drafts += [draft] if draft else []
        at += count
    return drafts


def _note_progress(
    order: DraftOrder,
    batch: Sequence[Source],
    drafts: Sequence[Draft],
    *,
    is_last: bool,
    at: datetime,
) -> None:
    """What the machine gave nothing for is skipped, so that an order comes to its end."""
    made = {draft.source.subject for draft in drafts}
    order.skipped = [*order.skipped, *(s.subject for s in batch if s.subject not in made)]
    order.done += len(made)
    order.failures, order.problem, order.claimed_until, order.next_at = 0, "", None, at
    if is_last:
        order.state, order.ended_at = OrderState.DONE, at
    _save(order)


def _put_off(
    order: DraftOrder, failure: MachineFailed, batch: Sequence[Source], at: datetime
) -> None:
    """Ask again later, each time a little later; give up when it won't help."""
    log.warning("translation order %s: %s", order.pk, failure)
    if failure.problem == "nonsense" and len(batch) == 1:
        order.skipped, order.failures = [*order.skipped, batch[0].subject], 0
    order.failures += 1
    order.problem, order.claimed_until = failure.problem, None
    wait = max(failure.wait, min(15 * 2**order.failures, 900))
    order.next_at = at + timedelta(seconds=wait)
    is_busy_only = failure.problem == "busy"
    if failure.is_lasting or (order.failures >= MOST_FAILURES and not is_busy_only):
        order.state, order.ended_at = OrderState.FAILED, at
    _save(order)


def _save(order: DraftOrder) -> None:
    """Only while it is still open: a person may have stopped it meanwhile."""
    open_still = DraftOrder.objects.filter(pk=order.pk, state=OrderState.OPEN)
    open_still.update(
        skipped=order.skipped,
        done=order.done,
        failures=order.failures,
        problem=order.problem,
        claimed_until=order.claimed_until,
        next_at=order.next_at,
        state=order.state,
        ended_at=order.ended_at,
    )
