"""The public list of comments, its data for others to use, and the way there."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import visible_consultation
from richtschnur.consultation.states import Audience, Publication
from richtschnur.contributions.exports.open_data import (
    LICENCE,
    LICENCE_ADDRESS,
    file_address,
    rows_as,
)
from richtschnur.contributions.models import PublicComment, kind_in_words
from richtschnur.contributions.queries.public_list import (
    NEWEST,
    OLDEST,
    PASSAGE,
    Chosen,
    PublicCounts,
    chosen_in,
    public_counts,
    public_page,
    shown_name,
)
from richtschnur.contributions.states import Facet, speaker_kind
from richtschnur.county.queries import the_county
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.keeping import same_for_everyone

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
UNSAFE_IN_HTML = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def counts_of(request: Any, consultation: Consultation) -> PublicCounts:
    """What is published in a consultation; asked for once a request."""
    known: dict[int, PublicCounts] = request.__dict__.setdefault("_public_counts", {})
    if consultation.pk not in known:
        known[consultation.pk] = public_counts(consultation)
    return known[consultation.pk]


@public
@same_for_everyone
def published(request: Any, slug: str) -> HttpResponse:
    """Published comments, each with its answer: searched, narrowed, sorted, paged."""
    consultation = visible_consultation(request, slug)
    chosen = chosen_in(request.GET)
    counts = counts_of(request, consultation)
    page = public_page(consultation, chosen)
    context = {
        "consultation": consultation,
        "chosen": chosen,
        "counts": counts,
        "publishes": consultation.publication != Publication.NOT,
        "page": page,
        "rows": _shown(consultation, page.rows),
        "next_query": chosen.query(after=page.next_after),
        "first_query": chosen.query(after=None),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "paper_language": consultation.strategy.language,
        **_choices(chosen, counts),
    }
    if counts.total:
        context["county"] = county = the_county()
        context["description"] = _description(request, consultation, county.name)
    return render(request, "contributions/public/published.html", context)


@public
def open_data(request: Any, slug: str, format: str) -> StreamingHttpResponse:
    """All published comments as one stream, made while it is sent."""
    consultation = visible_consultation(request, slug)
    if format not in FORMATS or consultation.publication == Publication.NOT:
        raise Http404
    pieces = rows_as(format, consultation, file_address(request, consultation))
    response = StreamingHttpResponse(pieces, content_type=FORMATS[format])
    name = f"{consultation.slug}-contributions.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = f'<{LICENCE_ADDRESS}>; rel="license"'
    return response


def published_link(request: Any, consultation: Consultation) -> str:
    """Fills "consultation.top": the way to what others wrote, as soon as something is out."""
    total = counts_of(request, consultation).total
    if not total:
        return ""
    context = {"consultation": consultation, "total": total}
    return render_to_string("contributions/public/_published_link.html", context, request)


def _shown(consultation: Consultation, rows: list[PublicComment]) -> list[dict[str, Any]]:
    """Rows for the page; the slot is given all that stand beside one, to ask only once."""
    beside = [each.pk for each in rows]
    return [
        {
            "row": row,
            "name": shown_name(row, consultation),
            "speaker": speaker_kind(row.kind),
            "files": [file | {"kind": kind_in_words(file["kind"])} for file in row.files],
            "slot": {"comment": row.pk, "beside": beside},
        }
        for row in rows
    ]


def _choices(chosen: Chosen, counts: PublicCounts) -> dict[str, Any]:
    names = dict(settings.LANGUAGES)
    answered = {row.value: row.count for row in counts.of(Facet.ANSWERED)}
    return {
        "kinds": [(r.value, speaker_kind(r.value), r.count) for r in counts.of(Facet.KIND)],
        "spoken": [
            (r.value, names.get(r.value, r.value), r.count)
            for r in counts.of(Facet.LANGUAGE)
            if r.value
        ],
        "sections": [(int(r.value), r.label, r.count) for r in counts.of(Facet.SECTION) if r.value],
        "answers": [
            ("yes", _("answered"), answered.get("True", 0)),
            ("no", _("not yet answered"), answered.get("False", 0)),
        ],
        "sorts": [
            (NEWEST, _("newest first")),
            (OLDEST, _("oldest first")),
            (PASSAGE, _("as in the paper")),
        ],
    }


def _description(request: Any, consultation: Consultation, county: str) -> SafeString | str:
    """The data set in the words of DCAT, for machines; nothing for what is not public."""
    if consultation.audience != Audience.PUBLIC:
        return ""

    def address(name: str, *args: str) -> str:
        return whole_address(request, reverse(f"contributions:{name}", args=args))

    slug = consultation.slug
    described = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Dataset",
        "@id": address("published", slug),
        "dct:title": _("Contributions to “%(title)s”") % {"title": consultation.title},
        "dct:publisher": {"@type": "dct:Agent", "dct:title": county},
        "dct:license": {"@id": LICENCE_ADDRESS},
        "dct:issued": consultation.opens_at.date().isoformat(),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": address("open_data", slug, format)},
                "dcat:mediaType": media.partition(";")[0],
                "dct:license": {"@id": LICENCE_ADDRESS},
            }
            for format, media in FORMATS.items()
        ],
    }
    return mark_safe(json.dumps(described, ensure_ascii=False).translate(UNSAFE_IN_HTML))  # noqa: S308
