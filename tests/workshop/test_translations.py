"""The translation check finds what is missing, unsure, left over or broken."""

import pytest

from tools import translations

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
    translations.update(folder)
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
    assert translations.problems(package) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('msgstr "Offen"', 'msgstr ""', "de: missing: 'Open'"),
        ('msgid "Open"', '#, fuzzy\nmsgid "Open"', "de: unsure (fuzzy): 'Open'"),
        ('msgid "Open"', 'msgid "Opened"', "de: left over: 'Opened'"),
        ("Guten Tag %(name)s", "Guten Tag %(nam)s", "de: unknown named placeholder"),
        ('msgstr[1] "%(n)s Rückmeldungen"', 'msgstr[1] ""', "de: missing: '%(n)s comment'"),
    ],
)
def test_a_planted_fault_is_caught(package, old, new, what):
    text = catalogue(package).read_text()
    assert old in text
    catalogue(package).write_text(text.replace(old, new))
    assert any(line.startswith(what) for line in translations.problems(package))


def test_a_changed_source_keeps_the_translation_as_unsure(package):
    (package / "code.py").write_text(PYTHON.replace('"Open"', '"Opens"'))
    translations.update(package)
    assert translations.problems(package) == ["de: unsure (fuzzy): 'Opens'"]
    assert 'msgstr "Offen"' in catalogue(package).read_text()


def test_compiled_translations_are_read_by_python(package):
    from gettext import GNUTranslations

    translations.compile_catalogues(package)
    with catalogue(package).with_suffix(".mo").open("rb") as file:
        german = GNUTranslations(file)
    assert german.gettext("Open") == "Offen"
    assert german.ngettext("%(n)s comment", "%(n)s comments", 2) == "%(n)s Rückmeldungen"
