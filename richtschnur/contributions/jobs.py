"""What the worker does for this stage: fetching mails."""

from __future__ import annotations

import imaplib
import logging
from datetime import datetime

from django.conf import settings

from richtschnur.contributions.operations import keep_mail
from richtschnur.contributions.queries import read_until
from richtschnur.mail.fetching import Account, open_mailbox

log = logging.getLogger(__name__)


def fetch_mails(*, at: datetime) -> int:
    """Store what is new in the mailbox of the settings; says how many. Nothing without one."""
    account = Account.of(settings.MAIL_IN)
    if account is None:
        return 0
    name = f"{account.user}@{account.host}/{account.folder}"[:200]
    kept = 0
    try:
        with open_mailbox(account) as mailbox:
            for fetched in mailbox.after(read_until(name, mailbox.validity)):
                kept += keep_mail(fetched=fetched, account=name, at=at) is not None
                mailbox.mark_read(fetched.uid)
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("mails could not be fetched: %s", type(error).__name__)
    return kept
