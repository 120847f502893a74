"""What the system of Samarinda claims: targets in time and quality, observation, and safeguards of the rating."""

from typing import Any

import pytest

from content.entries import EntryKind
from content.forms.mistakes import Mistake, Reason
from content.sight.rules import Kind, Role, Sight
from content.sight.table import sight_of
from schemes.loading import builtin_scheme
from states.stages import Capacity, Stage
from tests.schemes.filled import Year

GROUNDS = "Target layanan terlampaui dua kali lipat menurut laporan."


@pytest.fixture
def year() -> Year:
    return Year("samarinda")


def rated_so(year: Year, **overall: Any) -> dict[str, Any]:
    """A rating in which everything meets expectations, but for what a test says."""
    filled = year.example("rating")
    meets = {"rating": "meets", "reason": "Sesuai dengan yang diharapkan"}
    filled["results"] = {name: dict(meets) for name in filled["results"]}
    filled["behaviour"] = {name: dict(meets) for name in filled["behaviour"]}
    filled["leadership"] = {"led_project": False}
    filled["overall"] = {
        "results": "meets",
        "behaviour": "meets",
        "reason": "Hasil dan perilaku sesuai dengan yang diharapkan",
        "recommendation": "Pelatihan komunikasi publik",
        **overall,
    }
    return filled


def only(mistakes: tuple[Mistake, ...]) -> tuple[tuple[str | int, ...], Reason]:
    (mistake,) = mistakes
    return mistake.path, mistake.reason


def test_the_evaluation_comes_back_every_quarter() -> None:
    book = builtin_scheme("samarinda")
    assert book.periodic_evaluation == "quarterly"
    assert [date.month for date in book.check_ins] == [4, 7, 10]


@pytest.mark.parametrize("aspect", ("quantity", "time", "quality"))
def test_every_result_has_its_quantity_time_and_quality(year: Year, aspect: str) -> None:
    for indicator in year.plan["results"][0]["indicators"]:
        if indicator["aspect"] == aspect:
            indicator["aspect"] = "cost"
    path, reason = only(year.mistakes("plan", year.plan))
    assert (path, reason) == (("results", 0, "indicators"), Reason.NOT_EACH_HAS)


def test_a_rating_waits_for_four_observations() -> None:
    filled = rated_so(Year("samarinda"))
    assert Year("samarinda", noted={"observation": 4}).mistakes("rating", filled) == ()
    path, reason = only(Year("samarinda", noted={"observation": 3}).mistakes("rating", filled))
    assert (path, reason) == ((), Reason.TOO_FEW_NOTED)


def test_a_rater_with_a_conflict_of_interest_does_not_rate(year: Year) -> None:
    filled = rated_so(year)
    filled["declaration"]["no_conflict"] = False
    assert only(year.mistakes("rating", filled)) == (("declaration", "no_conflict"), Reason.MUST_BE)


def test_a_declared_conflict_routes_the_rating_one_level_up() -> None:
    assert builtin_scheme("samarinda").conflict_declaration
    assert not builtin_scheme("nasional").conflict_declaration


def test_who_still_drafts_has_five_working_days_left_once_the_superiors_plan_is_set() -> None:
    rule = builtin_scheme("samarinda").behind_superior
    assert rule is not None
    assert (rule.clock, rule.days) == ("waits", 5)


def test_a_rater_declares_before_he_rates(year: Year) -> None:
    filled = rated_so(year)
    del filled["declaration"]
    assert ("declaration", "no_conflict") in {mistake.path for mistake in year.mistakes("rating", filled)}


@pytest.mark.parametrize("step", ("above", "below"))
def test_an_extreme_rating_has_grounds_of_40_characters_and_evidence(year: Year, step: str) -> None:
    filled = rated_so(year)
    filled["behaviour"]["adaptif"] = {"rating": step, "grounds": GROUNDS[:39].strip(), "evidence": ["e1"]}
    assert only(year.mistakes("rating", filled)) == (("behaviour", "adaptif", "grounds"), Reason.TOO_SHORT)
    filled["behaviour"]["adaptif"] = {"rating": step, "grounds": GROUNDS, "evidence": []}
    assert [mistake.path for mistake in year.mistakes("rating", filled)] == [
        ("behaviour", "adaptif", "evidence")
    ]
    filled["behaviour"]["adaptif"] = {"rating": step, "grounds": GROUNDS, "evidence": ["e1"]}
    assert year.mistakes("rating", filled) == ()


def test_both_ratings_of_the_whole_need_grounds_where_they_are_extreme(year: Year) -> None:
    filled = rated_so(year, results="above", behaviour="below")
    assert {mistake.path for mistake in year.mistakes("rating", filled)} == {
        ("overall", "results_grounds"),
        ("overall", "results_evidence"),
        ("overall", "behaviour_grounds"),
        ("overall", "behaviour_evidence"),
    }


def test_a_rating_that_meets_expectations_needs_no_grounds(year: Year) -> None:
    filled = rated_so(year)
    filled["behaviour"]["adaptif"]["grounds"] = GROUNDS
    assert only(year.mistakes("rating", filled)) == (("behaviour", "adaptif", "grounds"), Reason.NOT_ASKED)


def test_leading_a_project_is_rated_apart_and_moves_no_predicate(year: Year) -> None:
    without = year.rated(rated_so(year))
    filled = rated_so(year)
    filled["leadership"] = {
        "led_project": True,
        "rating": "above",
        "reason": "Memimpin proyek layanan terpadu sampai selesai",
    }
    led = year.rated(filled)
    assert (without.apart, led.apart) == ({}, {"leadership": "above"})
    assert without.predicate == led.predicate == "good"


def test_the_employee_notes_the_projects_that_he_led(year: Year) -> None:
    project: EntryKind = year.content.entries["project"]
    assert project.by == (Capacity.EMPLOYEE,)
    assert {"project", "began_on", "members", "outcome", "evidence"} <= {
        field.name for field in project.fields
    }


def test_the_raters_superior_sees_notes_and_evidence_and_the_draft_stays_hidden_from_the_employee(
    year: Year,
) -> None:
    def sight(role: Role, kind: Kind) -> Sight:
        return sight_of(year.content, role, kind, Stage.RATING, delivered=False)

    assert sight(Role.RATER_SUPERIOR, Kind.NOTE) is Sight.VISIBLE
    assert sight(Role.RATER_SUPERIOR, Kind.EVIDENCE) is Sight.VISIBLE
    assert sight(Role.EMPLOYEE, Kind.RATING_DRAFT) is Sight.HIDDEN
    assert sight(Role.RATER, Kind.LENIENCY) is Sight.HIDDEN
