"""What the system of Gerunggang claims: indicators by job, process and effort apart, complaints, chosen training."""

from typing import Any

import pytest

from content.forms.mistakes import Reason
from content.plan.library import family_of, indicators_for
from states.stages import Capacity
from tests.schemes.filled import Year, content_of

CONTENT = content_of("gerunggang")


@pytest.fixture
def year() -> Year:
    return Year("gerunggang")


@pytest.mark.parametrize(
    ("post", "family", "indicator"),
    (
        ("Guru Ahli Muda", "teacher", "pupils_average"),
        ("Kepala Sekolah Dasar", "teacher", "pupils_average"),
        ("Perawat Terampil", "health", "patients_content"),
        ("Bidan Ahli Pertama", "health", "patients_content"),
        ("Pengadministrasi Umum", "administration", "documents_in_time"),
        ("Arsiparis Mahir", "administration", "documents_in_time"),
    ),
)
def test_the_library_fits_the_job(post: str, family: str, indicator: str) -> None:
    assert family_of(post, CONTENT) == family
    assert indicators_for(post, CONTENT)[0].name == indicator


def test_a_job_without_a_family_has_no_indicators_to_take_over() -> None:
    assert indicators_for("Camat", CONTENT) == ()


@pytest.mark.parametrize(
    ("family", "indicator", "aspect"),
    (
        ("teacher", "pupils_average", "quality"),
        ("health", "patients_content", "quality"),
        ("administration", "documents_in_time", "time"),
    ),
)
def test_teachers_nurses_and_clerks_are_measured_by_what_they_are_there_for(
    family: str, indicator: str, aspect: str
) -> None:
    found = {each.name: each.aspect for each in CONTENT.library[family].indicators}
    assert found[indicator] == aspect


@pytest.mark.parametrize("criterion", ("service_quality", "time_discipline", "adaptability"))
def test_service_quality_time_discipline_and_adaptability_are_always_rated_with_a_reason(
    year: Year, criterion: str
) -> None:
    for field in (criterion, f"{criterion}_reason"):
        filled = year.example("rating")
        del filled["criteria"][field]
        mistakes = year.mistakes("rating", filled)
        assert ("criteria", field) in {mistake.path for mistake in mistakes}
        assert {mistake.reason for mistake in mistakes} == {Reason.MISSING}


def rating(year: Year, process: str, effort: str) -> dict[str, Any]:
    filled = year.example("rating")
    filled["overall"] |= {"results": "meets", "behaviour": "meets"}
    filled["way"] |= {"process": process, "effort": effort}
    return filled


@pytest.mark.parametrize("process", ("above", "meets", "below"))
@pytest.mark.parametrize("effort", ("above", "meets", "below"))
def test_process_and_effort_are_shown_apart_and_move_no_predicate(
    year: Year, process: str, effort: str
) -> None:
    outcome = year.rated(rating(year, process, effort))
    assert outcome.apart == {"process": process, "effort": effort}
    assert outcome.predicate == "good"


def test_the_matrix_and_the_distribution_are_the_national_ones() -> None:
    national = content_of("nasional").rating
    assert CONTENT.rating is not None
    assert national is not None
    assert (CONTENT.rating.method, CONTENT.rating.distribution) == (national.method, national.distribution)


def test_the_employee_notes_how_fast_complaints_were_handled() -> None:
    complaint = CONTENT.entries["complaint"]
    assert complaint.by == (Capacity.EMPLOYEE,)
    names = [field.name for field in complaint.fields]
    assert names == ["matter", "received_on", "settled_on", "hours", "result", "evidence"]


def test_complaints_that_were_settled_within_three_working_days_are_counted() -> None:
    """Of 37.5 hours in five days (Perpres 21/2023)."""
    counted = CONTENT.entries["complaint"].counted
    assert counted is not None
    assert (counted.field, counted.at_most) == ("hours", 3 * 37.5 / 5)


def test_a_complaint_that_is_not_settled_yet_can_be_noted() -> None:
    optional = {field.name for field in CONTENT.entries["complaint"].fields if not field.required}
    assert optional == {"settled_on", "hours", "evidence"}


def test_strengths_and_weaknesses_are_named_from_one_list(year: Year) -> None:
    filled = year.example("meeting")
    filled["meeting"] |= {"strengths": ["teamwork"], "weaknesses": ["public_communication"]}
    assert year.mistakes("meeting", filled) == ()
    filled["meeting"]["weaknesses"] = ["juggling"]
    (mistake,) = year.mistakes("meeting", filled)
    assert mistake.reason is Reason.NOT_A_CHOICE


def test_there_is_a_training_for_every_weakness() -> None:
    helped = {name for training in CONTENT.follow_up.trainings for name in training.for_weaknesses}
    assert helped == set(CONTENT.lists["skills"].names)


def test_for_most_weaknesses_the_person_has_a_choice() -> None:
    choices = [
        sum(weakness in training.for_weaknesses for training in CONTENT.follow_up.trainings)
        for weakness in CONTENT.lists["skills"].names
    ]
    assert sum(count > 1 for count in choices) > len(choices) / 2
