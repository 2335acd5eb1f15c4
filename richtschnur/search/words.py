"""A word's keys: what its forms have in common. The same function indexes and asks.

German words lose their endings (Snowball) and their umlauts; where an umlaut alone tells two
families of words apart (fordern, fördern), it leaves a trace. Verbs also give the root that they
share with their noun (fördert, gefördert: Förderung). Arabic, Persian and Cyrillic letters that
are written in several ways are written in one. Keys are ASCII letters and digits, so that no
database has to know more alphabets than that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST = 60  # letters; what is longer is no word
WORD = re.compile(r"[^\W_]+")
GENDER = re.compile(r"(?<=\w)[:*_/·]-?(?=in(?:nen)?\b)")
INNER_CAPITAL = re.compile(r"(?<=[a-zäöüß])In(?=nen\b|\b)")
HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\u064b-\u065f\u0670\u0640]")
LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیې", "ي"),
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ё": "е",
        "ґ": "г",
        "ʼ": "",
        "’": "",
    }
)
TRACES = (
    (re.compile("f(?:ö|oe)rder"), "fyrder"),
    (re.compile("z(?:ä|ae)hl"), "zyhl"),
    (re.compile("dr(?:ü|ue)ck"), "dryck"),
    (re.compile("sch(?:ö|oe)n"), "schyn"),
    (re.compile("l(?:ä|ae)ut"), "lyut"),
    (re.compile("h(?:ö|oe)h"), "hyh"),
    (re.compile("k(?:ü|ue)nft"), "kynft"),
)
FEMININE = re.compile(r"(?<=er|or|ur|nt|st|at|og|ph|et|ng|nd|te|ts|eg|ef)in(?:nen)?$")
ACTION = re.compile(r"^(\w{5,})ung(?:en|s)?$")
SEPARABLE = "ab|an|auf|aus|bei|durch|ein|fest|fort|her|hin|mit|nach|um|vor|weg|weiter|zu|zusammen"
PARTICIPLE = re.compile(rf"^((?:{SEPARABLE})?)ge(\w{{4,}}?)(?:e?t)(?:e[nrsm]?)?$")
VERB = re.compile(r"^(\w{3,}(?:er|el))(?:n|t|te|ten|test|tet|st|nd|nde[nrsm]?)$")
WEAK = re.compile(r"^(\w{4,}?)(?:t|te|ten|end|ende[nrsm]?)$")
CYRILLIC, ARABIC = re.compile("[\u0400-\u04ff]"), re.compile("[\u0600-\u06ff]")
LATIN_STEMMERS = {"en": "english", "tr": "turkish"}


@dataclass(frozen=True)
class Word:
    """A word where it stands in a text: `text[start:end]`, as it was written."""

    start: int
    end: int
    written: str


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order; what was hyphened also comes as one."""
    clean, places = seen(text)
    for found in HYPHENED.finditer(clean):
        yield Word(places[found.start()], places[found.end() - 1] + 1, found[0].replace("-", ""))
    for found in WORD.finditer(clean):
        if len(found[0]) <= LONGEST:
            yield Word(places[found.start()], places[found.end() - 1] + 1, found[0])


def seen(text: str) -> tuple[str, Sequence[int]]:
    """A text without what parts words invisibly or by gender, and where its letters stood."""
    hidden = {place for found in GENDER.finditer(text) for place in range(*found.span())}
    hidden |= {found.start() for found in UNSEEN.finditer(text)}
    if not hidden:
        return text, range(len(text))
    places = [place for place in range(len(text)) if place not in hidden]
    return "".join(text[place] for place in places), places


@lru_cache(maxsize=50_000)
def canonical(written: str) -> str:
    """A word as it is compared: small, one way of writing each letter, German umlauts folded."""
    word = unicodedata.normalize("NFKC", INNER_CAPITAL.sub("in", written)).lower()
    word = UNSEEN.sub("", word).translate(LETTERS)
    for pattern, trace in TRACES:
        word = pattern.sub(trace, word)
    word = word.replace("ß", "ss").replace("ae", "a").replace("oe", "o")
    word = re.sub("(?<![aeiouq])ue", "u", word)
    if CYRILLIC.search(word):
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def keys(written: str, language: str = "de") -> frozenset[str]:
    """The keys of one word, its parts not counted.

    `language` "" takes it for any, one that has no stemmer as well: German words stand in every
    language's texts.
    """
    word = canonical(written)
    if not word:
        return frozenset()
    if CYRILLIC.search(word):
        found = {word, _stemmer("russian").stemWord(word)}
    elif ARABIC.search(word):
        found = {word, *(_stemmer(name).stemWord(word) for name in ("arabic", "persian"))}
    else:
        found = _latin(word, written, language.partition("-")[0])
    return frozenset(encoded(key) for key in found if key)


def _latin(word: str, written: str, language: str) -> set[str]:
    found: set[str] = set() if language else {word}
    if language in ("de", ""):
        found |= _german(word, is_noun=written[:1].isupper())
    for code, name in LATIN_STEMMERS.items():
        if language in (code, ""):
            found.add(_stemmer(name).stemWord(word))
    return found or {word}


def _german(word: str, *, is_noun: bool) -> set[str]:
    """The stem, and for what may be a verb's form the root that it shares with its noun."""
    word = masculine(word)
    found = {stem(word)}
    participle = PARTICIPLE.match(word)
    if participle and (not is_noun or word.endswith(("te", "ten", "ter", "tes", "tem"))):
        root = participle[1] + participle[2]
        found |= {root, stem(root)}
    action = ACTION.match(word)
    if action:
        found |= {action[1], re.sub("(?<=[^aeioul])l$", "el", action[1])}
    if is_noun:
        return found
    verb = VERB.match(word) or WEAK.match(word)
    if verb:
        found |= {verb[1], stem(verb[1])}
    return found


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A canonical German word without its ending; short ones keep their s (Kurs; Bus, Busse)."""
    found: str = _stemmer("german").stemWord(word)
    if word.endswith("s") and found == word[:-1] and len(found) < 4:
        return word
    return found[:-1] if found.endswith("ss") else found


def masculine(word: str) -> str:
    """A canonical word without the ending for women (Arbeiterin, Lotsinnen)."""
    return FEMININE.sub("", word)


@lru_cache
def _stemmer(name: str) -> snowballstemmer.SnowballStemmer:
    return snowballstemmer.stemmer(name)


def encoded(key: str) -> str:
    """A key in ASCII letters and digits; those of other alphabets by their numbers."""
    return key if key.isascii() else "x" + key.encode().hex()
