"""What `bench pages` prepares and counts in a process that works on one installation."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from richtschnur.bench.intake_steps import opened
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.ui.languages import LANGUAGES


def prepared(seed: int) -> dict[str, Any]:
    """An open consultation that publishes: {page, list, cookie, pages: {language: address}}."""
    consultation = opened(seed)
    Consultation.objects.filter(pk=consultation.pk).update(publication=Publication.ANONYMISED)
    pages = {}
    for language in LANGUAGES:
        with override(language.code):
            pages[language.code] = reverse("consultation:read", args=[consultation.slug])
    return {
        "page": reverse("consultation:read", args=[consultation.slug]),
        "list": reverse("contributions:published", args=[consultation.slug]),
        "cookie": f"richtschnur_basket_{consultation.pk}=none",
        "pages": pages,
    }


def queries(path: str) -> int:
    """How many questions a page asks the database, made anew for a reader without cookies."""
    client = Client(HTTP_HOST="localhost")
    client.get(path)  # what a process asks once only
    client = Client(HTTP_HOST="localhost")
    client.cookies["richtschnur_basket_1"] = "none"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len(asked)
