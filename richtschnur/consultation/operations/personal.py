"""The secret of a personal address: made from the installation's key, known to its mail alone."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

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
