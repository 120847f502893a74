"""Skills in forms, as their reader finds them."""

import datetime as dt
from dataclasses import replace

import pytest

from content.forms.fields import Source
from content.forms.form import Form
from content.skills import skills_for
from service.evidence.items import is_item
from service.filled.titles import titles_of
from service.forms.items import KINDS, Things, shown_items
from service.forms.placing import place_in_words
from store.plan.context import CaseAround
from tests.content.forms.schemes import RULES, each, field, form
from tests.content.test_skills import TEACHER
from translations import Locale

AROUND = CaseAround(
    year=2027,
    period_from=dt.date(2027, 1, 1),
    period_until=None,
    echelon="",
    post="Guru Ahli Muda",
    plan=None,
    superior=None,
    superior_appraised=False,
    superior_ready=False,
    superior_plan=None,
    superior_scheme=None,
    evidence=(),
    noted={},
    inputs={},
)


@pytest.mark.parametrize(("post", "names"), (("Guru", ["speaking", "teaching"]), ("", ["speaking"])))
def test_a_form_shows_the_skills_of_the_post_below_their_headings(post: str, names: list[str]) -> None:
    around = replace(AROUND, post=post)
    shown = shown_items(Source.SKILLS, Things(around, RULES, RULES, ()), Locale.ENGLISH)
    assert [item.id for item in shown.items] == names == [each.name for each in skills_for(post, RULES)]
    assert [item.group for item in shown.items][:1] == ["attitude"]
    assert KINDS[Source.SKILLS] is None


def test_a_skill_has_its_label_wherever_it_stands() -> None:
    asked = Form.model_validate(form(each("skills", "skills", field("text", "example"))))
    assert titles_of(RULES, Locale.ENGLISH, plan=None).title(Source.SKILLS, "filing") == "Letters"
    place = place_in_words(("skills", "filing", "example"), asked, RULES, Locale.ENGLISH)
    assert place == "skills › Letters › example"


def test_evidence_may_be_for_a_skill_of_the_post_only() -> None:
    assert is_item("teaching", RULES, TEACHER)
    assert not is_item("filing", RULES, TEACHER)
