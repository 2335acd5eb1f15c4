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
    return made_secret(b"invitation:" + invitation.nonce.encode())


def colleague_secret_of(invitation: Invitation) -> str:
    """The secret of the address for colleagues, who write along and don't send."""
    return made_secret(b"invitation:colleague:" + invitation.nonce.encode())


def shared_basket_secret(invitation: Invitation) -> str:
    """By which all of one office find the same contribution in progress; in no address."""
    return made_secret(f"invitation:basket:{invitation.pk}".encode())


def made_secret(words: bytes) -> str:
    """A secret that the installation's key makes of these words; they begin with their purpose."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, words, hashlib.sha256).hexdigest()[:SECRET_SIGNS]


def renew_secret(invitation: Invitation) -> None:
    """Give it other secrets (not saved); the addresses of before lead nowhere any more."""
    invitation.nonce = new_nonce()
    invitation.secret_digest = digest(secret_of(invitation))
    invitation.colleague_digest = digest(colleague_secret_of(invitation))


def personal_address(language: str) -> str:
    """The whole address with "{secret}" in it; "" where the installation has no public one."""
    if not settings.PUBLIC_URL:
        return ""
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(spoken):
        path = reverse("consultation:office", args=["SECRET"]).replace("SECRET", "{secret}")
    return f"{settings.PUBLIC_URL}{path}"
