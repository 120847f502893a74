"""What must hold between the fields of a form is said before it is handed in, for the case at hand."""

from fractions import Fraction

import pytest

from content.forms.context import FormContext
from content.forms.form import Form
from service.forms.between import shown_checks
from tests.content.forms.schemes import PLAN_FORM, RATING_FORM, RULES
from translations import Locale

SOME_HAS = {"kind": "some_has", "section": "results", "rows": "indicators", "field": "aspect"}


def messages(form: Form, context: FormContext, locale: Locale = Locale.ENGLISH) -> list[str]:
    return [check.message for check in shown_checks(form, RULES, context, locale)]


def test_sums_and_what_each_row_has_are_said_with_the_labels_of_the_scheme() -> None:
    assert messages(PLAN_FORM, FormContext()) == [
        "“weight” must add up to 100.",
        "Each row of “results” must have “quantity” as “aspect” in one row of “indicators”.",
    ]


def test_what_holders_of_a_high_post_must_have_is_said_to_them_only() -> None:
    assert messages(PLAN_FORM, FormContext(echelon="21"), Locale.INDONESIAN)[-1] == (
        "Paling sedikit satu baris “indicators” harus memiliki “cost” sebagai “aspect”."
    )


def test_how_many_notes_are_wanted_follows_the_period_of_the_case() -> None:
    (message,) = messages(RATING_FORM, FormContext(share=Fraction(1, 2)))
    assert message == "“observation” must be noted at least 2 times before."


@pytest.mark.parametrize(("post", "families"), (("Guru", ["teachers"]), ("Arsiparis", [])))
def test_what_is_asked_of_a_job_family_names_it(post: str, families: list[str]) -> None:
    check = {**SOME_HAS, "value": "quality", "families": ["teachers"], "article": "Perbup 1"}
    form = Form.model_validate({**PLAN_FORM.model_dump(), "checks": [check]})
    shown = shown_checks(form, RULES, FormContext(post=post), Locale.INDONESIAN)
    assert [each.family for each in shown] == families
    assert [(each.section, each.article) for each in shown] == [("results", "Perbup 1")] * len(families)
