"""Final notices: everyone who said something is told all answers, once.

The act writes down who is to be told; the worker sends the mails, one transaction each, so that
it can be stopped at any moment and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Notice
from richtschnur.evaluation.operations.final_notice import final_notice, language_to
from richtschnur.evaluation.queries import letters_of, to_tell
from richtschnur.evaluation.states import NoticeChannel
from richtschnur.journal.actors import SYSTEM, Actor
from richtschnur.journal.operations import record, record_each
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import queue_message

AT_A_TIME = 500
MAILS_A_TURN = 200


@transaction.atomic
def send_notices(*, consultation: Consultation, by: Actor, at: datetime) -> int:
    """Put down everyone whose points are all answered and who was not told yet; says how many.

    Who left an address gets a mail, everyone else a letter. Raises Refused when there is nobody.
    """
    require(by, "evaluation.notify")
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    made = dict.fromkeys(NoticeChannel, 0)
    waiting: Iterator[Contribution] = to_tell(consultation).iterator(chunk_size=AT_A_TIME)
    while chunk := list(islice(waiting, AT_A_TIME)):
        notices = [Notice(contribution=row, channel=_channel(row), made_at=at) for row in chunk]
        Notice.objects.bulk_create(notices)
        for notice in notices:
            made[NoticeChannel(notice.channel)] += 1
    if not any(made.values()):
        raise Refused(
            _("There is nobody to be told: either all were told, or answers are still missing."),
            code="nobody",
        )
    counts = {str(channel): number for channel, number in made.items()}
    record(act="evaluation.send_notices", subject=f"consultation:{consultation.pk}", by=by, at=at,
           data=counts)  # fmt: skip
    return sum(made.values())


def tell_some(*, at: datetime, limit: int = MAILS_A_TURN) -> int:
    """Queue the mails of some who wait for one; says of how many."""
    waiting = Notice.objects.filter(channel=NoticeChannel.MAIL, replied_at__isnull=True)
    return sum(
        _tell(pk, at) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
    )


@transaction.atomic
def _tell(pk: int, at: datetime) -> int:
    rows = Notice.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.select_related("contribution__sender", "contribution__consultation__strategy")
    notice = rows.filter(pk=pk, replied_at__isnull=True).first()
    if notice is None:
        return 0
    contribution = notice.contribution
    address = contribution.sender.email
    if not address:  # given and taken back since
        notice.channel = NoticeChannel.LETTER
        notice.save(update_fields=["channel"])
        return 0
    with override(language_to(contribution)):
        said = final_notice(contribution)
        queue_message(
            to=address, subject=said.subject, body=said.body, at=at,
            about=f"{contribution.subject}:notice",
        )  # fmt: skip
    notice.replied_at = at
    notice.save(update_fields=["replied_at"])
    record(act="evaluation.tell", subject=contribution.subject, by=SYSTEM, at=at)
    return 1


@transaction.atomic
def post_letters(*, consultation: Consultation, until: int, by: Actor, at: datetime) -> int:
    """Say that the letters up to this notice were posted; says how many. None may raise Refused."""
    require(by, "evaluation.notify")
    letters = letters_of(consultation, until=until)
    held = list(letters.select_for_update(of=("self",)))
    if not held:
        raise Refused(_("There is no letter left to be posted."), code="nobody")
    Notice.objects.filter(pk__in=[notice.pk for notice in held]).update(replied_at=at)
    about: list[tuple[str, dict[str, Any]]] = [(notice.contribution.subject, {}) for notice in held]
    record_each(act="evaluation.post_letters", by=by, at=at, about=about)
    return len(held)


def _channel(contribution: Contribution) -> NoticeChannel:
    return NoticeChannel.MAIL if contribution.sender.email else NoticeChannel.LETTER
