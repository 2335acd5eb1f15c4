"""Opening and closing consultations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations.questions import NewQuestion, put_questions
from richtschnur.consultation.rules import check_period
from richtschnur.consultation.states import Audience, Phase, Publication
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.operations import freeze_edition, publish_edition
from richtschnur.strategy.states import EditionState


@transaction.atomic
def open_consultation(
    *,
    on: Edition | Strategy,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    at: datetime,
    audience: str = Audience.INTERNAL,
    publication: str = Publication.NOT,
    title: str = "",
    introduction: str = "",
    answers_by_on: date | None = None,
    frozen_as: EditionState = EditionState.CONSULTED,
    questions: Sequence[NewQuestion] = (),
    follows: Consultation | None = None,
) -> Consultation:
    """Freeze the edition, publish it when everyone is asked, and open it for the period.

    A working edition becomes `frozen_as`; one that is frozen must be that already. `questions`
    are asked beside it, `follows` is the round before. Raises Refused when the period is empty,
    the edition is of another state, or a question can't be answered.
    """
    require(by, "consultation.open")
    check_period(opens_at, closes_at)
    edition = on if isinstance(on, Edition) else None
    strategy = on.strategy if isinstance(on, Edition) else on
    Strategy.objects.select_for_update().get(pk=strategy.pk)  # one new consultation at a time
    if edition is not None:
        _check_not_repeated(edition, audience, opens_at, closes_at)
        edition = _frozen(edition, frozen_as, by, at)
        if audience == Audience.PUBLIC:
            edition = publish_edition(edition=edition, by=by, at=at)
    consultation = Consultation.objects.create(
        slug=_free_slug(strategy, opens_at),
        strategy=strategy,
        edition=edition,
        title=title or (edition.title if edition else strategy.title),
        introduction=introduction,
        audience=audience,
        publication=publication,
        opens_at=opens_at,
        closes_at=closes_at,
        answers_by_on=answers_by_on,
        follows=follows,
        created_at=at,
    )
    put_questions(consultation, questions)
    if opens_at <= at:
        consultation.questions_sealed_at = at
        consultation.save(update_fields=["questions_sealed_at"])
    data: dict[str, Any] = {
        "from": opens_at.isoformat(),
        "until": closes_at.isoformat(),
        "audience": audience,
    }
    if questions:
        data |= {"questions": len(questions)}
    if edition is not None:
        data |= {"edition": edition.ref, "checksum": edition.checksum}
    _record(consultation, "consultation.open_consultation", by, at, data)
    return consultation


def _check_not_repeated(
    edition: Edition, audience: str, opens_at: datetime, closes_at: datetime
) -> None:
    """A second click on “open” must not open the same thing twice."""
    same = Consultation.objects.filter(edition=edition, audience=audience)
    if same.filter(opens_at=opens_at, closes_at=closes_at).exists():
        raise Refused(_("This very consultation was opened already."), code="repeated")


def _frozen(edition: Edition, state: EditionState, by: Actor, at: datetime) -> Edition:
    if edition.is_working:
        return freeze_edition(edition=edition, state=state, by=by, at=at)
    if edition.state != state:
        raise Refused(
            _("This edition is “%(state)s”. Please start the next edition and consult on that.")
            % {"state": edition.get_state_display()},
            code="transition",
        )
    return edition


def _free_slug(strategy: Strategy, opens_at: datetime) -> str:
    base = f"{strategy.slug}-{opens_at.year}"
    slug, count = base, 1
    while Consultation.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    return slug


@transaction.atomic
def close_consultation(*, consultation: Consultation, by: Actor, at: datetime) -> Consultation:
    """Close it now, before its deadline. Raises Refused when it is closed already."""
    require(by, "consultation.open")
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.phase(at) == Phase.CLOSED:
        raise Refused(_("This consultation is closed already."), code="closed")
    consultation.closed_at = at
    consultation.save(update_fields=["closed_at"])
    _record(consultation, "consultation.close_consultation", by, at, {})
    return consultation


def _record(
    consultation: Consultation, act: str, by: Actor, at: datetime, data: dict[str, Any]
) -> None:
    record(act=act, subject=f"consultation:{consultation.slug}", by=by, at=at, data=data)
