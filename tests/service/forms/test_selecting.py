"""Which forms a case has."""

from dataclasses import replace

from content.rules import ContentRules
from service.forms.selecting import forms_of
from states.triggers import RatingBasis
from tests.fixtures.content import SMALL
from tests.service.snapshots import SNAPSHOT

_RULES = SMALL.model_dump(mode="json")
_RULES["forms"]["academic"] = _RULES["forms"]["rating"] | {"basis": "academic_record"}
RULES = ContentRules.model_validate(_RULES)


def test_forms_stand_in_the_order_of_the_year_whatever_the_order_of_their_names() -> None:
    turned = SMALL.model_copy(update={"forms": dict(sorted(SMALL.forms.items(), reverse=True))})
    assert list(forms_of(turned, SNAPSHOT)) == ["plan", "check_in", "self_assessment", "rating", "meeting"]


def test_a_rating_on_a_plan_has_the_form_without_a_basis() -> None:
    found = forms_of(RULES, SNAPSHOT)
    assert "rating" in found
    assert "academic" not in found


def test_a_rating_on_another_basis_has_the_form_of_that_basis() -> None:
    found = forms_of(RULES, replace(SNAPSHOT, basis=RatingBasis.ACADEMIC_RECORD))
    assert "academic" in found
    assert "rating" not in found


def test_a_basis_for_which_the_scheme_has_no_form_leaves_no_form_of_a_rating() -> None:
    found = forms_of(RULES, replace(SNAPSHOT, basis=RatingBasis.HOST_MATERIAL))
    assert list(found) == ["plan", "check_in", "self_assessment", "meeting"]
