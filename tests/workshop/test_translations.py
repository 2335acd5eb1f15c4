"""The translation check finds what is missing, unsure, left over or broken."""

from gettext import GNUTranslations

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils.translation import to_locale

from richtschnur.ui.languages import LANGUAGES
from tools import catalogues, translations

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Open")
ngettext("%(n)s comment", "%(n)s comments", 2) % {"n": 2}
pgettext("month", "May")
f"{_('Close')}"
"""
TEMPLATE = """{% load i18n %}<p title="{% translate 'Read' %}">
{% blocktranslate trimmed with name=x %}
  Dear {{ name }}
{% endblocktranslate %}</p>"""
GERMAN = {
    "Open": "Offen",
    "May": "Mai",
    "Close": "Schließen",
    "Read": "Lesen",
    "Dear %(name)s": "Guten Tag %(name)s",
}


@pytest.fixture
def package(tmp_path):
    """A package with two sources and a complete German catalogue."""
    folder = tmp_path / "package"
    (folder / "templates").mkdir(parents=True)
    (folder / "code.py").write_text(PYTHON)
    (folder / "templates" / "page.html").write_text(TEMPLATE)
    translations.update(folder, ["de"])
    text = catalogue(folder).read_text()
    for english, german in GERMAN.items():
        text = text.replace(
            f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{german}"'
        )
    text = text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s Rückmeldung"')
    catalogue(folder).write_text(text.replace('msgstr[1] ""', 'msgstr[1] "%(n)s Rückmeldungen"'))
    return folder


def catalogue(package):
    return package / "locale" / "de" / "LC_MESSAGES" / "django.po"


def test_a_complete_catalogue_is_good(package):
    assert translations.problems(package, ["de"]) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('msgstr "Offen"', 'msgstr ""', "de: missing: 'Open'"),
        ('msgid "Open"', '#, fuzzy\nmsgid "Open"', "de: unsure (fuzzy): 'Open'"),
        ('msgid "Open"', 'msgid "Opened"', "de: left over: 'Opened'"),
        ("Guten Tag %(name)s", "Guten Tag %(nam)s", "de: unknown named placeholder"),
        ("Guten Tag %(name)s", "Guten Tag", "de: placeholder name is missing: 'Dear"),
        ("Guten Tag %(name)s", "Guten Tag %(name)s<b>", "de: other tags than the source"),
        ('"%(n)s Rückmeldungen"', '"viele Rückmeldungen"', "de: placeholder n is missing"),
        ('msgstr[1] "%(n)s Rückmeldungen"\n', "", "de: missing: '%(n)s comment'"),
        ('msgstr[1] "%(n)s Rückmeldungen"', 'msgstr[1] ""', "de: missing: '%(n)s comment'"),
    ],
)
def test_a_planted_fault_is_caught(package, old, new, what):
    text = catalogue(package).read_text()
    assert old in text
    catalogue(package).write_text(text.replace(old, new))
    assert any(line.startswith(what) for line in translations.problems(package, ["de"]))


def test_a_changed_source_keeps_the_translation_as_unsure(package):
    (package / "code.py").write_text(PYTHON.replace('"Open"', '"Opens"'))
    translations.update(package, ["de"])
    assert translations.problems(package, ["de"]) == ["de: unsure (fuzzy): 'Opens'"]
    assert 'msgstr "Offen"' in catalogue(package).read_text()


def test_compiled_translations_are_read_by_python(package):
    translations.compile_catalogues(package)
    with catalogue(package).with_suffix(".mo").open("rb") as file:
        german = GNUTranslations(file)
    assert german.gettext("Open") == "Offen"
    assert german.ngettext("%(n)s comment", "%(n)s comments", 2) == "%(n)s Rückmeldungen"


ARABIC = ["صفر", "تعليق", "تعليقان", "%(n)s تعليقات", "%(n)s تعليقًا", "%(n)s تعليق"]


def plural_faults(locale, forms):
    catalog = Catalog(locale=locale)
    catalog._num_plurals = catalogues.PLURALS[locale][0]
    message = Message(("%(n)s comment", "%(n)s comments"), tuple(forms))
    return list(catalogues.faults(message, catalog, locale))


def test_one_form_for_each_way_a_language_counts():
    assert plural_faults("ar", ARABIC) == []
    assert any("plural forms instead of 6" in fault for fault in plural_faults("ar", ARABIC[:3]))
    assert plural_faults("ar", [*ARABIC[:3], "بعض", *ARABIC[4:]]) == ["placeholder n is missing"]
    ukrainian = ["%(n)s коментар", "%(n)s коментарі", "%(n)s коментарів"]
    assert plural_faults("uk", ukrainian) == []
    # In Ukrainian the first form also stands for 21.
    assert plural_faults("uk", ["один коментар", *ukrainian[1:]]) == ["placeholder n is missing"]


def test_arabic_counts_in_six_ways(tmp_path):
    catalog = catalogues.read(tmp_path, "ar")
    catalog.add(("%(n)s comment", "%(n)s comments"), tuple(ARABIC))
    catalogues.write(tmp_path, "ar", catalog)
    translations.compile_catalogues(tmp_path)
    with (tmp_path / "locale/ar/LC_MESSAGES/django.mo").open("rb") as file:
        arabic = GNUTranslations(file)
    told = [arabic.ngettext("%(n)s comment", "", n) for n in (0, 1, 2, 7, 11, 100)]
    assert told == ARABIC


@pytest.mark.parametrize("locale", catalogues.PLURALS)
def test_every_form_is_used(locale):
    count, _rule = catalogues.PLURALS[locale]
    numbers = [number for form in range(count) for number in catalogues.numbers_of(form, locale)]
    assert all(catalogues.numbers_of(form, locale) for form in range(count))
    assert sorted(numbers) == list(range(131))


def test_addresses_are_not_left_to_translators(tmp_path):
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "urls.py").write_text('path(_("papers/"), x)')
    (folder / "code.py").write_text('_("and so on/")')
    translations.update(folder, ["de"])
    german = catalogue(folder)
    german.write_text(
        german.read_text().replace('"papers/"\nmsgstr ""', '"papers/"\nmsgstr "konzepte/"')
    )
    translations.update(folder, ["de", "de_Simple", "fa"])
    assert translations.problems(folder, ["de_Simple"]) == ["de_Simple: missing: 'and so on/'"]
    assert translations.problems(folder, ["fa"]) == ["fa: missing: 'and so on/'"]
    for locale, path in (("de_Simple", "konzepte/"), ("fa", "papers/")):
        assert catalogues.read(folder, locale).get("papers/").string == path


def test_each_language_of_the_interface_has_its_catalogue():
    folders = {to_locale(language.code) for language in LANGUAGES if language.code != "en"}
    assert folders == set(catalogues.LOCALES)
