"""The secret of a personal address: made from the installation's key, known to its mail alone."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from richtschnur.consultation.models import Invitation, digest, new_nonce

SECRET_SIGNS = 48
"""192 bits in hexadecimal signs."""


def secret_of(invitation: Invitation) -> str:
    """The secret of this invitation's address, for the next mail or letter."""
    key = settings.SECRET_KEY.encode()
    made = hmac.new(key, b"invitation:" + invitation.nonce.encode(), hashlib.sha256)
    return made.hexdigest()[:SECRET_SIGNS]


def renew_secret(invitation: Invitation) -> None:
    """Give it another secret (not saved); the address of before leads nowhere any more."""
    invitation.nonce = new_nonce()
    invitation.secret_digest = digest(secret_of(invitation))


def personal_address(language: str) -> str:
    """The whole address with "{secret}" in it; "" where the installation has no public one."""
    if not settings.PUBLIC_URL:
        return ""
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(spoken):
        path = reverse("consultation:office", args=["SECRET"]).replace("SECRET", "{secret}")
    return f"{settings.PUBLIC_URL}{path}"
