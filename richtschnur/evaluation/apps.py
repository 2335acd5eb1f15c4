from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "richtschnur.evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from richtschnur.accounts.models import actor_of
        from richtschnur.accounts.rules import may
        from richtschnur.evaluation import rules as rules
        from richtschnur.evaluation.operations import (
            follow_publication,
            forget_aside,
            forget_words,
            let_go,
            take_in,
        )
        from richtschnur.evaluation.operations.following import DELEGATIONS
        from richtschnur.evaluation.views import knots, links
        from richtschnur.journal.operations import react
        from richtschnur.network.operations import refers_to_organizations
        from richtschnur.ui import slots

        react("contributions.submit_contribution", take_in)
        react("contributions.erase_contribution", let_go)
        react("contributions.erase_contribution", forget_aside)
        react("contributions.erase_contribution", forget_words)
        for act in ("publish", "withhold", "hold"):
            react(f"contributions.{act}_comment", follow_publication)
        refers_to_organizations(DELEGATIONS)
        slots.fill("receipt.standing", knots.receipt_standing)
        slots.fill("receipt.comment", knots.receipt_comment)
        slots.fill("contributions.public_comment", links.published_answer)
        slots.fill("strategy.passage", knots.passage_answers)
        slots.fill("consultation.closed", links.overview_link)
        slots.fill("consultation.closed", links.report_link, order=51)
        slots.fill("contributions.original", links.points_link)
        slots.fill("strategy.act", links.changes_link)
        slots.offer(
            slots.Destination(
                "staff",
                _("Answers"),
                "evaluation:consultations",
                40,
                lambda request: may(actor_of(request), "evaluation.read"),
            )
        )
