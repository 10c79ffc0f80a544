import gettext
from pathlib import Path

import polib
import pytest
from django.utils import translation

from mobilisering.texts import Text, all_texts, texts_in_python, texts_in_template
from mobilisering.translations import compile_translations, faults, update_catalogue


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    content = polib.POFile()
    content.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    content.append(polib.POEntry(msgid="Få stöd", msgstr="Get support"))
    content.append(polib.POEntry(msgid="Hej %(name)s", msgstr="Hello"))
    content.append(polib.POEntry(msgid="Tillbaka", msgstr=""))
    content.save(str(path))
    return path


def test_texts_are_found_in_python():
    source = 'a = _("Få " "stöd")\nb = ngettext_lazy("ett svar", "flera svar", n)\nc = pgettext("dag", "Sön")\nd = _(a)'

    assert list(texts_in_python(source, "a.py")) == [
        Text("Få stöd"),
        Text("ett svar", plural="flera svar"),
        Text("Sön", context="dag"),
    ]


def test_texts_are_found_in_templates():
    source = """
        <a title="{% translate "Få stöd" %}">{{ _("Hem")|upper }}</a> gettext("not one")
        {% include "x.html" with label=_("Nästa") %}
        {% blocktranslate trimmed with name=user.name %}
          Hej {{ name }},
          vi hörs.
        {% endblocktranslate %}
        {% blocktranslate count n=total %}ett svar{% plural %}{{ n }} svar{% endblocktranslate %}
    """

    assert list(texts_in_template(source, "a.html")) == [
        Text("Få stöd"),
        Text("Hem"),
        Text("Nästa"),
        Text("Hej %(name)s, vi hörs."),
        Text("ett svar", plural="%(n)s svar"),
    ]


def test_all_texts_are_found_once_with_the_file_they_stand_in_first(tmp_path):
    (tmp_path / "people").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "people" / "models.py").write_text('_("Grupp")\n_("Namn")')
    (tmp_path / "templates" / "start.html").write_text('{% translate "Grupp" %}{% translate "Start" %}')

    found = [(text.singular, text.place) for text in all_texts(tmp_path, ["people"])]

    assert found == [("Grupp", "people/models.py"), ("Namn", "people/models.py"), ("Start", "templates/start.html")]


def test_every_kind_of_fault_is_told_in_words(catalogue):
    texts = [Text("Få stöd"), Text("Hej %(name)s"), Text("Ny text", place="people/models.py")]

    assert faults(catalogue, texts) == [
        "people/models.py: 'Ny text' is not in it",
        "'Tillbaka' is not used",
        "'Hej %(name)s' lacks a placeholder that the text has",
        "'Tillbaka' not translated",
    ]


def test_an_update_keeps_translations_adds_what_is_new_and_drops_what_is_gone(catalogue):
    update_catalogue(catalogue, [Text("Ny text"), Text("Få stöd")])

    after = [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(catalogue))]
    assert after == [("Ny text", ""), ("Få stöd", "Get support")]


def test_compiled_texts_are_read_by_gettext_and_not_written_again(catalogue, tmp_path):
    first = compile_translations(tmp_path / "locale")
    second = compile_translations(tmp_path / "locale")

    compiled = gettext.translation("django", tmp_path / "locale", ["en"])
    assert compiled.gettext("Få stöd") == "Get support"
    assert (first, second) == ([catalogue.with_suffix(".mo")], [])


def test_the_tests_themselves_have_the_english_of_this_release():
    with translation.override("en"):
        assert translation.gettext("För medarbetare") == "For staff"
