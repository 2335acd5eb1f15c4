"""What stands for a topic: quotations, and the words that tell its points from all others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Quotation, TopicWords
from richtschnur.evaluation.queries.learning import Material

QUOTED = 3
WORDS = 8


def quotations_of(material: Material, at: datetime) -> list[Quotation]:
    """For each topic the points that stand best for its others."""
    from richtschnur.analysis.quotations import METHOD, representative

    made = []
    for topic, keys in material.points_by_topic().items():
        texts: Sequence[str] = [material.texts[key] for key in keys]
        for rank, place in enumerate(representative(texts, QUOTED), 1):
            made.append(
                Quotation(
                    topic_id=topic, point_id=keys[place], rank=rank, method=METHOD, made_at=at
                )
            )
    return made


def words_of(material: Material, at: datetime) -> list[TopicWords]:
    """For each topic with words the most telling ones; points without a topic count as others."""
    from richtschnur.analysis.keywords import METHOD, keywords_of_groups

    by_topic = material.points_by_topic()
    topics = list(by_topic)
    sorted_points = {key for keys in by_topic.values() for key in keys}
    groups = [[material.texts[key] for key in by_topic[topic]] for topic in topics]
    others = [text for key, text in material.texts.items() if key not in sorted_points]
    found = keywords_of_groups([*groups, *([others] if others else [])], count=WORDS)
    return [
        TopicWords(
            topic_id=topic,
            consultation=material.consultation,
            words=words,
            method=METHOD,
            made_at=at,
        )
        for topic, words in zip(topics, found, strict=False)
        if words
    ]


def keep_words(material: Material, made: Sequence[TopicWords], at: datetime) -> None:
    """Put these words in place of those before; what was erased meanwhile is not counted."""
    there = set(material.with_words())
    gone = [key for key, text in material.texts.items() if text and key not in there]
    for key in gone:
        del material.texts[key]
    TopicWords.objects.filter(consultation=material.consultation).delete()
    TopicWords.objects.bulk_create(words_of(material, at) if gone else made)


def held_for_words(consultation: Consultation) -> None:
    """Words are kept or forgotten by one at a time: an erasure must not fall in between."""
    rows = Consultation.objects.select_for_update(no_key=True)
    rows.values_list("pk", flat=True).get(pk=consultation.pk)


def forget_topic_words(consultation: Consultation) -> None:
    """The words that were counted go: an erased contribution may be among their sources."""
    held_for_words(consultation)
    TopicWords.objects.filter(consultation=consultation).delete()
