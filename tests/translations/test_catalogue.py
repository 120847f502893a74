"""Everything that a person reads exists in Indonesian, with the same placeholders."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from states.nip import NIP_MESSAGES
from tests.translations.messages import (
    ROOT,
    messages_in_python,
    messages_in_template,
    messages_of_the_project,
)
from translations import Locale, mark, translate
from translations.catalogue import catalogue

INDONESIAN = catalogue(Locale.INDONESIAN)
LINES = "The text is longer than {most} characters."


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_a_message_is_read_in_indonesian_with_its_placeholders_filled() -> None:
    assert translate(LINES, Locale.INDONESIAN, most=200) == "Teks lebih panjang daripada 200 karakter."


def test_a_message_is_read_in_english_as_it_stands_in_the_code() -> None:
    assert translate(LINES, Locale.ENGLISH, most=200) == "The text is longer than 200 characters."


def test_a_message_without_translation_is_read_in_english() -> None:
    assert translate("Nobody wrote {this} down.", Locale.INDONESIAN, this="that") == "Nobody wrote that down."


def test_a_forgotten_parameter_is_an_error_and_not_a_brace_on_the_page() -> None:
    with pytest.raises(KeyError, match="most"):
        translate(LINES, Locale.INDONESIAN)


def test_parameters_may_be_called_message_and_locale() -> None:
    assert translate("{message} {locale}", Locale.ENGLISH, message="a", locale="b") == "a b"


def test_braces_in_a_parameter_are_text() -> None:
    assert translate("{value}", Locale.ENGLISH, value="{other}") == "{other}"


def test_a_mark_changes_nothing() -> None:
    assert mark(LINES) == LINES


def test_the_header_of_the_catalogue_is_no_message() -> None:
    assert "" not in INDONESIAN


@pytest.mark.parametrize("message", sorted(INDONESIAN))
def test_a_translation_has_the_placeholders_of_its_message(message: str) -> None:
    assert placeholders(INDONESIAN[message]) == placeholders(message)
    assert all(name.isidentifier() for name in placeholders(message))


def test_no_entry_of_the_catalogue_is_empty_fuzzy_or_twice_there() -> None:
    path = ROOT / "translations" / "id.po"
    with path.open("rb") as source:
        entries = [entry for entry in read_po(source, locale="id", abort_invalid=True) if entry.id]
    assert [entry.id for entry in entries if entry.fuzzy or not entry.string] == []
    assert path.read_text("utf-8").count("\nmsgid ") == len(entries) + 1


def test_every_message_of_the_project_has_an_indonesian_text() -> None:
    missing = {
        message: where for message, where in messages_of_the_project().items() if message not in INDONESIAN
    }
    assert missing == {}


def test_every_reason_against_a_nip_has_an_indonesian_text() -> None:
    assert set(NIP_MESSAGES.values()) <= INDONESIAN.keys()


def test_no_translation_is_left_over() -> None:
    used = messages_of_the_project().keys() | set(NIP_MESSAGES.values())
    assert sorted(INDONESIAN.keys() - used) == []


def test_the_search_finds_messages_given_to_markers_and_held_by_errors() -> None:
    source = """
class Refusal(Exception):
    message = "Held by a class."
class Typed(Exception):
    message: ClassVar[str] = "Typed."
translate("Given " "in two parts.", locale)
_("Marked.")
mark("Marked too.")
raise ParameterInvalid("Of a parameter.", field="x")
"text".translate(table)
translate(variable, locale)
other("Not a message.")
"""
    assert set(messages_in_python(source)) == {
        "Held by a class.",
        "Typed.",
        "Given in two parts.",
        "Marked.",
        "Marked too.",
        "Of a parameter.",
    }


def test_the_search_finds_messages_in_templates(tmp_path: Path) -> None:
    template = tmp_path / "page.html.jinja"
    template.write_text(
        "<h1>{{ _('Your tasks') }}</h1>{{ translate(\"Due {day}\", locale, day=day) }}", "utf-8"
    )
    assert set(messages_in_template(template)) == {"Your tasks", "Due {day}"}
