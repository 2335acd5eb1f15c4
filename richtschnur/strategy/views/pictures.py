"""Pictures of editions, for whoever may read the edition."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest

from richtschnur.accounts.middleware import public
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.files.models import StoredFile
from richtschnur.strategy.models import Edition
from richtschnur.strategy.rules import is_readable

# What browsers show as a picture; a drawing can't run anything under its own policy below.
SHOWN = frozenset(["image/png", "image/jpeg", "image/gif", "image/svg+xml"])
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
A_YEAR = 31_536_000
LARGEST_KEY = 2**63 - 1  # databases break over more


def _is_shown(request: HttpRequest, editions: QuerySet[Edition]) -> bool:
    if may(actor_of(request), "strategy.read_any"):
        return editions.exists()
    return any(is_readable(request, edition) for edition in editions)


@public
def picture(request: HttpRequest, file: int) -> FileResponse:
    """A picture's file by its number: it never changes, so a browser may keep it."""
    if file > LARGEST_KEY:
        raise Http404
    editions = Edition.objects.filter(passages__picture_id=file).distinct()
    is_public = editions.filter(published_at__isnull=False).exists()
    if not is_public and not _is_shown(request, editions):
        raise Http404
    found = StoredFile.objects.filter(pk=file, media_type__in=SHOWN).first()
    if found is None or not found.path.is_file():
        raise Http404
    response = FileResponse(found.path.open("rb"), content_type=found.media_type)
    keeps = "public" if is_public else "private"
    response["Cache-Control"] = f"{keeps}, max-age={A_YEAR}, immutable"
    response["Content-Security-Policy"] = NOTHING_RUNS
    return response
