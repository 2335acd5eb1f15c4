"""Is this the same organisation? Names without legal form and spelling, addresses, numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from richtschnur.network.models import Entry, MatchKey, Organization

LEGAL_FORMS: Final = (
    ("e. V.", r"e\.?\s?v\.?|eingetragener\s+verein"),
    ("gGmbH", r"ggmbh|gemeinnützige\s+gmbh"),
    ("GmbH & Co. KG", r"gmbh\s*&\s*co\.?\s*kg"),
    ("gUG", r"gug(?:\s*\(haftungsbeschränkt\))?"),
    ("UG (haftungsbeschränkt)", r"ug(?:\s*\(haftungsbeschränkt\))?"),
    ("GmbH", r"gmbh"),
    ("KdöR", r"kdö?r|k\.\s?d\.\s?ö\.\s?r\.?|körperschaft\s+des\s+öffentlichen\s+rechts"),
    ("AöR", r"aö?r|anstalt\s+des\s+öffentlichen\s+rechts"),
    ("eG", r"eg|eingetragene\s+genossenschaft"),
    ("GbR", r"gbr"),
    ("AG", r"ag"),
)
_FORMS: Final = tuple(
    (form, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)\.?", re.IGNORECASE))
    for form, pattern in LEGAL_FORMS
)
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " und "})
# Everybody has a mailbox there, and many a page: their domain says nothing.
_MAILBOXES: Final = """
gmail.com googlemail.com gmx.de gmx.net web.de t-online.de freenet.de outlook.com outlook.de
hotmail.com hotmail.de yahoo.de yahoo.com icloud.com posteo.de mailbox.org aol.com arcor.de
proton.me protonmail.com online.de
"""
_PAGES: Final = """
facebook.com instagram.com youtube.com linkedin.com sites.google.com jimdosite.com linktr.ee x.com
twitter.com tiktok.com
"""
SHARED: Final = frozenset(_MAILBOXES.split())
SHARED_PAGES: Final = frozenset(_PAGES.split())
SHORTEST_PHONE: Final = 6
MOST_CANDIDATES: Final = 3


def plain(text: str) -> str:
    """Lower case, umlauts and accents undone, only letters, digits and single blanks."""
    folded = text.casefold().translate(_UMLAUTS)
    bare = (c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def legal_form_in(text: str) -> str:
    """The legal form that stands in a name or a cell, in its usual spelling, or ""."""
    return next((form for form, pattern in _FORMS if pattern.search(text)), "")


def without_legal_form(name: str) -> str:
    """The name as people say it."""
    for _form, pattern in _FORMS:
        name = pattern.sub(" ", name)
    return " ".join(name.split()).strip(" ,-–")


def name_key(name: str) -> str:
    """The name without legal form, case, umlauts, punctuation and order of words."""
    words = plain(without_legal_form(name)) or plain(name)
    return " ".join(sorted(words.split()))[:200]


def phone_digits(phone: str) -> str:
    """The digits of a number as it is dialled inside Germany."""
    digits = re.sub(r"\(0\)", "", phone)
    digits = re.sub(r"[^\d+]", "", digits)
    digits = re.sub(r"^(?:\+|00)49", "0", digits)
    return re.sub(r"\D", "", digits)


def site_of(address: str) -> str:
    """The host of a web address without "www.", with its path where many share the host."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if host in SHARED_PAGES:
        return f"{host}{parts.path.rstrip('/').lower()}" if parts.path.strip("/") else ""
    return host if "." in host else ""


def keys_of(entry: Entry) -> list[str]:
    """All keys by which an entry is known again, without repeats."""
    keys = [f"name:{name_key(entry.name)}", f"name:{plain(without_legal_form(entry.name))}"]
    keys.append("name:" + plain(without_legal_form(entry.name)).replace(" ", ""))
    for email in entry.emails:
        keys.append(f"mail:{email.lower()}")
        domain = email.rpartition("@")[2].lower().removeprefix("www.")
        if domain and domain not in SHARED:
            keys.append(f"site:{domain}")
    keys += [f"site:{site_of(page)}" for page in entry.websites]
    digits = (phone_digits(phone) for phone in entry.phones)
    keys += [f"tel:{number}" for number in digits if len(number) >= SHORTEST_PHONE]
    return [k[:220] for k in dict.fromkeys(keys) if not k.endswith(":")]


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be the same, with the kinds of keys that say so."""

    organization: Organization
    kinds: tuple[str, ...]

    @property
    def reasons(self) -> list[str]:
        """Why, in words."""
        words = {
            "name": _("the same name"),
            "mail": _("the same e-mail"),
            "site": _("the same web address"),
            "tel": _("the same phone number"),
        }
        return [words[kind] for kind in words if kind in self.kinds]


def alike(entries: Sequence[Entry], *, but: int | None = None) -> list[list[Candidate]]:
    """For each entry the organisations that are probably the same, the likeliest first.

    Two queries for any number of entries (one more for each 500 keys).
    """
    keys = [keys_of(entry) for entry in entries]
    holders: dict[str, list[int]] = {}
    for key, holder in _holders(dict.fromkeys(k for ks in keys for k in ks)):
        if holder != but:
            holders.setdefault(key, []).append(holder)
    wanted = {holder for found in holders.values() for holder in found}
    rows = {row.pk: row for row in _with_rows(wanted)}
    return [_candidates(ks, holders, rows) for ks in keys]


def _holders(keys: Iterable[str]) -> Iterable[tuple[str, int]]:
    asked = list(keys)
    for start in range(0, len(asked), 500):
        rows = MatchKey.objects.filter(key__in=asked[start : start + 500])
        rows = rows.filter(organization__archived_at__isnull=True)
        yield from rows.values_list("key", "organization")


def _with_rows(wanted: Iterable[int]) -> Iterable[Organization]:
    asked = sorted(wanted)
    for start in range(0, len(asked), 500):
        rows = Organization.objects.filter(pk__in=asked[start : start + 500])
        yield from rows.prefetch_related("facets", "contact_points")


def _candidates(
    keys: Iterable[str], holders: dict[str, list[int]], rows: dict[int, Organization]
) -> list[Candidate]:
    kinds: dict[int, dict[str, None]] = {}
    for key in keys:
        for holder in holders.get(key, ()):
            kinds.setdefault(holder, {})[key.partition(":")[0]] = None
    likeliest = sorted(kinds, key=lambda pk: (-len(kinds[pk]), "name" not in kinds[pk], pk))
    return [Candidate(rows[pk], tuple(kinds[pk])) for pk in likeliest[:MOST_CANDIDATES]]


def said_to_be(names: Iterable[str]) -> dict[str, Organization]:
    """name_key → the organisation that a person said rows of this name to be."""
    keys = {f"same:{name_key(name)}"[:220]: name_key(name) for name in names}
    asked = sorted(keys)
    found: dict[str, Organization] = {}
    for start in range(0, len(asked), 500):
        rows = MatchKey.objects.filter(key__in=asked[start : start + 500])
        rows = rows.filter(organization__archived_at__isnull=True).select_related("organization")
        for row in rows.prefetch_related("organization__facets", "organization__contact_points"):
            found[keys[row.key]] = row.organization
    return found


def by_identity(identities: Iterable[str]) -> dict[str, Organization]:
    """identity as text → organisation, for ids of our export; merged ones lead to what they are."""
    asked = [UUID(text) for text in identities]
    found: dict[str, Organization] = {}
    for start in range(0, len(asked), 500):
        rows = Organization.objects.filter(identity__in=asked[start : start + 500])
        for row in rows.select_related("merged_into").prefetch_related("facets", "contact_points"):
            found[str(row.identity)] = row.merged_into or row
    return found
