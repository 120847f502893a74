from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.deciding import decided_on
from content.forms.example import example
from content.forms.form import NotedCheck
from content.forms.mistakes import Reason
from content.rules import ContentRules
from schemes.loading import builtin_system
from states.triggers import Trigger
from tests.fixtures.content import SMALL


def rules_of(name: str) -> ContentRules:
    found = builtin_system(name).content
    assert found is not None
    return found


def test_who_decides_is_not_kept_from_it_by_notes_that_the_rater_withdrew() -> None:
    rules = rules_of("samarinda")
    found = rules.form_for(Trigger.RATE)
    assert found is not None
    _, form = found
    noted_nothing = FormContext()
    filled = example(form, rules, noted_nothing)
    assert {each.reason for each in check(form, filled, rules, noted_nothing).mistakes} == {
        Reason.TOO_FEW_NOTED
    }
    assert check(decided_on(form), filled, rules, noted_nothing).mistakes == ()


def test_every_other_check_stays() -> None:
    found = rules_of("samarinda").form_for(Trigger.RATE)
    assert found is not None
    _, form = found
    left = [each for each in form.checks if not isinstance(each, NotedCheck)]
    assert list(decided_on(form).checks) == left
    assert decided_on(form).sections == form.sections


def test_a_form_without_notes_to_count_is_the_same() -> None:
    for name, form in SMALL.forms.items():
        assert decided_on(form) is form, name
