"""The public log: its files at lasting addresses, and the page that explains it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from richtschnur.accounts.middleware import public
from richtschnur.journal import keys
from richtschnur.journal.export import VERIFIER, history, verifier_text
from richtschnur.journal.queries import published, published_as, published_notes, tile
from richtschnur.journal.refusals import Refused
from richtschnur.journal.tiles import parse_path
from richtschnur.journal.witnesses import (
    LONGEST_ANSWER,
    named_witnesses,
    signed_by,
    take_cosignatures,
)
from richtschnur.ui.addresses import whole_address

TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
MINUTE, FOR_EVER = "public, max-age=60", "public, max-age=31536000, immutable"


@public
@require_safe
def log_page(request: Any) -> HttpResponse:
    """What the log is, how far it has come, and how everyone checks a receipt."""
    context = {
        "log": published(),
        "key": keys.signer().verifier,
        "address": whole_address(request, "/log/"),
        "witnesses": signed_by(named_witnesses()),
    }
    return render(request, "publishing/public/log.html", context)


@public
@require_safe
def log_door(request: HttpRequest) -> HttpResponse:
    """Who follows the log's address with a browser sees the page in the own language."""
    response = redirect("publishing:log")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@public
@require_safe
def log_file(request: HttpRequest, path: str) -> HttpResponse:
    """Key, checkpoints, verifier and tiles (C2SP tlog-tiles); no session, one or two questions."""
    if path.startswith("tile/"):
        return _tile(path.removeprefix("tile/"))
    if path == "key":
        return _said(keys.signer().verifier + "\n")
    if path == VERIFIER:
        return _said(verifier_text(), content_type="text/x-python; charset=utf-8")
    newest = published()
    if newest is None:
        raise Http404
    if path == "checkpoint":
        return _said(newest.cosigned)
    if path == "checkpoints":
        return _said(history(published_notes()))
    raise Http404


@public
@csrf_exempt  # a witness has no form; what counts is its signature
@require_POST
def cosignatures(request: Any) -> HttpResponse:
    """A witness brings a checkpoint with its line; only lines of named witnesses are kept."""
    if int(request.headers.get("content-length") or 0) > LONGEST_ANSWER:
        return _said("too long\n", status=413)
    note = request.body.decode("utf-8", "replace")
    text, gap, lines = note.rpartition("\n\n")
    found = published_as(f"{text}\n") if gap else None
    if found is None:
        return _said("this is no published checkpoint\n", status=404)
    try:
        taken = take_cosignatures(checkpoint=found, lines=lines, at=request.at)
    except Refused as refused:
        return _said(f"{refused}\n", status=422)
    if not taken:
        return _said("no line is by a witness that this log has named\n", status=403)
    return _said("taken\n", keep="no-store")


def _tile(path: str) -> HttpResponse:
    place, newest = parse_path(path), published()
    found = tile(*place, size=newest.size) if place is not None and newest is not None else None
    if found is None:
        raise Http404
    return _said(found, content_type=BYTES, keep=FOR_EVER)


def _said(
    content: str | bytes, *, content_type: str = TEXT, keep: str = MINUTE, status: int = 200
) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type, status=status)
    response["Cache-Control"] = keep
    response["Access-Control-Allow-Origin"] = "*"  # other people's checkers run elsewhere
    return response
