"""What the worker does for the stage: reminding offices some days before a deadline."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from richtschnur.consultation.operations import remind_when_due


def remind(*, at: datetime) -> int:
    """Remind whoever has not answered; says how many."""
    return remind_when_due(at=at, address=_personal_address)


def _personal_address(language: str) -> str:
    """The whole address with "{secret}" in it; "" where the installation has no public one."""
    if not settings.PUBLIC_URL:
        return ""
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(spoken):
        path = reverse("consultation:office", args=["SECRET"]).replace("SECRET", "{secret}")
    return f"{settings.PUBLIC_URL}{path}"
