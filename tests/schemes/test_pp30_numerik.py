"""The numeric method of PP 30/2019 art 41 as the scheme has it."""

from typing import Any

import pytest

from content.forms.mistakes import Reason
from content.rating.rules import NumericMethod
from tests.schemes.filled import Year, content_of

CONTENT = content_of("pp30-numerik")


@pytest.fixture
def year() -> Year:
    """A plan of two results that weigh 60 and 40, each with one indicator of 100 documents."""
    made = Year("pp30-numerik")
    first = made.plan["results"][0]
    made.plan["results"] = [
        {**first, "id": f"h{at}", "weight": weight, "indicators": [indicator(f"i{at}")]}
        for at, weight in enumerate((60, 40), start=1)
    ]
    assert made.mistakes("plan", made.plan) == ()
    return made


def indicator(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "aspect": "quantity",
        "indicator": "Dokumen yang selesai",
        "target": {"number": 100, "unit": "dokumen"},
        "lower_is_better": False,
    }


def rating(
    year: Year, first: float, second: float, behaviour: float, *, innovation: bool = False
) -> dict[str, Any]:
    filled = year.example("rating")
    reason = "Sesuai bukti dukung yang diunggah"
    filled["indicators"] = {
        name: {"realised": number, "reason": reason} for name, number in (("i1", first), ("i2", second))
    }
    filled["behaviour"] = {
        value.name: {"rating": behaviour, "reason": reason} for value in CONTENT.value_choices
    }
    filled["innovation"] = {"confirmed": False}
    if innovation:
        filled["innovation"] = {
            "confirmed": True,
            "idea": "Loket daring yang memotong waktu layanan",
            "confirmed_by": "Kepala Dinas",
            "confirmed_on": "2026-12-20",
        }
    return filled


def test_art_41_without_a_survey_the_plan_weighs_70_and_behaviour_30(year: Year) -> None:
    outcome = year.rated(rating(year, 100, 100, 80))
    assert (outcome.score, outcome.predicate) == (94, "good")


def test_arts_39_and_41_with_a_survey_the_plan_weighs_60_and_behaviour_40_of_which_the_survey_40(
    year: Year,
) -> None:
    outcome = year.rated(rating(year, 100, 100, 80), {"survey": 120})
    assert outcome.score == pytest.approx(60 + 0.4 * (0.6 * 80 + 0.4 * 120))


def test_results_weigh_what_the_plan_says(year: Year) -> None:
    assert year.rated(rating(year, 100, 50, 100)).score == pytest.approx(0.7 * (60 + 20) + 30)


def test_art_41_5_a_score_of_110_is_sangat_baik_with_a_confirmed_innovation_only(year: Year) -> None:
    assert year.rated(rating(year, 110, 110, 110)).predicate == "good"
    assert year.rated(rating(year, 110, 110, 110, innovation=True)).predicate == "very_good"
    assert year.rated(rating(year, 109, 109, 109, innovation=True)).predicate == "good"


def test_art_29_6_an_achievement_is_capped_at_120(year: Year) -> None:
    assert year.rated(rating(year, 1000, 1000, 120, innovation=True)).score == 120


@pytest.mark.parametrize(
    ("level", "predicate"),
    ((90, "good"), (89.99, "fair"), (70, "fair"), (69.99, "poor"), (50, "poor"), (49.99, "very_poor")),
)
def test_art_41_5_the_bands_begin_where_the_law_says(year: Year, level: float, predicate: str) -> None:
    assert year.rated(rating(year, level, level, level)).predicate == predicate


def test_the_predicates_are_called_as_in_the_law() -> None:
    labels = [step.label.id for step in CONTENT.scales["predicates"].steps]
    assert labels == ["Sangat Baik", "Baik", "Cukup", "Kurang", "Sangat Kurang"]


def test_less_is_better_where_the_plan_says_so(year: Year) -> None:
    for result in year.plan["results"]:
        result["indicators"][0]["lower_is_better"] = True
    assert year.rated(rating(year, 90, 90, 100)).score == pytest.approx(0.7 * 110 + 30)


def test_the_achievement_of_a_target_in_words_is_set_by_the_rater(year: Year) -> None:
    year.plan["results"][0]["indicators"][0]["target"] = {"text": "Naskah akademik yang siap dibahas"}
    filled = rating(year, 0, 100, 100)
    filled["indicators"]["i1"] = {"achievement": 90, "reason": "Naskah selesai, dua bab tertunda"}
    assert year.rated(filled).score == pytest.approx(0.7 * (0.6 * 90 + 40) + 30)


@pytest.mark.parametrize("weights", ((60, 39), (60, 41)))
def test_a_weight_sum_that_is_not_100_is_refused_at_its_place(year: Year, weights: tuple[int, int]) -> None:
    for result, weight in zip(year.plan["results"], weights, strict=True):
        result["weight"] = weight
    (mistake,) = year.mistakes("plan", year.plan)
    assert (mistake.path, mistake.reason) == (("results",), Reason.SUM_WRONG)
    assert mistake.parameters["sum"] == str(sum(weights))


@pytest.mark.parametrize("form", ("rating_academic_record", "rating_host_material"))
def test_arts_43_and_44_what_rests_on_material_weighs_70_and_30(year: Year, form: str) -> None:
    filled = year.example(form)
    filled["material"] = {"results": 100, "conduct": 80}
    outcome = year.rated(filled, form=form)
    assert (outcome.score, outcome.predicate) == (94, "good")


def test_a_confirmation_says_who_gave_it(year: Year) -> None:
    filled = rating(year, 110, 110, 110, innovation=True)
    del filled["innovation"]["confirmed_by"]
    assert [mistake.path for mistake in year.mistakes("rating", filled)] == [("innovation", "confirmed_by")]


def test_art_41_8_the_pattern_is_the_same_at_every_level_of_the_organisation() -> None:
    assert CONTENT.rating is not None
    assert isinstance(CONTENT.rating.method, NumericMethod)
    assert CONTENT.rating.distribution is not None
    patterns = set(CONTENT.rating.distribution.expected.values())
    ((best, middle, rest),) = patterns
    assert (best.at_most, middle.at_least, middle.at_most, rest.at_most) == (20, 60, 70, 20)
