from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    name = "richtschnur.contributions"
    verbose_name = _("Contributions")

    def ready(self) -> None:
        from richtschnur.contributions import rules as rules
        from richtschnur.contributions.operations import forget_copies
        from richtschnur.contributions.views import erasing, public, results, staff
        from richtschnur.contributions.views.public import published
        from richtschnur.journal.operations import react
        from richtschnur.ui.slots import fill

        react("contributions.erase_contribution", forget_copies)
        fill("consultation.top", public.basket_bar)
        fill("consultation.passage", public.questions_link, order=40)
        fill("consultation.top", published.published_link, order=60)
        fill("consultation.passage", public.comment_link)
        fill("consultation.office_answers", public.office_answers)
        fill("consultation.office_sent", public.office_sent)
        fill("consultation.invitation", staff.invitation_answers)
        fill("contributions.original", erasing.erasure_notice, order=90)
        fill("consultation.results", results.results_link)
        fill("consultation.questions", results.staff_link)
        fill("consultation.manage", staff.manage_links, order=10)
