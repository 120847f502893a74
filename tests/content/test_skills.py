"""Skills are asked of those whose job family they are for; without a family, of everybody."""

from typing import Any

import pytest

from content.entries import EntryKind
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.fields import Source
from content.forms.filled_schema import filled_schema
from content.forms.form import Form
from content.forms.items import items_of
from content.forms.mistakes import Reason
from content.forms.noting import check_about
from content.rating.agenda import About, agenda
from content.skills import skills_for
from states.triggers import Trigger
from tests.content.forms.findings import found, kept
from tests.content.forms.schemes import RULES, each, field, form, group, words

TEACHER = FormContext(post="Guru Ahli Muda")
CLERK = FormContext(post="Pengadministrasi Tata Usaha")
DRIVER = FormContext(post="Pengemudi")
OWN = form(each("skills", "skills", field("choice", "step", of="expectation"), field("text", "example")))


@pytest.mark.parametrize(
    ("case", "asked"),
    (
        (TEACHER, ("speaking", "teaching")),
        (CLERK, ("speaking", "filing")),
        (DRIVER, ("speaking",)),
        (FormContext(), ("speaking",)),
    ),
)
def test_a_post_is_asked_for_the_skills_of_its_job_family(case: FormContext, asked: tuple[str, ...]) -> None:
    assert items_of(Source.SKILLS, RULES, case) == asked
    assert tuple(skill.name for skill in skills_for(case.post, RULES)) == asked


def test_a_scheme_without_skills_asks_for_none() -> None:
    assert items_of(Source.SKILLS, RULES.model_copy(update={"skills": None}), TEACHER) == ()


def part(step: str = "meets") -> dict[str, Any]:
    return {"step": step, "example": "Rapat orang tua"}


def test_a_section_has_a_part_for_each_skill_of_the_post_and_no_other() -> None:
    filled = {"skills": {"speaking": part(), "teaching": part()}}
    assert found(filled, OWN, TEACHER) == []
    assert found(filled, OWN, CLERK) == [
        (("skills", "filing"), Reason.MISSING),
        (("skills", "teaching"), Reason.UNKNOWN),
    ]


def test_the_parts_are_kept_in_the_order_of_the_list() -> None:
    filled = {"skills": {"teaching": part(), "speaking": part()}}
    assert list(kept(filled, OWN, TEACHER)["skills"]) == ["speaking", "teaching"]


def test_one_of_several_skills_may_be_chosen() -> None:
    several = form(group("part", field("item", "strengths", of="skills", many=True)))
    assert found({"part": {"strengths": ["teaching", "speaking"]}}, several, TEACHER) == []
    assert found({"part": {"strengths": ["filing"]}}, several, TEACHER) == [
        (("part", "strengths", 0), Reason.NO_SUCH_ITEM)
    ]
    schema: Any = filled_schema(Form.model_validate(several), RULES)
    items = schema["properties"]["part"]["properties"]["strengths"]["items"]
    assert items == {"enum": ["speaking", "teaching", "filing"]}


def test_an_example_has_the_skills_of_the_post() -> None:
    made = example(Form.model_validate(OWN), RULES, CLERK)
    assert list(made["skills"]) == ["speaking", "filing"]  # type: ignore[arg-type]
    assert found(made, OWN, CLERK) == []


def test_a_note_may_be_about_a_skill() -> None:
    kind = EntryKind.model_validate(
        {"label": words("note"), "by": ["rater"], "about": "skills", "fields": [field("text", "what")]}
    )
    assert check_about(kind, "teaching", RULES, TEACHER) is None
    assert check_about(kind, "filing", RULES, TEACHER) is not None


def test_skills_that_are_better_or_worse_than_expected_are_talked_about_in_the_order_of_the_list() -> None:
    rating = Form.model_validate(form(*OWN["sections"], trigger=Trigger.RATE))
    filled: Any = {"skills": {"filing": part("below"), "teaching": part(), "speaking": part("above")}}
    points = agenda(rating, filled, RULES, None, None)
    assert [(point.about, point.item, point.reason) for point in points] == [
        (About.SKILL, "speaking", "Rapat orang tua"),
        (About.SKILL, "filing", "Rapat orang tua"),
    ]
