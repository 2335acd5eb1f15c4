"""What the machine takes for alike: shown with its reasons, taken over or declined."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.models import Likeness
from richtschnur.evaluation.queries import compared_at, open_likenesses, open_orders, proposals
from richtschnur.evaluation.views.context import desk_of, said_of

PER_PAGE = 10


@requires("evaluation.sort")
def alike(request: Any, slug: str) -> HttpResponse:
    """The proposals, the largest first."""
    desk = desk_of(request, slug)
    page = Paginator(open_likenesses(desk.consultation), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": desk.consultation,
        "may_carry_out": True,
        "may_keep_boilerplates": True,
        "page": page,
        "proposals": proposals(list(page.object_list)),
        "orders": open_orders(desk.consultation),
        "compared_at": compared_at(desk.consultation),
        "query": "",
    }
    return render(request, "evaluation/staff/alike.html", context)


@require_POST
@requires("evaluation.sort")
def decide(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take a proposal over, or decline it."""
    desk = desk_of(request, slug)
    likeness = get_object_or_404(Likeness, pk=pk, consultation=desk.consultation)
    if request.POST.get("verdict") == "declined":
        operations.decline_likeness(likeness=likeness, by=desk.actor, at=request.at)
        messages.success(request, _("These points are not proposed together again."))
    else:
        order = operations.group_all(likeness=likeness, by=desk.actor, at=request.at)
        said = ngettext(
            "%(n)d point is one group now and is answered as one.",
            "%(n)d points are one group now and are answered as one.",
            likeness.size,
        )
        messages.success(request, said_of(order, said % {"n": likeness.size}))
    return HttpResponseRedirect(desk.address("alike"))
