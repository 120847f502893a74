"""The content of the national scheme is what the law asks for."""

import pytest

from content.forms.form import EachHasCheck, EachSection, GroupSection, RowsSection, SomeHasCheck
from content.rating.rules import MatrixMethod
from content.rules import ContentRules
from schemes.loading import builtin_system
from states.stages import Capacity
from states.triggers import RatingBasis, Trigger

SYSTEM = builtin_system("nasional")
assert SYSTEM.content is not None
CONTENT: ContentRules = SYSTEM.content


def section_of(form: str, name: str) -> GroupSection | RowsSection | EachSection:
    (found,) = (section for section in CONTENT.forms[form].sections if section.name == name)
    return found


def fields_of(form: str, section: str) -> list[str]:
    return [field.name for field in section_of(form, section).fields]


def test_art_10_3_every_result_has_an_indicator_of_quantity() -> None:
    (check,) = (each for each in CONTENT.forms["plan"].checks if isinstance(each, EachHasCheck))
    assert (check.section, check.rows, check.field, check.value) == (
        "results",
        "indicators",
        "aspect",
        "quantity",
    )
    assert check.article == "PP 30/2019 art 10(3)"


def test_arts_14_and_16_holders_of_high_posts_have_an_indicator_of_the_budget() -> None:
    (check,) = (each for each in CONTENT.forms["plan"].checks if isinstance(each, SomeHasCheck))
    assert (check.field, check.value, check.posts) == ("subject", "budget", ("11", "12", "21", "22"))


def test_arts_9_to_12_a_plan_has_main_and_additional_results_with_indicators_and_targets() -> None:
    assert fields_of("plan", "results") == [
        "result",
        "kind",
        "supports",
        "letter",
        "letter_date",
        "approach",
        "expected",
        "indicators",
    ]
    assert CONTENT.lists["result_kinds"].names == ("main", "additional")
    assert CONTENT.lists["aspects"].names == ("quantity", "quality", "time", "cost")


def test_art_12_an_additional_result_has_a_decision_letter_and_a_main_one_supports_the_superior() -> None:
    asked = {
        field.name: field.when.among
        for field in section_of("plan", "results").fields
        if field.when is not None and field.when.field == "kind"
    }
    assert asked == {"supports": ("main",), "letter": ("additional",), "letter_date": ("additional",)}


def test_a_quantitative_result_has_indicators_and_a_qualitative_one_a_description() -> None:
    asked = {
        field.name: field.when.among
        for field in section_of("plan", "results").fields
        if field.when is not None and field.when.field == "approach"
    }
    assert asked == {"expected": ("qualitative",), "indicators": ("quantitative",)}


def test_the_three_attachments_of_a_plan_are_asked_for() -> None:
    assert fields_of("plan", "attachments") == ["resources", "accountability", "consequences"]
    assert all(field.required for field in section_of("plan", "attachments").fields)


def test_uu_20_2023_art_4_seven_values_have_three_guides_each() -> None:
    assert [choice.name for choice in CONTENT.value_choices] == [
        "berorientasi_pelayanan",
        "akuntabel",
        "kompeten",
        "harmonis",
        "loyal",
        "adaptif",
        "kolaboratif",
    ]
    assert [len(choice.guides) for choice in CONTENT.value_choices] == [3] * 7


CELLS = {
    ("above", "below"): "poor",
    ("above", "meets"): "good",
    ("above", "above"): "very_good",
    ("meets", "below"): "poor",
    ("meets", "meets"): "good",
    ("meets", "above"): "good",
    ("below", "below"): "very_poor",
    ("below", "meets"): "needs_improvement",
    ("below", "above"): "needs_improvement",
}


@pytest.mark.parametrize(("results", "behaviour"), tuple(CELLS))
def test_a_cell_of_the_matrix_is_that_of_permenpanrb_6_2022(results: str, behaviour: str) -> None:
    assert CONTENT.rating is not None
    assert isinstance(CONTENT.rating.method, MatrixMethod)
    assert CONTENT.rating.method.cells[results][behaviour] == CELLS[results, behaviour]


@pytest.mark.parametrize(
    ("scale", "names"),
    (
        ("expectations", ("Di atas ekspektasi", "Sesuai ekspektasi", "Di bawah ekspektasi")),
        ("predicates", ("Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang")),
    ),
)
def test_siasn_counts_1_as_the_best(scale: str, names: tuple[str, ...]) -> None:
    steps = CONTENT.scales[scale].steps
    assert [(step.label.id, step.code) for step in steps] == [
        (name, number + 1) for number, name in enumerate(names)
    ]


LEVELS = {
    "excellent": [(("very_good",), None, 70, True, False)],
    "good": [
        (("good",), None, 70, True, False),
        (("needs_improvement", "poor"), None, None, False, True),
    ],
    "needs_improvement": [
        (("very_good",), None, 10, False, False),
        (("needs_improvement",), 60, None, False, False),
    ],
    "poor": [
        (("very_good",), None, 10, False, False),
        (("needs_improvement",), 10, None, False, False),
        (("poor",), 60, None, False, False),
    ],
    "very_poor": [
        (("very_good",), None, 0, False, False),
        (("needs_improvement", "poor"), 10, None, False, False),
        (("very_poor",), 60, None, False, False),
    ],
}


@pytest.mark.parametrize("level", LEVELS)
def test_se_3_2023_each_level_of_the_organisation_expects_a_distribution(level: str) -> None:
    assert CONTENT.rating is not None
    assert CONTENT.rating.distribution is not None
    limits = CONTENT.rating.distribution.expected[level]
    assert [
        (limit.predicates, limit.at_least, limit.at_most, limit.largest, limit.some) for limit in limits
    ] == LEVELS[level]


def test_every_action_that_hands_in_content_has_a_form_and_each_basis_of_a_rating_its_own() -> None:
    handed_in = {(form.trigger, form.basis) for form in CONTENT.forms.values()}
    assert handed_in == {
        (Trigger.SUBMIT_PLAN, None),
        (Trigger.SUBMIT_CHECK_IN, None),
        (Trigger.REVIEW_CHECK_IN, None),
        (Trigger.SUBMIT_SELF_ASSESSMENT, None),
        (Trigger.RATE, None),
        (Trigger.RATE, RatingBasis.ACADEMIC_RECORD),
        (Trigger.RATE, RatingBasis.HOST_MATERIAL),
        (Trigger.DELIVER_RESULT, None),
    }


@pytest.mark.parametrize("section", ("results", "behaviour", "overall"))
def test_every_part_of_a_rating_has_its_reason(section: str) -> None:
    (reason,) = (field for field in section_of("rating", section).fields if field.name == "reason")
    assert reason.required


def test_art_51_2_a_rating_asks_for_problems_and_a_recommendation() -> None:
    required = {field.name: field.required for field in section_of("rating", "overall").fields}
    assert (required["problems"], required["recommendation"]) == (False, True)


def test_art_27_2_what_the_rater_sees_is_noted_with_its_day() -> None:
    observation = CONTENT.entries["observation"]
    assert observation.by == (Capacity.RATER,)
    assert [field.name for field in observation.fields] == ["seen_on", "note"]


def test_arts_31_to_34_coaching_and_counselling_are_confidential_and_nothing_else_is() -> None:
    confidential = {name for name, entry in CONTENT.entries.items() if entry.confidential}
    assert confidential == {"coaching", "counselling"}


def test_the_meeting_ends_with_actions_that_have_a_day() -> None:
    assert fields_of("meeting", "actions") == ["action", "by", "until"]
    assert fields_of("meeting", "meeting") == ["held_on", "notes", "strengths", "weaknesses"]


@pytest.mark.parametrize(
    ("predicate", "leader", "other"),
    (
        ("good", None, None),
        ("needs_improvement", "leaders", None),
        ("poor", "leaders", "others"),
        ("very_poor", "leaders", "others"),
    ),
)
def test_arts_57_and_58_a_leader_improves_from_butuh_perbaikan_on_and_others_from_kurang_on(
    predicate: str, leader: str | None, other: str | None
) -> None:
    def rule_for(echelon: str) -> str | None:
        rules = CONTENT.follow_up.improvement
        # The first rule that means the echelon applies, or none at all.
        meant = next(each for each in rules if not each.echelons or echelon in each.echelons)
        return meant.name if predicate in meant.predicates else None

    assert [rule_for(echelon) for echelon in ("11", "22", "41", "")] == [leader, leader, other, other]
