"""The outline of a paper as a draft to correct, as plain data for JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from richtschnur.documents.blocks import Doubt, Picture
from richtschnur.documents.marks import restored, stored
from richtschnur.documents.structure.draft import (
    Draft,
    DraftDoubt,
    DraftElement,
    DraftPassage,
    DraftSection,
    LeftOut,
    Place,
    words_of,
)
from richtschnur.documents.structure.outline import (
    Outline,
    OutlineElement,
    OutlinePassage,
    OutlineSection,
)

Data = dict[str, Any]
_BEGINNING = 40


def to_draft(outline: Outline) -> Draft:
    """The outline as a tree; every doubt is laid to the place that it speaks of."""
    draft = Draft(outline.title, [])
    draft.pictures = {key: one.media_type for key, one in outline.pictures.items()}
    for section in outline.sections:
        made = DraftSection(draft.new_key(), section.title, section.number, section.level)
        made.passages = [_passage(draft.new_key(), one) for one in section.passages]
        draft.sections.append(made)
    first = draft.next_key
    for index, element in enumerate(outline.elements):
        above = draft.sections[element.section]
        place: Place = above if element.passage is None else above.passages[element.passage]
        parent = None if element.parent is None else first + element.parent
        words = place.text[element.start : element.end]
        title = "" if element.title == words else element.title
        place.elements.append(
            DraftElement(
                first + index,
                element.kind,
                element.start,
                element.end,
                element.certainty,
                parent,
                title,
            )
        )
    draft.next_key = first + len(outline.elements)
    draft.doubts = [DraftDoubt(one.code, one.excerpt, one.detail) for one in outline.doubts]
    _lay_doubts(draft)
    return draft


def _passage(key: int, one: OutlinePassage) -> DraftPassage:
    return DraftPassage(
        key,
        one.kind,
        one.text,
        one.level,
        one.number,
        stored(one.marks),
        one.caption,
        one.picture,
        one.language,
    )


def _lay_doubts(draft: Draft) -> None:
    """By the first words of what a doubt quotes; else by the words anywhere in a text."""
    beginnings: dict[str, int] = {}
    for place in draft.places():
        beginnings.setdefault(place.text[:_BEGINNING], place.key)
    undescribed = iter([one.key for one in draft.places() if _lacks_description(one)])
    for doubt in draft.doubts:
        if doubt.code == "picture-without-description":
            doubt.at = next(undescribed, None)
            continue
        quoted = " ".join(doubt.excerpt.split())
        doubt.at = beginnings.get(quoted[:_BEGINNING]) if quoted else None
        if doubt.at is None and len(quoted) > 8:
            sought = quoted[:60]
            doubt.at = next((one.key for one in draft.places() if sought in one.text), None)


def _lacks_description(place: Place) -> bool:
    return isinstance(place, DraftPassage) and place.kind == "picture" and not place.text


def to_outline(draft: Draft, pictures: Mapping[str, Picture] | None = None) -> Outline:
    """The draft as it stands, elements in reading order; without what was left out."""
    sections = tuple(
        OutlineSection(one.text, one.number, one.level, tuple(map(_outlined, one.passages)))
        for one in draft.sections
    )
    elements = tuple(_elements(draft))
    doubts = tuple(Doubt(one.code, one.excerpt, one.detail) for one in draft.doubts)
    used = {passage.picture for one in sections for passage in one.passages}
    kept = {key: one for key, one in (pictures or {}).items() if key in used}
    return Outline(draft.title, sections, elements, doubts, kept)


def _outlined(one: DraftPassage) -> OutlinePassage:
    return OutlinePassage(
        one.kind,
        one.text,
        one.level,
        one.number,
        restored(one.marks),
        one.caption,
        one.picture,
        one.language,
    )


def _elements(draft: Draft) -> list[OutlineElement]:
    found: list[tuple[DraftElement, Place, int, int | None]] = []
    for at, section in enumerate(draft.sections):
        found += [(one, section, at, None) for one in _in_order(section)]
        for number, passage in enumerate(section.passages):
            found += [(one, passage, at, number) for one in _in_order(passage)]
    index = {one.key: count for count, (one, *_where) in enumerate(found)}
    return [
        OutlineElement(
            one.kind,
            words_of(place, one),
            at,
            number,
            one.start,
            one.end,
            None if one.parent is None else index.get(one.parent),
            one.certainty,
        )
        for one, place, at, number in found
    ]


def _in_order(place: Place) -> list[DraftElement]:
    return sorted(place.elements, key=lambda one: one.start)


def as_data(draft: Draft) -> Data:
    """Plain data for JSON; what has its usual value is left out."""
    return {
        "title": draft.title,
        "sections": [_section_data(one) for one in draft.sections],
        "doubts": [_without_usual(_row(one), {}) for one in draft.doubts],
        "left_out": [
            {"passage": _passage_data(one.passage), "section": one.section, "after": one.after}
            for one in draft.left_out
        ],
        "pictures": draft.pictures,
        "next_key": draft.next_key,
        "corrections": draft.corrections,
    }


_USUAL: Data = {"level": 0, "kind": "paragraph"}


def _row(one: Any) -> Data:
    return {name: getattr(one, name) for name in one.__slots__}


def _without_usual(row: Data, usual: Data) -> Data:
    return {
        name: value
        for name, value in row.items()
        if value not in ("", None, False, []) and usual.get(name, row) != value
    }


def _passage_data(one: DraftPassage) -> Data:
    row = _without_usual(_row(one), _USUAL)
    return row | {"elements": list(map(_element_data, one.elements))} if one.elements else row


def _section_data(one: DraftSection) -> Data:
    return {
        "key": one.key,
        "text": one.text,
        "number": one.number,
        "level": one.level,
        "elements": list(map(_element_data, one.elements)),
        "passages": list(map(_passage_data, one.passages)),
    }


def _element_data(one: DraftElement) -> Data:
    row: Data = {"key": one.key, "kind": one.kind, "start": one.start, "end": one.end}
    row["certainty"] = one.certainty
    row |= {} if one.parent is None else {"parent": one.parent}
    return row | ({"title": one.title} if one.title else {})


def from_data(data: Data) -> Draft:
    """The draft of such data. Raises KeyError, TypeError or ValueError when it is none."""
    return Draft(
        data["title"],
        [_section_from(row) for row in data["sections"]],
        [DraftDoubt(**row) for row in data["doubts"]],
        [
            LeftOut(_passage_from(row["passage"]), row["section"], row["after"])
            for row in data["left_out"]
        ],
        dict(data["pictures"]),
        data["next_key"],
        data["corrections"],
    )


def _section_from(row: Data) -> DraftSection:
    return DraftSection(
        row["key"],
        row["text"],
        row["number"],
        row["level"],
        [DraftElement(**one) for one in row["elements"]],
        [_passage_from(one) for one in row["passages"]],
    )


def _passage_from(row: Data) -> DraftPassage:
    get = row.get
    return DraftPassage(
        row["key"],
        get("kind", "paragraph"),
        get("text", ""),
        get("level", 0),
        get("number", ""),
        get("marks", []),
        get("caption", ""),
        get("picture", ""),
        get("language", ""),
        [DraftElement(**one) for one in get("elements", ())],
    )
