from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "richtschnur.evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from richtschnur.evaluation import rules as rules
        from richtschnur.evaluation.operations import take_in
        from richtschnur.journal.operations import react

        react("contributions.submit_contribution", take_in)
