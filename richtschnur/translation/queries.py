"""Which translation belongs to which words, which is outdated, which is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from richtschnur.translation.models import DraftOrder, Translation
from richtschnur.translation.sources import Source

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """A source with its translation into one language; None where there is none.

    `is_outdated`: the translation belongs to other words than these.
    """

    source: Source
    translation: Translation | None = None
    is_outdated: bool = False

    @property
    def is_current(self) -> bool:
        return self.translation is not None and not self.is_outdated


def told_in(sources: Iterable[Source], language: str) -> dict[str, Told]:
    """Each source by its subject, with its current translation, else the latest outdated one.

    One query up to 10,000 sources, one more for each further 10,000.
    """
    wanted = {source.subject: source for source in sources}
    found: dict[str, Told] = {subject: Told(source) for subject, source in wanted.items()}
    for translation in _translations(list(wanted), language):
        source = wanted[translation.subject]
        is_current = translation.fingerprint == source.fingerprint
        if is_current or not found[source.subject].is_current:
            found[source.subject] = Told(source, translation, is_outdated=not is_current)
    return found


def are_told(subjects: Sequence[str], language: str) -> bool:
    """Is any of these texts told in a language, whatever the state? One query."""
    return Translation.objects.filter(language=language, subject__in=subjects).exists()


def texts_in(subjects: Sequence[str], language: str) -> Iterator[tuple[str, str, str]]:
    """(subject, fingerprint, translated words) of all that there is for these subjects.

    Lean, for hundreds of short texts at once; one query for each 10,000 subjects.
    """
    for start in range(0, len(subjects), CHUNK):
        some = Translation.objects.filter(
            language=language, subject__in=subjects[start : start + CHUNK]
        )
        yield from some.order_by().values_list("subject", "fingerprint", "text")


def _translations(subjects: list[str], language: str) -> Iterable[Translation]:
    for start in range(0, len(subjects), CHUNK):
        some = Translation.objects.filter(
            language=language, subject__in=subjects[start : start + CHUNK]
        )
        yield from some.order_by("written_at", "id")


def counts_by_language(sources: Iterable[Source]) -> dict[str, dict[str, int]]:
    """For each language with a translation how many texts are in each state, "outdated", "missing".

    One query for each 10,000 sources.
    """
    wanted = {source.subject: source for source in sources}
    subjects = list(wanted)
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(subjects), CHUNK):
        some = Translation.objects.filter(subject__in=subjects[start : start + CHUNK])
        rows = some.order_by("written_at", "id")
        for language, name, mark, state in rows.values_list(
            "language", "subject", "fingerprint", "state"
        ):
            of_language = found.setdefault(language, {})
            if mark == wanted[name].fingerprint:
                of_language[name] = state
            else:
                of_language.setdefault(name, "outdated")
    return {
        language: {**Counter(states.values()), "missing": len(wanted) - len(states)}
        for language, states in found.items()
    }


def latest_order(about: str, language: str) -> DraftOrder | None:
    """The last order for drafts of something into a language."""
    return DraftOrder.objects.filter(about=about, language=language).first()
