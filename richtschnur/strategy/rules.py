"""Who may do what to a strategy paper, and when it may be done."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import ADMINISTRATION, STAFF, STEERING, Row, declare, may
from richtschnur.journal.refusals import Refused
from richtschnur.journal.words import name_acts
from richtschnur.strategy.models import Edition
from richtschnur.strategy.states import TRANSITIONS, EditionState

declare(
    Row("strategy.read_any", STAFF, "read editions that are not published"),
    Row("strategy.import", ADMINISTRATION, "import a draft"),
    Row("strategy.edit", ADMINISTRATION, "change a working edition"),
    Row("strategy.remark", STAFF, "say something to colleagues about a passage"),
    Row("strategy.translate", STEERING, "write, check and discard translations of a paper"),
    Row("strategy.order_translation", ADMINISTRATION, "order drafts from a translating machine"),
    Row("strategy.freeze", ADMINISTRATION, "freeze, publish, adopt, repeal an edition"),
)


Reader = Callable[[HttpRequest, Edition], bool]
_readers: list[Reader] = []


def let_read(reader: Reader) -> None:
    """A later stage says who else may read an edition that is not published."""
    if reader not in _readers:
        _readers.append(reader)


def is_readable(request: HttpRequest, edition: Edition) -> bool:
    """Whether this request may read the edition: published, staff, or let in by a later stage."""
    if edition.is_published or may(actor_of(request), "strategy.read_any"):
        return True
    return any(reader(request, edition) for reader in _readers)


def check_working(edition: Edition, revision: int | None = None) -> None:
    """Raise Refused unless the edition is a working one, and still the one that was read."""
    if not edition.is_working:
        raise Refused(
            _("This edition is frozen and never changes. Please start the next edition."),
            code="frozen",
        )
    if revision is not None and revision != edition.revision:
        raise Refused(
            _(
                "Someone else has changed this edition since you opened it. Please compare your"
                " text with the present one and save again."
            ),
            code="stale",
        )


def check_transition(edition: Edition, state: str) -> None:
    """Raise Refused unless `state` may follow the edition's present state."""
    if state not in TRANSITIONS[EditionState(edition.state)]:
        raise Refused(
            _("An edition that is “%(old)s” can't become “%(new)s”. Please start the next edition.")
            % {"old": edition.get_state_display(), "new": EditionState(state).label},
            code="transition",
        )


name_acts(
    {
        "strategy.begin_paper": gettext_lazy("a paper without a text was begun"),
        "strategy.begin_preview": gettext_lazy("a draft was read, to be looked over"),
        "strategy.keep_preview": gettext_lazy("a draft was looked over and stored"),
        "strategy.drop_preview": gettext_lazy("a draft was thrown away"),
        "strategy.mark_element": gettext_lazy("words were marked as an element"),
        "strategy.unmark_element": gettext_lazy("an element was taken away"),
        "strategy.change_element": gettext_lazy("an element was changed"),
        "strategy.confirm_element": gettext_lazy("an element was confirmed"),
        "strategy.import_draft": gettext_lazy("a draft was imported"),
        "strategy.settle_doubt": gettext_lazy("a doubt was settled"),
        "strategy.confirm_descent": gettext_lazy("passages' origins were confirmed"),
        "strategy.reject_descent": gettext_lazy("passages were said to be different ones"),
        "strategy.link_passages": gettext_lazy("a passage's origin was named"),
        "strategy.declare_added": gettext_lazy("a passage was said to be new"),
        "strategy.explain_drop": gettext_lazy("dropped passages got a reason"),
        "strategy.change_passage": gettext_lazy("a passage was changed"),
        "strategy.add_passage": gettext_lazy("a passage was added"),
        "strategy.split_passage": gettext_lazy("a passage was split"),
        "strategy.drop_passage": gettext_lazy("a passage was dropped"),
        "strategy.join_passages": gettext_lazy("passages were joined"),
        "strategy.move_passage": gettext_lazy("a passage was moved"),
        "strategy.restore_version": gettext_lazy("former words were restored"),
        "strategy.add_section": gettext_lazy("a section was added"),
        "strategy.change_section": gettext_lazy("a heading was changed"),
        "strategy.move_section": gettext_lazy("a section was moved"),
        "strategy.drop_section": gettext_lazy("a section was dropped"),
        "strategy.write_remark": gettext_lazy("a remark was written"),
        "strategy.settle_remark": gettext_lazy("a remark was settled"),
        "strategy.supersede_edition": gettext_lazy("a newer draft replaced an edition"),
        "strategy.freeze_edition": gettext_lazy("an edition was frozen"),
        "strategy.move_edition": gettext_lazy("an edition moved on"),
        "strategy.publish_edition": gettext_lazy("an edition was published"),
        "strategy.start_edition": gettext_lazy("an edition was begun"),
    }
)
