"""An edition's life: frozen, published, adopted, repealed; and the next one begun."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Element, Passage, Section, Strategy
from richtschnur.strategy.queries.todo import pictures_without_text
from richtschnur.strategy.rules import check_transition
from richtschnur.strategy.states import EditionState


def checksum(edition: Edition) -> str:
    """SHA-256 over the edition's canonical JSON: title, sections and passages in order.

    A passage without marks, caption, picture or language of its own counts as identity and text.
    """
    content: dict[str, Any] = {
        "title": edition.title,
        "sections": [[s.number, s.title] for s in edition.sections.order_by("position")],
        "passages": [
            _summed(p)
            for p in edition.passages.select_related("picture").order_by("position", "id")
        ],
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def _summed(passage: Passage) -> list[Any]:
    more = {
        "caption": passage.caption,
        "language": passage.language,
        "marks": passage.marks,
        "picture": passage.picture.sha256 if passage.picture else "",
    }
    shown = {name: value for name, value in more.items() if value}
    return [str(passage.identity), passage.text, *([shown] if shown else [])]


@transaction.atomic
def freeze_edition(*, edition: Edition, state: str, by: Actor, at: datetime) -> Edition:
    """Freeze a working edition in the given state; its passages are numbered for good."""
    require(by, "strategy.freeze")
    edition = _held(edition)
    if not edition.is_working:
        raise Refused(_("This edition is frozen already."), code="frozen")
    check_transition(edition, state)
    if not edition.passages.exists():
        raise Refused(_("This edition has no text yet. Please import or write it first."))
    _check_pictures(edition)
    if state == EditionState.ADOPTED:
        _repeal_adopted(edition.strategy, by, at)
    return _fixed(edition, state, "strategy.freeze_edition", by, at)


@transaction.atomic
def supersede_edition(*, edition: Edition, by: Actor, at: datetime) -> Edition:
    """Set a working edition aside because a newer draft of the paper came in; it stays readable."""
    require(by, "strategy.import")
    edition = _held(edition)
    check_transition(edition, EditionState.SUPERSEDED)
    return _fixed(edition, EditionState.SUPERSEDED, "strategy.supersede_edition", by, at)


def _fixed(edition: Edition, state: str, act: str, by: Actor, at: datetime) -> Edition:
    """From now on these words never change, nor the numbers of the passages."""
    _number_passages(edition)
    edition.checksum = checksum(edition)
    edition.state, edition.frozen_at = state, at
    edition.save(update_fields=["checksum", "state", "frozen_at"])
    _record(edition, act, by, at)
    return edition


def _check_pictures(edition: Edition) -> None:
    """Raise Refused naming the pictures that have no alternative text."""
    nameless = pictures_without_text(edition)
    if nameless:
        places = ", ".join(str(passage.number) for passage in nameless[:12])
        raise Refused(
            _(
                "Please first give each picture its alternative text. It is missing in passage"
                " %(n)s."
            )
            % {"n": places},
            code="picture-text",
        )


def _held(edition: Edition) -> Edition:
    """As it stands now, with its paper: one act on a paper's editions at a time."""
    Strategy.objects.select_for_update().get(pk=edition.strategy_id)
    rows = Edition.objects.select_for_update(of=("self",)).select_related("strategy")
    return rows.get(pk=edition.pk)


def _number_passages(edition: Edition) -> None:
    passages = list(edition.passages.order_by("position", "id"))
    for count, passage in enumerate(passages, start=1):
        passage.number, passage.position = count, count * 10
    Passage.objects.bulk_update(passages, ["number", "position"], batch_size=500)


@transaction.atomic
def move_edition(*, edition: Edition, state: str, by: Actor, at: datetime) -> Edition:
    """Move a frozen edition on: for decision -> adopted -> no longer in force."""
    require(by, "strategy.freeze")
    edition = _held(edition)
    check_transition(edition, state)
    if state == EditionState.ADOPTED:
        _repeal_adopted(edition.strategy, by, at)
    edition.state = state
    edition.save(update_fields=["state"])
    _record(edition, "strategy.move_edition", by, at)
    return edition


def _repeal_adopted(strategy: Strategy, by: Actor, at: datetime) -> None:
    for former in strategy.editions.filter(state=EditionState.ADOPTED):
        former.state = EditionState.REPEALED
        former.save(update_fields=["state"])
        _record(former, "strategy.move_edition", by, at)


@transaction.atomic
def publish_edition(*, edition: Edition, by: Actor, at: datetime) -> Edition:
    """Show a frozen edition to everyone."""
    require(by, "strategy.freeze")
    edition = _held(edition)
    if edition.is_working:
        raise Refused(_("Only a frozen edition can be published. Please freeze it first."))
    if edition.state == EditionState.SUPERSEDED:
        raise Refused(_("A newer draft has replaced this edition. Please publish that one."))
    if edition.published_at is None:
        edition.published_at = at
        edition.save(update_fields=["published_at"])
        _record(edition, "strategy.publish_edition", by, at)
    return edition


@transaction.atomic
def start_edition(*, predecessor: Edition, by: Actor, at: datetime, title: str = "") -> Edition:
    """Begin the next working edition: every passage carried over with its identity.

    Raises Refused when the paper has a working edition already.
    """
    require(by, "strategy.edit")
    strategy = Strategy.objects.select_for_update().get(pk=predecessor.strategy_id)
    working = strategy.editions.filter(state=EditionState.WORKING).first()
    if working is not None:
        raise Refused(
            _("There is a working edition already: no. %(number)s. Please go on with that one.")
            % {"number": working.number},
            code="working-exists",
        )
    last = strategy.editions.order_by("-number").first()
    assert last is not None
    edition = Edition.objects.create(
        strategy=strategy,
        number=last.number + 1,
        title=title or predecessor.title,
        predecessor=predecessor,
        created_at=at,
    )
    _carry_over(predecessor, edition)
    _record(edition, "strategy.start_edition", by, at)
    return edition


def _carry_over(old: Edition, new: Edition) -> None:
    sections: dict[int, Section] = {}
    for section in old.sections.order_by("position"):
        former = section.pk
        section.pk, section.edition = None, new
        section._state.adding = True
        sections[former] = section
    Section.objects.bulk_create(sections.values(), batch_size=500)
    passages: dict[int, Passage] = {}
    for passage in old.passages.order_by("position", "id"):
        former = passage.pk
        passage.pk, passage.edition = None, new
        passage.section = sections[passage.section_id]
        passages[former] = passage
    Passage.objects.bulk_create(passages.values(), batch_size=500)
    elements: dict[int, Element] = {}
    for element in old.elements.order_by("position"):
        former = element.pk
        element.pk, element.edition = None, new
        element.section = sections[element.section_id]
        element.passage = passages[element.passage_id] if element.passage_id else None
        elements[former] = element
    parents = {former: element.parent_id for former, element in elements.items()}
    for element in elements.values():
        element.parent = None
    Element.objects.bulk_create(elements.values(), batch_size=500)
    for former, parent in parents.items():
        if parent is not None:
            elements[former].parent = elements[parent]
    Element.objects.bulk_update(elements.values(), ["parent"], batch_size=500)


def _record(edition: Edition, act: str, by: Actor, at: datetime) -> None:
    record(
        act=act,
        subject=f"edition:{edition.ref}",
        by=by,
        at=at,
        data={"state": edition.state, "checksum": edition.checksum},
    )
