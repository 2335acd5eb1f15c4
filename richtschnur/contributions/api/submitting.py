"""Submitting by a program: the operation and the rules of the form, and no other."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.api.answering import (
    Invalid,
    body_of,
    endpoint,
    error,
    receipt_address,
    reply,
)
from richtschnur.contributions.api.reading import consultation_named
from richtschnur.contributions.forms.public import CommentForm, SenderForm
from richtschnur.contributions.operations import NewComment, Person, submit_contribution
from richtschnur.journal.actors import VISITOR
from richtschnur.ui.limits import WAIT, confirmation, must_confirm

KEYS = frozenset(["kind", "comments", "name", "organisation", "email", "consents"])
SHORTEST_KEY, LONGEST_KEY = 16, 200
MOST_COMMENTS = 500


@endpoint("POST")
def contributions(request: Any, slug: str) -> HttpResponse:
    """Send one contribution; 201 with the receipt, and 200 for a repeat."""
    consultation = consultation_named(slug)
    key = _key(request, consultation)
    given = body_of(request)
    comments = _comments(consultation, given)
    form = _sender(consultation, given)
    confirmed = request.headers.get("Confirmation", "")
    if must_confirm(request, key, confirmed):
        said = _("Very much is being sent from where you are. Please send it again in a moment.")
        token = confirmation(request, key, confirmed)
        return error(429, "again", said, {"Retry-After": str(WAIT)}, confirmation=token)
    words = json.dumps(given, sort_keys=True).encode()
    sent = submit_contribution(
        consultation=consultation,
        comments=comments,
        kind=form.cleaned_data["kind"],
        idempotency_key=f"{key}:{hashlib.sha256(words).hexdigest()}",
        by=VISITOR,
        at=request.at,
        person=Person(*(form.cleaned_data[name] for name in ("name", "organisation", "email"))),
        consents=form.consents,
        receipt_address=receipt_address(request, "{secret}"),
    )
    content = {
        "number": sent.contribution.number,
        "secret": sent.secret,
        "commitment": sent.contribution.commitment,
        "address": receipt_address(request, sent.secret),
    }
    response = reply(content, 201 if sent.is_new else 200)
    response["Cache-Control"] = "no-store, private"
    return response


def _key(request: Any, consultation: Consultation) -> str:
    """The key belongs to one content: another one with it is another contribution."""
    given = request.headers.get("Idempotency-Key", "")
    if not (SHORTEST_KEY <= len(given) <= LONGEST_KEY and given.isascii() and given.isprintable()):
        said = _("Please send a header Idempotency-Key of 16 to 200 random letters or digits.")
        raise Invalid({"Idempotency-Key": [said]})
    return f"api:{consultation.slug}:{given}"


def _comments(consultation: Consultation, given: dict[str, Any]) -> list[NewComment]:
    """The comments, each by the rules of the form. Raises Invalid."""
    unknown = sorted(map(str, given.keys() - KEYS))
    if unknown:
        raise Invalid({name: [_("This field is not known here.")] for name in unknown[:20]})
    rows = given.get("comments")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_COMMENTS:
        raise Invalid({"comments": [_("There is no comment yet. Please write at least one.")]})
    edition = consultation.edition
    passages = {p.number: p for p in edition.passages.all()} if edition else {}
    made, wrong = [], {}
    for place, row in enumerate(rows):
        text, number = _parts(row)
        form = CommentForm({"text": text})
        if not form.is_valid():
            wrong[f"comments.{place}.text"] = [str(e) for e in form.errors["text"]]
        elif number is not None and number not in passages:
            said = _("There is no passage “%(passage)s”.") % {"passage": str(number)[:40]}
            wrong[f"comments.{place}.passage"] = [said]
        else:
            made.append(NewComment(form.cleaned_data["text"], passages.get(number)))
    if wrong:
        raise Invalid(wrong)
    return made


def _parts(row: Any) -> tuple[str, Any]:
    """Text and passage of one comment; what is of another kind counts as missing."""
    row = row if isinstance(row, dict) else {}
    text, number = row.get("text"), row.get("passage")
    is_number = number is None or (isinstance(number, int) and not isinstance(number, bool))
    return text if isinstance(text, str) else "", number if is_number else -1


def _sender(consultation: Consultation, given: dict[str, Any]) -> SenderForm:
    consents = given.get("consents", [])
    data = {name: given.get(name) or "" for name in ("kind", "name", "organisation", "email")}
    wrong = {n: [_("Please send text here.")] for n, v in data.items() if not isinstance(v, str)}
    offered = SenderForm(publishes_names=_publishes_names(consultation))
    known = {box.name for box in offered.boxes}
    if not isinstance(consents, list) or any(each not in known for each in map(str, consents)):
        wrong["consents"] = [
            _("Possible here: %(consents)s.") % {"consents": ", ".join(sorted(known))}
        ]
    if wrong:
        raise Invalid(wrong)
    ticked = {str(each): "on" for each in consents}
    form = SenderForm(data | ticked, publishes_names=_publishes_names(consultation))
    if not form.is_valid():
        raise Invalid({name: [str(e) for e in found] for name, found in form.errors.items()})
    return form


def _publishes_names(consultation: Consultation) -> bool:
    return consultation.publication == Publication.NAMES_BY_CONSENT
