"""`consultation open` and `consultation close`."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from richtschnur.consultation.operations import (
    close_consultation,
    extend_deadline,
    open_consultation,
    personal_address,
)
from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.consultation.states import Audience
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.queries import edition_by_ref
from richtschnur.ui import clock
from richtschnur.ui.commands import Command, moment


def open_one(args: argparse.Namespace) -> dict[str, Any]:
    """Freeze what is named and open it."""
    consultation = open_consultation(
        on=_named(args.on),
        opens_at=moment(args.opens),
        closes_at=moment(args.until, end_of_day=True),
        audience=args.audience,
        by=CLI,
        at=clock.now(),
    )
    with translation.override(consultation.strategy.language):
        if consultation.audience == Audience.INVITED:
            path = reverse("consultation:invitation", args=[consultation.slug, consultation.key])
        else:
            path = reverse("consultation:read", args=[consultation.slug])
    base = settings.PUBLIC_URL or "http://127.0.0.1:8000"
    return {"consultation": consultation.slug, "url": base + path}


def _named(ref: str) -> Edition | Strategy:
    strategy = Strategy.objects.filter(slug=ref).first()
    if strategy is not None:
        return strategy
    if "." not in ref:
        raise Refused(_("There is no edition or paper “%(ref)s”.") % {"ref": ref})
    return edition_by_ref(ref)


def close_one(args: argparse.Namespace) -> dict[str, Any]:
    """Close it now."""
    consultation = consultation_by_slug(args.consultation)
    close_consultation(consultation=consultation, by=CLI, at=clock.now())
    return {"consultation": consultation.slug}


def extend_one(args: argparse.Namespace) -> dict[str, Any]:
    """Move the deadline to a later moment, with the reason that everyone reads."""
    consultation = consultation_by_slug(args.consultation)
    extension = extend_deadline(
        consultation=consultation,
        closes_at=moment(args.until, end_of_day=True),
        reason=args.reason,
        address=personal_address(consultation.strategy.language),
        by=CLI,
        at=clock.now(),
    )
    return {"consultation": consultation.slug, "until": extension.to_at.isoformat()}


def _extend_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("consultation", metavar="CONSULTATION")
    parser.add_argument("--until", metavar="DATETIME", required=True)
    parser.add_argument("--reason", metavar="TEXT", required=True)


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("on", metavar="EDITION|STRATEGY")
    parser.add_argument("--from", dest="opens", metavar="DATE", required=True)
    parser.add_argument("--until", metavar="DATETIME", required=True)
    parser.add_argument("--audience", choices=Audience.values, default=Audience.INTERNAL)


def _close_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("consultation", metavar="CONSULTATION")


COMMANDS: list[Command] = [
    Command(
        "consultation open",
        "freeze an edition and open it for contributions; a paper without one gathers ideas",
        open_one,
        _open_arguments,
        lambda result: result["url"],
    ),
    Command(
        "consultation extend",
        "move a deadline to a later moment, with its public reason",
        extend_one,
        _extend_arguments,
        lambda result: result["until"],
    ),
    Command(
        "consultation close",
        "close a consultation now",
        close_one,
        _close_arguments,
        lambda result: result["consultation"],
    ),
]
