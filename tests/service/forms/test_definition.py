"""Every form of every scheme that comes with the program can be shown in both languages."""

import pytest

from content.forms.fields import Field, nested
from content.forms.form import Form
from content.plan.fields import indicator_fields, result_fields, title_of
from content.rules import ContentRules
from schemes.loading import builtin_names, builtin_system
from service.forms.definition import shown_choices, shown_section
from service.forms.items import KINDS, sources_of
from service.forms.schemas import FieldShown
from tests.fixtures.content import SMALL
from translations import Locale

SYSTEMS = {name: builtin_system(name).content for name in builtin_names()}
FORMS = [(name, form) for name, rules in SYSTEMS.items() if rules is not None for form in rules.forms]


def rules_of(scheme: str) -> ContentRules:
    rules = SYSTEMS[scheme]
    assert rules is not None
    return rules


def fields_of(form: Form) -> list[Field]:
    return [field for section in form.sections for field in nested(section.fields)]


def shown_fields(form: Form, rules: ContentRules, locale: Locale) -> list[FieldShown]:
    found = []
    for section in form.sections:
        for field in shown_section(section, rules, locale).fields:
            found += [field, *(field.fields or [])]
    return found


@pytest.mark.parametrize("locale", tuple(Locale))
@pytest.mark.parametrize(("scheme", "name"), FORMS)
def test_each_field_is_shown_with_what_belongs_to_its_kind(scheme: str, name: str, locale: Locale) -> None:
    rules = rules_of(scheme)
    form = rules.forms[name]
    shown = shown_fields(form, rules, locale)
    assert [(field.name, field.kind) for field in shown] == [
        (field.name, field.kind) for field in fields_of(form)
    ]
    for field in shown:
        assert field.label
        assert (field.choices is not None) is (field.kind == "choice")
        assert (field.of is not None) is (field.kind == "item")
        assert (field.fields is not None) is (field.kind == "rows")
        assert (field.longest is not None) is (field.kind == "text")
        assert (field.allows is not None) is (field.kind == "target")
        assert field.choices is None or len(field.choices) > 0


def test_the_values_are_shown_with_their_guides() -> None:
    rules = rules_of("nasional")
    assert rules.values is not None
    values = shown_choices(rules.values, rules, Locale.INDONESIAN)
    assert len(values) == 7
    assert sum(len(value.guides) for value in values) == 21


def test_a_list_that_is_not_there_has_no_choices() -> None:
    assert shown_choices("unheard", SMALL, Locale.ENGLISH) == []


def test_the_sources_of_a_form_are_those_of_its_sections_and_fields() -> None:
    assert [str(source) for source in sources_of(SMALL.forms["plan"])] == ["superior.results"]
    assert [str(source) for source in sources_of(SMALL.forms["rating"])] == ["plan.results", "values"]
    assert sources_of(SMALL.forms["meeting"]) == ()


@pytest.mark.parametrize(("scheme", "name"), FORMS)
def test_it_is_known_who_sees_the_things_of_each_source(scheme: str, name: str) -> None:
    assert set(sources_of(rules_of(scheme).forms[name])) <= set(KINDS)


@pytest.mark.parametrize("scheme", [name for name, rules in SYSTEMS.items() if rules is not None])
def test_rows_of_a_plan_are_recognised_by_their_first_words(scheme: str) -> None:
    rules = rules_of(scheme)
    assert result_fields(rules)
    assert indicator_fields(rules)
    words = next(field.name for field in result_fields(rules) if field.kind == "text")
    assert title_of({words: "Layanan"}, result_fields(rules)) == "Layanan"
    assert title_of({words: 7}, result_fields(rules)) == ""
