"""A year in Gerunggang: indicators by kind of job, service, time, process and effort, complaints, and training."""

from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.service.api.results import levels
from tests.systems.driven import DrivenYear
from tests.systems.gerunggang_year import (
    CLERK,
    COMPLAINTS,
    EVERYBODY,
    NURSE,
    OFFICER,
    RATERS,
    RATINGS,
    TAKEN,
    TEACHER,
    drive,
)

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def driven(service: Service) -> DrivenYear:
    return await drive(service)


async def outcome(driven: DrivenYear, employee: str, who: str | None = None) -> Any:
    """The predicate of somebody with its working."""
    return (await driven.year.of(employee, "rating", who))["outcome"]


async def rows_of(driven: DrivenYear, employee: str, section: str) -> dict[str, Any]:
    """What the person reads in a section of the rating that is filled in once, by field."""
    sections = (await driven.year.of(employee, "rating"))["rating"]["sections"]
    (row,) = next(each["rows"] for each in sections if each["name"] == section)
    return {field["name"]: field for field in row["fields"]}


async def test_every_case_is_final_and_followed_by_the_engine(driven: DrivenYear) -> None:
    for employee in EVERYBODY:
        case = await driven.year.of(employee, "")
        assert (case["stage"], case["outcome"], case["scheme"]) == ("finalised", "agreed", "gerunggang@1")
        position = await driven.year.service.until_followed(driven.year.cases[employee])
        assert position["stage"] == "finalised"


@pytest.mark.parametrize(
    ("employee", "family", "indicators"),
    (
        (TEACHER, "Teachers", {"Average of the examination results of the pupils", "Meetings with parents"}),
        (NURSE, "Health staff", {"Patients who are content with the service", "Home visits made"}),
        (
            CLERK,
            "Administration",
            {"Documents finished in time", "Complaints settled within three working days"},
        ),
    ),
)
async def test_the_library_offers_indicators_of_the_own_job(
    driven: DrivenYear, employee: str, family: str, indicators: set[str]
) -> None:
    library = driven.seen[f"library of {employee}"]
    assert library["family_name"] == family
    assert indicators < {each["indicator"] for each in library["items"]}


async def test_no_indicator_of_another_job_is_offered(driven: DrivenYear) -> None:
    offered = [{each["name"] for each in driven.seen[f"library of {who}"]["items"]} for who in EVERYBODY]
    assert len(set.union(*offered)) == sum(len(each) for each in offered)


async def test_what_was_taken_over_stands_in_the_plan_in_force(driven: DrivenYear) -> None:
    for employee in EVERYBODY:
        (result,) = (await driven.year.of(employee, "plan"))["in_force"]["plan"]["content"]["results"]
        offered = {each["name"]: each["indicator"] for each in driven.seen[f"library of {employee}"]["items"]}
        wanted = [offered[name] for name in TAKEN[employee]]
        assert [each["indicator"] for each in result["indicators"]] == wanted


async def test_the_year_has_two_check_ins(driven: DrivenYear) -> None:
    file = await driven.year.of(NURSE, "file")
    assert [each["at"][:10] for each in file["check_ins"]] == ["2026-06-03"] * 2 + ["2026-11-03"] * 2


async def test_service_time_adaptability_process_and_effort_are_always_rated(driven: DrivenYear) -> None:
    refused = driven.seen["without criteria"]
    assert (refused["status"], refused["code"]) == (422, "form_incomplete")
    criteria, way = ("service_quality", "time_discipline", "adaptability"), ("process", "effort")
    wanted = [("criteria", name) for name in criteria] + [("way", name) for name in way]
    assert {each["field"] for each in refused["errors"]} == {
        f"/content/{section}/{name}{more}" for section, name in wanted for more in ("", "_reason")
    }


async def test_the_person_reads_how_service_time_and_adaptability_were_rated(driven: DrivenYear) -> None:
    read = await rows_of(driven, CLERK, "criteria")
    rated = ("service_quality", "time_discipline", "adaptability")
    assert {read[name]["label"]: read[name]["in_words"] for name in rated} == {
        "Quality of service": "Above expectations",
        "Time discipline": "Meets expectations",
        "Adaptability": "Above expectations",
    }


@pytest.mark.parametrize(
    ("employee", "process", "effort"),
    ((TEACHER, "below", "below"), (NURSE, "above", "below"), (CLERK, "below", "above")),
)
async def test_process_and_effort_are_rated_apart_and_shown_apart(
    driven: DrivenYear, employee: str, process: str, effort: str
) -> None:
    apart = {each["label"]: each["step"] for each in (await outcome(driven, employee))["apart"]}
    assert apart == {"Process": process, "Effort": effort}


async def test_self_assessment_tells_of_process_and_effort_too(driven: DrivenYear) -> None:
    written = (await driven.year.of(CLERK, "file", RATERS[CLERK]))["self_assessment"]["written"]
    assert "keluhan" in written["content"]["overall"]["way"]


async def test_the_way_of_working_does_not_move_the_predicate_up_or_down(driven: DrivenYear) -> None:
    """Same results and behaviour, opposite process and effort."""
    nurse, clerk = await outcome(driven, NURSE), await outcome(driven, CLERK)
    assert nurse["predicate"] == clerk["predicate"] == "good"
    assert nurse["working"][0] == clerk["working"][0]
    assert (await outcome(driven, TEACHER))["predicate"] == "very_good"


async def test_the_working_says_that_process_and_effort_have_no_effect(driven: DrivenYear) -> None:
    _, *apart = (await outcome(driven, TEACHER))["working"]
    assert [step["label"] for step in apart] == ["Rated apart, without effect on the predicate"] * 2


async def test_the_working_is_the_same_for_the_person_the_rater_and_personnel_officers(
    driven: DrivenYear,
) -> None:
    seen = [await outcome(driven, NURSE, who) for who in (NURSE, RATERS[NURSE], OFFICER)]
    assert seen[0] == seen[1] == seen[2]


async def test_complaints_handled_are_at_hand_when_service_is_rated(driven: DrivenYear) -> None:
    (whole,) = [each for each in driven.seen["rating form"]["at_hand"] if each["item"] == ""]
    handled = {note["content"]["matter"]: note["content"].get("hours") for note in whole["notes"]}
    assert handled == {matter: hours for _, _, hours, matter in COMPLAINTS} | {"Loket tutup awal": None}


async def test_complaints_handled_fast_are_counted_for_the_rater_and_the_person(driven: DrivenYear) -> None:
    """Two took 3 and 8 hours, one took 96, and one is open."""
    count = {
        "kind": "complaint",
        "kind_name": "Complaint handled",
        "entries": 4,
        "label": "Settled within three working days",
        "counted": 2,
    }
    for seen in ("rating form", "file while it is rated"):
        assert driven.seen[seen]["counts"] == [count]
    assert (await driven.year.of(CLERK, "file", OFFICER))["counts"] == [count]


async def test_where_there_were_no_complaints_nothing_is_counted(driven: DrivenYear) -> None:
    assert (await driven.year.of(NURSE, "file"))["counts"] == []


async def test_only_the_employee_notes_the_complaints_that_he_handled(driven: DrivenYear) -> None:
    assert driven.seen["complaint by the rater"]["code"] == "not_yours_to_add"


async def test_the_person_reads_what_the_rater_made_of_the_complaints(driven: DrivenYear) -> None:
    read = await rows_of(driven, CLERK, "criteria")
    assert read["complaints"]["value"] == RATINGS[CLERK]["criteria"]["complaints"]
    assert "complaints" not in await rows_of(driven, NURSE, "criteria")


async def test_before_the_result_is_handed_over_nothing_of_it_is_shown(driven: DrivenYear) -> None:
    assert driven.seen["rating before"] == 404
    before = driven.seen["trainings before"]
    assert (before["weaknesses"], before["may_choose"]) == ([], False)
    assert not any(each["recommended"] for each in before["offers"])


async def test_strengths_and_weaknesses_are_named_when_the_result_is_handed_over(driven: DrivenYear) -> None:
    sections = (await driven.year.of(CLERK, "file"))["meeting"]["written"]["sections"]
    said = {field["label"]: field["in_words"] for field in sections[0]["rows"][0]["fields"]}
    assert said["Strengths"] == "Attitude of service"
    assert said["Weaknesses"] == "Communication with the public, Management of time"


async def test_what_helps_with_the_weaknesses_is_recommended(driven: DrivenYear) -> None:
    offers = (await driven.year.of(CLERK, "trainings"))["offers"]
    assert {each["label"] for each in offers if each["recommended"]} == {
        "Excellent service",
        "Speaking with the public",
        "Handling complaints",
        "Using time well",
    }


async def test_the_person_chooses_a_training_and_rater_and_officers_see_it(driven: DrivenYear) -> None:
    assert driven.seen["chosen"].status_code == 201
    for who in (CLERK, RATERS[CLERK], OFFICER):
        (chosen,) = (await driven.year.of(CLERK, "trainings", who))["chosen"]
        assert (chosen["label"], chosen["weakness"]["label"]) == ("Using time well", "Management of time")


async def test_nobody_is_sent_to_a_training(driven: DrivenYear) -> None:
    assert driven.seen["chosen by the rater"].status_code == 403
    assert (await driven.year.of(TEACHER, "trainings"))["chosen"] == []


async def test_a_training_helps_only_with_what_was_named(driven: DrivenYear) -> None:
    refused = driven.seen["weakness not named"]
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "/weakness")


async def test_no_event_and_no_log_holds_what_was_written(driven: DrivenYear) -> None:
    service = driven.year.service
    bodies = await service.value("SELECT string_agg(CAST(body AS text), ' ') FROM event")
    for told in (bodies, service.log.getvalue()):
        for marker in ("Antrean kartu keluarga", "keluhan pada hari", "time_management", "very_good"):
            assert marker not in told


def award(found: Any) -> Any:
    return next(each for each in found["items"] if each["name"] == "complaints")


async def test_complaints_settled_fast_are_recognised_once_the_result_is_final(driven: DrivenYear) -> None:
    before = award(driven.seen["follow-up before it is final"])
    assert [(each["code"], each["holds"]) for each in before["reasons"]] == [
        ("not_final", False),
        ("counted_enough", True),
    ]
    after = award(await driven.year.of(CLERK, "follow-up"))
    assert (after["met"], after["kind"]) == (True, "award")
    assert after["reasons"][1]["text"] == (
        "Complaint handled, settled within three working days: 2 in the year, 2 needed."
    )


async def test_who_handled_no_complaints_is_told_why_not(driven: DrivenYear) -> None:
    found = award(await driven.year.of(TEACHER, "follow-up"))
    assert (found["met"], found["reasons"][1]["code"]) == (False, "counted_missing")


async def test_nothing_follows_from_a_draft_for_anybody(driven: DrivenYear) -> None:
    assert driven.seen["follow-up of a draft"] == ["result_not_handed_over"] * 3


async def test_whoever_reads_what_follows_for_himself_has_seen_his_result(driven: DrivenYear) -> None:
    seen = [
        "seen" in levels(driven.seen[moment])
        for moment in ("receipt before", "receipt after the rater looked", "receipt after")
    ]
    assert seen == [False, False, True]
    assert driven.seen["follow-up by the rater"] == driven.seen["follow-up before it is final"]
