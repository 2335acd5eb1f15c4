"""A machine's proposal to split a point, as it is laid before a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from richtschnur.analysis.splitting import paragraphs
from richtschnur.evaluation.models import Point, ProposedPiece, SplitProposal
from richtschnur.evaluation.queries.lists import section_paths
from richtschnur.evaluation.states import PieceKind, PlaceMethod
from richtschnur.strategy.models import Passage

LIKELY = 0.5  # from here on the first place is chosen beforehand
LEAST = 0.01  # what is less sure is not shown


@dataclass(frozen=True)
class Suggested:
    """A passage that a piece may speak about; `percent` is the machine's certainty."""

    passage: Passage
    section: str
    percent: int
    method: str


@dataclass(frozen=True)
class Shown:
    """A proposed piece; `chosen` is the passage that is ticked, None for the whole paper."""

    start: int
    kind: str
    why: str
    places: list[Suggested]
    chosen: int | None


@dataclass(frozen=True)
class Row:
    """A paragraph: where it begins in the comment, whether a point is to begin with it."""

    start: int
    text: str
    is_ticked: bool
    piece: Shown | None


def open_split(point: Point) -> SplitProposal | None:
    """The proposal that waits for a person, if the point is still what it was made for."""
    rows = SplitProposal.objects.filter(point=point, verdict="", start=point.start, end=point.end)
    return rows.first()


def split_rows(
    proposal: SplitProposal,
    point: Point,
    *,
    ticked: Collection[int] | None = None,
    chosen: Mapping[int, int | None] | None = None,
) -> list[Row]:
    """The point's paragraphs with the proposed pieces; `ticked` and `chosen` as a person left them.

    Letterhead and closing words are no points of their own: they stand with their neighbours.
    Three queries.
    """
    pieces = _shown(proposal, point, chosen or {})
    text = point.comment.text
    found = []
    for block in paragraphs(text[point.start : point.end]):
        start = point.start + block.start
        words = text[start : point.start + block.end].strip()
        is_ticked = start in pieces if ticked is None else start in ticked
        found.append(Row(start, words, is_ticked, pieces.get(start)))
    return found


def _shown(
    proposal: SplitProposal, point: Point, chosen: Mapping[int, int | None]
) -> dict[int, Shown]:
    pieces = _folded(list(proposal.pieces.all()))
    keys = {place["passage"] for _start, piece in pieces for place in piece.places}
    edition = point.comment.contribution.consultation.edition
    passages = Passage.objects.filter(edition=edition).in_bulk(keys)
    paths = section_paths(edition)
    shown = {}
    for start, piece in pieces:
        places = [
            Suggested(
                passages[place["passage"]],
                paths.get(passages[place["passage"]].section_id, ""),
                round(100 * place["certainty"]),
                str(PlaceMethod(place["method"]).label),
            )
            for place in piece.places
            if place["passage"] in passages and place["certainty"] >= LEAST
        ]
        first = places[0].passage.pk if places and places[0].percent >= 100 * LIKELY else None
        ticked = chosen.get(start, first)
        kind, why = piece.get_kind_display(), piece.get_why_display()
        shown[start] = Shown(start, kind, why, places, ticked)
    return shown


def _folded(pieces: list[ProposedPiece]) -> list[tuple[int, ProposedPiece]]:
    """Where a point is to begin, and the piece that says what it is about."""
    found: list[tuple[int, ProposedPiece]] = []
    for piece in pieces:
        if found and piece.kind == PieceKind.CLOSING:
            continue
        if found and found[-1][1].kind == PieceKind.LETTERHEAD:
            found[-1] = (found[-1][0], piece)
        else:
            found.append((piece.start, piece))
    return found
