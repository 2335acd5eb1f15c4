"""Which passages one passage came from, and which came from it, edition by edition."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from richtschnur.strategy.models import Descent, Edition, Passage

Identities = frozenset[uuid.UUID]
Step = list[tuple[uuid.UUID, uuid.UUID]]


@dataclass(frozen=True)
class Kin:
    """In one edition: the passage itself, or what it came from, or what came from it, as `here`.

    `sources` are the passages of the edition before from which those come, `heirs` all that come
    from the edition before's `here`; more than one source: merged, else more than one heir: split.
    """

    edition: Edition
    here: tuple[Passage, ...]
    sources: tuple[Passage, ...] = ()
    heirs: tuple[Passage, ...] = ()


def kin_of(passage: Passage, editions: Sequence[Edition]) -> list[Kin]:
    """The kin of a passage in each of these editions, in their order; two queries.

    What is not among the editions, but between them, counts too. `passage` stands in one of them.
    """
    steps = _steps(editions)
    at = next(i for i, edition in enumerate(editions) if edition.pk == passage.edition_id)
    kin: list[Identities] = [frozenset()] * len(editions)
    kin[at] = frozenset([passage.identity])
    for i in range(at, 0, -1):
        kin[i - 1] = _origins(kin[i], steps[i])
    for i in range(at + 1, len(editions)):
        kin[i] = _heirs(kin[i - 1], steps[i])
    sources = [_origins(one, steps[i]) for i, one in enumerate(kin)]
    heirs = [frozenset[uuid.UUID](), *(_heirs(kin[i - 1], steps[i]) for i in range(1, len(kin)))]
    stands = _standing(editions, frozenset().union(*kin, *sources, *heirs))
    found = []
    for i, edition in enumerate(editions):
        now = stands[edition.pk]
        before = stands[editions[i - 1].pk] if i else []
        found.append(Kin(edition, _of(now, kin[i]), _of(before, sources[i]), _of(now, heirs[i])))
    return found


def _of(passages: Iterable[Passage], identities: Identities) -> tuple[Passage, ...]:
    return tuple(one for one in passages if one.identity in identities)


def _standing(editions: Sequence[Edition], identities: Identities) -> dict[int, list[Passage]]:
    stands: dict[int, list[Passage]] = {edition.pk: [] for edition in editions}
    for one in Passage.objects.filter(edition__in=editions, identity__in=identities).order_by(
        "position", "pk"
    ):
        stands[one.edition_id].append(one)
    return stands


def _steps(editions: Sequence[Edition]) -> list[list[Step]]:
    """For each edition the descents since the one before it, each edition's own in turn."""
    found: list[list[Step]] = []
    by_number: dict[int, Step] = {}
    rows = Descent.objects.filter(edition__strategy_id=editions[0].strategy_id)
    for number, source, target in rows.order_by("edition__number", "pk").values_list(
        "edition__number", "from_identity", "to_identity"
    ):
        by_number.setdefault(number, []).append((source, target))
    last = 0
    for edition in editions:
        between = [n for n in by_number if last < n <= edition.number]
        found.append([by_number[n] for n in between])
        last = edition.number
    return found


def _heirs(identities: Identities, steps: list[Step]) -> Identities:
    """These, as they may still stand, and all that came from them."""
    for step in steps:
        identities = _followed(identities, step)
    return identities


def _origins(identities: Identities, steps: list[Step]) -> Identities:
    for step in reversed(steps):
        identities = _followed(identities, [(target, source) for source, target in step])
    return identities


def _followed(identities: Identities, step: Step) -> Identities:
    """One edition's descents; they may follow one another in any order."""
    while more := {to for source, to in step if source in identities} - identities:
        identities |= more
    return identities
