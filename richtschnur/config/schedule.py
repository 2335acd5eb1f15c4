"""What the background worker does, and how often."""

from __future__ import annotations

from datetime import datetime, timedelta

from richtschnur.consultation.jobs import remind
from richtschnur.consultation.operations import seal_questions, work_off_question_orders
from richtschnur.contributions.jobs import fetch_mails
from richtschnur.contributions.operations import (
    erase_mails_aside,
    forget_old_baskets,
    scan_waiting,
    sweep_files,
)
from richtschnur.evaluation.jobs import (
    compare_points,
    index_new_points,
    send_answers,
    sort_topics,
    sum_up_topics,
    tally_many_points,
)
from richtschnur.evaluation.jobs import remind as remind_of_points
from richtschnur.evaluation.operations import carry_on
from richtschnur.jobs.worker import Job
from richtschnur.journal.log import integrate
from richtschnur.journal.operations import seal_pending
from richtschnur.journal.witnesses import ask_witnesses
from richtschnur.mail.operations import deliver_waiting
from richtschnur.strategy.exports import sweep_exports
from richtschnur.strategy.operations import index_stale, sweep_previews
from richtschnur.strategy.operations.translating import work_off_orders


def _seal(*, at: datetime) -> int:
    return seal_pending()


def schedule() -> list[Job]:
    """A fresh schedule for one worker."""
    return [
        Job("journal.seal", _seal, timedelta(seconds=1)),
        Job("journal.integrate", integrate, timedelta(seconds=1)),
        Job("journal.ask_witnesses", ask_witnesses, timedelta(minutes=10), aside=True),
        Job("mail.deliver", deliver_waiting, timedelta(seconds=5)),
        Job("consultation.remind", remind, timedelta(hours=1)),
        Job("consultation.seal_questions", seal_questions, timedelta(seconds=20)),
        Job("strategy.sweep_exports", sweep_exports, timedelta(hours=1)),
        Job("contributions.forget_old_baskets", forget_old_baskets, timedelta(hours=1)),
        Job("contributions.sweep_files", sweep_files, timedelta(hours=6)),
        Job("contributions.erase_mails_aside", erase_mails_aside, timedelta(hours=1)),
        Job("contributions.scan_waiting", scan_waiting, timedelta(minutes=2), aside=True),
        Job("contributions.fetch_mails", fetch_mails, timedelta(minutes=1), aside=True),
        Job("strategy.index_stale", index_stale, timedelta(seconds=20)),
        Job("strategy.work_off_orders", work_off_orders, timedelta(seconds=2), aside=True),
        Job("consultation.work_off", work_off_question_orders, timedelta(seconds=2), aside=True),
        Job("strategy.sweep_previews", sweep_previews, timedelta(hours=6)),
        Job("evaluation.carry_on", carry_on, timedelta(seconds=2), aside=True),
        Job("evaluation.remind", remind_of_points, timedelta(hours=1)),
        Job("evaluation.index_new_points", index_new_points, timedelta(seconds=30), aside=True),
        Job("evaluation.tally_many_points", tally_many_points, timedelta(minutes=5), aside=True),
        Job("evaluation.compare_points", compare_points, timedelta(minutes=2), aside=True),
        Job("evaluation.send_answers", send_answers, timedelta(seconds=5)),
        Job("evaluation.suggest_topics", sort_topics, timedelta(seconds=5), aside=True),
        Job("evaluation.sum_up_topics", sum_up_topics, timedelta(seconds=5), aside=True),
    ]
