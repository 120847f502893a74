"""What the numeric scheme claims (PP 30/2019 art 41), seen in a whole year over HTTP on the real engine."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio

from service.demo.systems import PP30_NUMERIK
from tests.service.api.conftest import Service
from tests.systems import pp30_forms as forms
from tests.systems import surveyed
from tests.systems.nasional_forms import VALUES, Form
from tests.systems.year import Year, begin

pytestmark = [pytest.mark.database, pytest.mark.engine]

RATER, HR = "Wayan Sukarta", "Hendra Wijayakusuma"
PLAIN, INVENTIVE, FAIR, FULL = "Lia Marlina", "Rizal Mahendra", "Endang Lestari", "Toni Hutapea"
"""Without a confirmed idea, with one, just below 90, and far above every target."""
PEOPLE = (PLAIN, INVENTIVE, FAIR, FULL)
EXCEEDED = (1500, 50, 8, 110, 110)
"""Of the documents 150 % and so 120 %; updates as planned; days mirrored 120 %; judged 110 %; each value 110."""
RATINGS = {
    PLAIN: forms.rating(*EXCEEDED, forms.NO_INNOVATION),
    INVENTIVE: forms.rating(*EXCEEDED, forms.INNOVATION),
    FAIR: forms.rating(900, 45, 11, 90, 89.97, forms.NO_INNOVATION),
    FULL: forms.rating(9000, 500, 0, 120, 120, forms.INNOVATION),
}


@dataclass
class Driven:
    """The year, and what was seen on its way."""

    year: Year
    seen: dict[str, Any] = field(default_factory=dict)
    ratings: dict[str, Any] = field(default_factory=dict)

    def steps(self, who: str, name: str) -> list[Any]:
        """The steps of a kind in how somebody's score is computed."""
        return [each for each in self.ratings[who]["outcome"]["working"] if each["name"] == name]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def drive(service: Service) -> Driven:
    year = await begin(service, PP30_NUMERIK, PEOPLE)
    drive = Driven(year)
    drive.seen["weights of 99"] = await year.refused(PLAIN, PLAIN, "submit_plan", forms.plan(59))
    await _everybody(year, "submit_plan", forms.plan())
    await _everybody(year, "approve_plan", by=RATER)
    for day in ("2026-06-02", "2026-11-03"):
        await year.on(day)
        await _everybody(year, "submit_check_in", forms.check_in())
        await _everybody(year, "review_check_in", forms.REVIEW, by=RATER)
    await _survey(year)
    await year.on("2026-12-16")
    await _everybody(year, "submit_self_assessment", forms.ASSESSMENT)
    await year.on("2027-01-12")
    await _rate(drive)
    await _everybody(year, "deliver_result", forms.delivery("2027-01-12"), by=RATER)
    drive.ratings = {name: await year.of(name, "rating") for name in PEOPLE}
    drive.seen["for HR"] = await year.of(PLAIN, "rating", HR)
    await _everybody(year, "agree")
    await _everybody(year, "finalise", by=RATER)
    await year.rest_settled()
    return drive


async def _survey(year: Year) -> None:
    """Three answer about the one far above every target, two about the one without an idea."""
    await surveyed.prepare(year)
    await year.on("2026-12-01")
    await surveyed.attend(year)
    await surveyed.answer(year, FULL, [PLAIN, INVENTIVE, FAIR], "always")
    await surveyed.answer(year, PLAIN, [INVENTIVE, FAIR], "seldom")
    await year.on("2026-12-15")
    await surveyed.attend(year)


async def _rate(drive: Driven) -> None:
    year, seen = drive.year, drive.seen
    rate = (RATER, PLAIN, "rate")
    unproved = {**forms.INNOVATION, "idea": ""}
    seen["no idea"] = await year.refused(*rate, forms.rating(*EXCEEDED, unproved))
    seen["too much"] = await year.refused(*rate, forms.rating(1500, 50, 8, 110, 121, forms.NO_INNOVATION))
    unrealised = forms.rating(*EXCEEDED, forms.NO_INNOVATION)
    del unrealised["indicators"]["h1a"]["realised"]
    seen["nothing realised"] = await year.refused(*rate, unrealised)
    seen["wrong predicate"] = await year.refused(*rate, RATINGS[PLAIN], predicate="very_good")
    for name, rating in RATINGS.items():
        await year.act(RATER, name, "rate", rating)


async def _everybody(year: Year, trigger: str, content: Form | None = None, by: str | None = None) -> None:
    """The same action on all cases."""
    await asyncio.gather(*(year.act(by or name, name, trigger, content) for name in PEOPLE))


def fields(problem: Any) -> list[str]:
    """The places at which a form was refused."""
    assert problem["code"] == "form_incomplete"
    return [each["field"] for each in problem["errors"]]


def numbers(step: Any) -> dict[str, float | str]:
    """From what a step starts."""
    return {each["name"]: each["value"] for each in step["numbers"]}


def test_weights_that_sum_to_99_are_refused_at_their_place(drive: Driven) -> None:
    assert fields(drive.seen["weights of 99"]) == ["/content/results"]
    assert "100" in drive.seen["weights of 99"]["errors"][0]["message"]


def test_the_plan_weighs_70_and_the_behaviour_30(drive: Driven) -> None:
    (weights,) = drive.steps(PLAIN, "weighting")
    assert (numbers(weights), weights["article"]) == (
        {"plan": 70, "behaviour": 30},
        "PP 30/2019 art 41(2), (3)",
    )


def test_a_survey_that_is_absent_is_named_and_not_counted_as_zero(drive: Driven) -> None:
    absent = {str(numbers(each)["component"]): each["label"] for each in drive.steps(PLAIN, "absent")}
    assert "not counted as zero" in absent["survey"]


def test_with_three_answers_the_plan_weighs_60_and_of_behaviour_the_survey_40(drive: Driven) -> None:
    (weights,) = drive.steps(FULL, "weighting")
    assert (numbers(weights), weights["article"]) == (
        {"plan": 60, "behaviour": 24, "survey": 16},
        "PP 30/2019 art 41(2), (4)",
    )
    (score,) = drive.steps(FULL, "score")
    assert numbers(score) == {"plan": 120, "behaviour": 120, "survey": 120}


async def test_two_answers_are_too_few_and_weigh_nothing(drive: Driven) -> None:
    found = await surveyed.result(drive.year, PLAIN)
    assert (found["outcome"], found["number"]) == ("too_few", None)
    (score,) = drive.steps(PLAIN, "score")
    assert "survey" not in numbers(score)


def test_results_count_by_their_weights(drive: Driven) -> None:
    (plan,) = drive.steps(PLAIN, "plan")
    # 60 % of 120, and 40 % of the mean of 100, 120 and 110.
    assert plan["result"] == 116


def test_an_indicator_far_above_its_target_counts_120(drive: Driven) -> None:
    found = {numbers(each)["indicator"]: each for each in drive.steps(PLAIN, "indicator")}
    assert (found["h1a"]["result"], numbers(found["h1a"])["before_limits"]) == (120, 150)
    assert found["h1a"]["article"] == "PP 30/2019 art 29(6)"


def test_what_should_be_little_is_mirrored_at_its_target(drive: Driven) -> None:
    found = {numbers(each)["indicator"]: each["result"] for each in drive.steps(PLAIN, "indicator")}
    assert (found["h2a"], found["h2b"]) == (100, 120)


def test_a_target_in_words_counts_as_the_rater_judges_it(drive: Driven) -> None:
    (judged,) = drive.steps(PLAIN, "judged_indicator")
    assert (numbers(judged)["indicator"], judged["result"]) == ("h2c", 110)


def test_nobody_gets_more_than_120(drive: Driven) -> None:
    assert fields(drive.seen["too much"]) == [f"/content/behaviour/{value}/rating" for value in VALUES]
    assert drive.ratings[FULL]["outcome"]["score"] == 120


def test_the_score_stands_in_the_working_with_what_it_comes_from(drive: Driven) -> None:
    (score,) = drive.steps(PLAIN, "score")
    assert numbers(score) == {"plan": 116, "behaviour": 110}
    assert score["result"] == pytest.approx(114.2)
    assert drive.ratings[PLAIN]["outcome"]["score"] == pytest.approx(114.2)


def test_above_110_without_a_confirmed_innovation_is_baik(drive: Driven) -> None:
    assert drive.ratings[PLAIN]["outcome"]["predicate"] == "good"
    (condition,) = drive.steps(PLAIN, "condition")
    assert numbers(condition)["needs"] == "innovation.confirmed"


def test_above_110_with_a_confirmed_innovation_is_sangat_baik(drive: Driven) -> None:
    outcome = drive.ratings[INVENTIVE]["outcome"]
    assert (outcome["score"], outcome["predicate"]) == (pytest.approx(114.2), "very_good")
    assert drive.steps(INVENTIVE, "condition") == []


def test_an_innovation_names_its_idea(drive: Driven) -> None:
    assert fields(drive.seen["no idea"]) == ["/content/innovation/idea"]


def test_just_below_90_is_cukup(drive: Driven) -> None:
    outcome = drive.ratings[FAIR]["outcome"]
    assert (outcome["score"], outcome["predicate"], outcome["predicate_name"]) == (89.99, "fair", "Fair")


def test_an_indicator_of_which_nothing_is_said_is_asked_for_and_not_zero(drive: Driven) -> None:
    assert fields(drive.seen["nothing realised"]) == ["/content/indicators/h1a/realised"]


def test_a_predicate_that_the_score_does_not_give_is_refused(drive: Driven) -> None:
    assert fields(drive.seen["wrong predicate"]) == ["/predicate"]


def test_the_working_is_the_same_for_the_person_and_for_hr(drive: Driven) -> None:
    outcome = drive.ratings[PLAIN]["outcome"]
    assert drive.seen["for HR"]["outcome"] == outcome
    assert {each["scheme"] for each in outcome["working"]} == {"pp30-numerik@1"}


async def test_the_year_ends_with_finalised_results(drive: Driven) -> None:
    for name in PEOPLE:
        assert await drive.year.service.stage(drive.year.cases[name]) == "finalised"
