"""Topics and places that a machine suggests: asked for by a person, worked off by the worker.

People's clicks are what it learns from, and nothing that it says becomes true by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Embedding, Quotation, TopicOrder, TopicSuggestion
from richtschnur.evaluation.operations.embedding import reader
from richtschnur.evaluation.operations.standing_for import (
    held_for_words,
    keep_words,
    quotations_of,
    words_of,
)
from richtschnur.evaluation.queries.learning import Material, material_of
from richtschnur.evaluation.states import Suggested
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.translation.machine import MachineFailed

if TYPE_CHECKING:
    from richtschnur.analysis.topics.embedding import Remembering

log = logging.getLogger(__name__)
RESTS = timedelta(minutes=1)  # between a click and learning from it: more clicks may follow
CLAIMED_FOR = timedelta(minutes=10)
AGAIN = timedelta(minutes=15)  # after a failure
OFFERED = 3
CHUNK = 500


@transaction.atomic
def order_topics(*, consultation: Consultation, by: Actor, at: datetime) -> TopicOrder:
    """Ask that all points be sorted by machine as soon as possible; asking twice is one wish."""
    require(by, "evaluation.sort")
    order, _is_new = TopicOrder.objects.get_or_create(consultation=consultation)
    TopicOrder.objects.filter(pk=order.pk).update(due_at=at, problem="")
    subject = f"consultation:{consultation.slug}"
    record(act="evaluation.order_topics", subject=subject, by=by, at=at, data={})
    order.refresh_from_db()
    return order


def learn_later(*, consultation: Consultation, at: datetime) -> None:
    """A person chose something: learn from it in a minute, if anyone asked for suggestions."""
    waiting = TopicOrder.objects.filter(consultation=consultation, due_at=None)
    waiting.update(due_at=at + RESTS)


def forget_read(points: Iterable[int]) -> None:
    """What a machine made of these points' words goes: they were erased, or are others now."""
    keys = list(points)
    for made in (TopicSuggestion, Quotation, Embedding):
        made.objects.filter(point__in=keys).delete()


def work_off_topics(*, by: Actor, at: datetime, now: Callable[[], datetime] | None = None) -> int:
    """Work off every order that is due and in nobody's hands; says how many.

    What a killed worker has read is kept; another one goes on when the claim has run out.
    """
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    due = TopicOrder.objects.filter(free, due_at__lte=at).select_related("consultation__strategy")
    worked = 0
    for order in due:
        mine = TopicOrder.objects.filter(free, pk=order.pk, due_at=order.due_at)
        if mine.update(claimed_until=at + CLAIMED_FOR, done=0, total=0):
            _work_off(order, by, at, now or (lambda: at))
            worked += 1
    return worked


def _work_off(order: TopicOrder, by: Actor, at: datetime, now: Callable[[], datetime]) -> None:
    rows = TopicOrder.objects.filter(pk=order.pk)

    def progress(done: int, total: int) -> None:
        rows.update(done=done, total=total, claimed_until=now() + CLAIMED_FOR)

    try:
        suggest_topics(consultation=order.consultation, by=by, at=at, progress=progress)
    except MachineFailed as failure:
        log.warning("topics of %s: %s", order.consultation, failure)
        rows.update(problem=failure.problem, due_at=at + AGAIN, claimed_until=None)
        return
    rows.update(claimed_until=None, made_at=at, problem="")
    rows.filter(due_at=order.due_at).update(due_at=None)  # a later wish stays


def suggest_topics(
    *,
    consultation: Consultation,
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """Suggest topics and places anew for all points; says how many points got suggestions.

    The texts are read before the transaction begins; what was made before goes.
    """
    material = material_of(consultation)
    texts = material.words()
    embedder = reader(consultation, texts, progress)
    embedder.embed(list(texts.values()))
    embedder.progress = lambda _done, _of: progress(len(texts), len(texts))  # the paper's own
    made = _topics(material, embedder, at) + _places(material, embedder, at)
    quotations = quotations_of(material, at)
    words = words_of(material, at)
    with transaction.atomic():
        held_for_words(consultation)
        points = {"point__comment__contribution__consultation": consultation}
        TopicSuggestion.objects.filter(**points).delete()
        Quotation.objects.filter(**points).delete()
        there = set(material.still_there())
        kept = [each for each in made if each.point_id in there]
        TopicSuggestion.objects.bulk_create(kept, batch_size=CHUNK)
        quoted = [each for each in quotations if each.point_id in there]
        Quotation.objects.bulk_create(quoted, batch_size=CHUNK)
        keep_words(material, words, at)
        sorted_points = len({each.point_id for each in kept})
        data = {
            "points": sorted_points,
            "labels": len(material.chosen_topics),
            "model": embedder.name,
        }
        subject = f"consultation:{consultation.slug}"
        record(act="evaluation.suggest_topics", subject=subject, by=by, at=at, data=data)
    return sorted_points


def _topics(material: Material, embedder: Remembering, at: datetime) -> list[TopicSuggestion]:
    texts = material.words()
    offered = material.topics()
    if len(offered) < 2 or not texts:
        return []
    from richtschnur.analysis.topics.sorting import METHOD, Sorter

    sorter = Sorter.fit(offered, material.topic_labels(), embedder, background=list(texts.values()))
    keys = list(texts)
    made = []
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        for key, own in zip(part, sorter.rank([texts[k] for k in part], OFFERED), strict=True):
            made += [
                _made(key, rank, each.topic, each.certainty, METHOD, embedder.name, at)
                for rank, each in enumerate(own, 1)
            ]
    return made


def _places(material: Material, embedder: Remembering, at: datetime) -> list[TopicSuggestion]:
    """For points on the whole paper: the sections whose texts they are nearest to."""
    texts = material.words(placeless=True)
    sections = material.sections()
    if len(sections) < 2 or not texts:
        return []
    from richtschnur.analysis.topics.sorting import METHOD, Sorter

    sorter = Sorter.fit(
        [topic for _pk, topic in sections],
        material.place_labels(),
        embedder,
        background=list(material.words().values()),
    )
    number = {topic.name: pk for pk, topic in sections}
    ranked = sorter.rank(list(texts.values()), OFFERED)
    return [
        _made(key, rank, each.topic, each.certainty, METHOD, embedder.name, at, number[each.topic])
        for key, own in zip(texts, ranked, strict=True)
        for rank, each in enumerate(own, 1)
    ]


def _made(
    point: int,
    rank: int,
    name: str,
    certainty: float,
    method: str,
    model: str,
    at: datetime,
    section: int | None = None,
) -> TopicSuggestion:
    return TopicSuggestion(
        point_id=point,
        kind=Suggested.PLACE if section else Suggested.TOPIC,
        name=name[:80],
        section_id=section,
        rank=rank,
        certainty=certainty,
        method=method,
        model=model[:120],
        made_at=at,
    )
