"""Numbers that point at a person: accounts, taxes, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b")
# Lengths as the countries have laid them down (ISO 13616); others only need a right check.
IBAN_LENGTHS = {"DE": 22, "AT": 20, "CH": 21, "UA": 29, "TR": 26, "PL": 28, "FR": 27, "NL": 18}
IBAN_LENGTHS |= {"IT": 27, "ES": 24, "RO": 24, "BG": 22, "CZ": 24, "GB": 22, "BE": 16, "LU": 20}
TAX_ID = re.compile(r"(?<![\d+])[1-9]\d(?: ?\d{3}){3}(?!\d)")
TAX_NUMBER = re.compile(r"(?<![\d/])\d{2,3} ?/ ?\d{3,4} ?/ ?\d{4,5}(?![\d/])")
TAX_CUE = re.compile(
    r"(?i:steuer(?:nummer|-?nr\.?|-?id(?:entifikations(?:nummer)?)?|nr\.?)|st\.?-?nr\.?"
    r"|\btax (?:id|no)"
    r"|vergi no|ІПН|ИНН)\W{0,4}(?:(?:lautet|ist|is)\W{1,3})?(\d[\d /]{8,16}\d)"
)
VAT = re.compile(r"\bDE ?\d{9}\b(?! ?\d)")
PHONES = (
    re.compile(r"(?<![\w.,/+])(?:\+|00)[1-9](?:[ /().-]{0,3}\d){6,14}(?!\d)"),
    re.compile(r"(?<![\w.,/+-])\(?0[1-9]\d{1,4}\)?(?: ?[/-] ?| )\d(?:[ /-]?\d){2,10}(?![\d.,]?\d)"),
    re.compile(r"(?<![\w.,/+-])0[1-9]\d{8,12}(?!\d)"),
)
PHONE_CUE = re.compile(
    r"(?i:\b(?:tel(?:efon)?(?:nummer)?|mobil(?:nummer)?|handy(?:nummer)?|fax|phone|mobile|whatsapp"
    r"|rufnummer|anrufen unter|erreichbar unter|тел(?:ефон)?|هاتف|تلفن|شماره|numaram|telefonum))"
    r"[ .:]{0,3}(?:[^\W\d_]{1,8} )?(\(?[+\d](?:[ /().-]{0,2}\d){4,14})(?!\d)"
)
FEWEST_DIGITS = 7


def ibans(text: str) -> Iterator[Span]:
    """Account numbers whose check digits are right; what follows one is left out."""
    for match in IBAN.finditer(text):
        length = _iban_length(match[0])
        if length:
            yield match.start(), match.start() + length


def _iban_length(written: str) -> int:
    """How many characters, blanks included, are an IBAN; 0 when none."""
    wanted = IBAN_LENGTHS.get(written[:2], 0)
    letters = re.sub("[ -]", "", written)
    sizes = [wanted] if wanted else [len(letters)]
    for size in sizes:
        if size <= len(letters) and is_iban(letters[:size]):
            place = count = 0
            while count < size:
                count += written[place] not in " -"
                place += 1
            return place
    return 0


def is_iban(letters: str) -> bool:
    """Whether the check digits (ISO 7064, 97-10) are right."""
    turned = letters[4:] + letters[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def is_tax_id(digits: str) -> bool:
    """Whether eleven digits are a German tax identification number (ISO 7064, 11-10)."""
    product = 10
    for digit in digits[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    repeated = max(digits[:10].count(digit) for digit in set(digits[:10]))
    return (11 - product) % 10 == int(digits[10]) and 2 <= repeated <= 3


def tax_numbers(text: str) -> Iterator[Span]:
    """By a cue, by their shape with strokes, or by a right check digit."""
    for match in TAX_CUE.finditer(text):
        yield match.span(1)
    for pattern in (TAX_NUMBER, VAT):
        for match in pattern.finditer(text):
            yield match.span()
    for match in TAX_ID.finditer(text):
        if is_tax_id(match[0].replace(" ", "")):
            yield match.span()


def phones(text: str) -> Iterator[Span]:
    """Written with a country or an area code, or after a cue."""
    for match in PHONE_CUE.finditer(text):
        yield match.span(1)
    for pattern in PHONES:
        for match in pattern.finditer(text):
            digits = sum(character.isdigit() for character in match[0])
            if FEWEST_DIGITS <= digits <= 15:
                yield match.span()
