"""Words that are facts, stand before facts, or say nothing by themselves."""

from __future__ import annotations

from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


NUMBERS: Final = _words(
    "null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn",
    "sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig hundert tausend",
    "erste ersten zweite zweiten dritte dritten vierte vierten januar februar märz april mai juni",
    "juli august september oktober november dezember montag dienstag mittwoch donnerstag freitag",
    "samstag sonntag wöchentlich monatlich vierteljährlich halbjährlich jährlich täglich montags",
    "dienstags mittwochs donnerstags freitags samstags sonntags doppelt halb",
)
GROUPS: Final = _words(
    "frauen männer mütter väter eltern kinder kindern jugendliche jugendlichen mädchen jungen",
    "senioren seniorinnen ältere älteren familien auszubildende auszubildenden studierende",
    "studierenden geflüchtete geflüchteten zugewanderte zugewanderten schülerinnen schüler",
    "schülern lehrkräfte lehrkräften fachkräfte fachkräften beschäftigte beschäftigten erwachsene",
    "erwachsenen alleinerziehende alleinerziehenden ehrenamtliche ehrenamtlichen menschen",
    "vereine vereinen betriebe betrieben unternehmen schulen kitas grundschulen berufsschulen",
    "gymnasien",
)
BEFORE_NAMES: Final = _words(
    "in bei aus nach für ab bis seit stadt gemeinde samtgemeinde landkreis kreis ort ortsteil",
    "standort raum region",
)
STOP: Final = _words(
    "der die das den dem des ein eine einen einem einer eines und oder aber auch als am an auf aus",
    "bei bis da damit dass denn durch er es für hat haben ihr ihre ihren im in ist mit nach nicht",
    "noch nur ob sein seine seit sich sie sind so soll sollen über um unter vom von vor war was",
    "weil wenn werden wie wir wird zu zum zur dabei dazu hier sowie bzw kann können dieser diese",
    "dieses alle allen mehr the of and to for is are be a on with by",
)
