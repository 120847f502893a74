"""A year in Samarinda: targets, quarters, observation, projects, and what keeps a rating from being subjective."""

from typing import Any

import pytest
import pytest_asyncio

from tests.service.api.conftest import Service
from tests.systems import surveyed
from tests.systems.driven import DrivenYear
from tests.systems.samarinda import GROUNDS, PROJECT
from tests.systems.samarinda_year import (
    DIVISION,
    EVERYBODY,
    HEAD_OF_OFFICE,
    IN_TIME,
    KEEP,
    LATE,
    LEADER,
    OFFICER,
    OTHERS,
    RATER,
    RELATIVE,
    drive,
)

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def driven(service: Service) -> DrivenYear:
    return await drive(service)


def errors(problem: Any) -> list[tuple[str, str]]:
    """Every place of a form that is refused, with what is said of it."""
    assert (problem["status"], problem["code"]) == (422, "form_incomplete"), problem
    return [(each["field"], each["message"]) for each in problem["errors"]]


async def timeline(driven: DrivenYear, employee: str) -> list[dict[str, Any]]:
    """What happened in a case, the oldest first."""
    found = await driven.year.of(employee, "timeline", limit=100)
    return list(reversed(found["items"]))


async def rating(driven: DrivenYear, employee: str) -> Any:
    return await driven.year.of(employee, "rating")


async def test_every_case_is_final_and_followed_by_the_engine(driven: DrivenYear) -> None:
    for employee in EVERYBODY:
        case = await driven.year.of(employee, "")
        assert (case["stage"], case["outcome"], case["scheme"]) == ("finalised", "agreed", "samarinda@1")
        position = await driven.year.service.until_followed(driven.year.cases[employee])
        assert position["stage"] == "finalised"


async def test_a_due_day_ends_at_midnight_in_samarinda(driven: DrivenYear) -> None:
    """16.00 UTC, an hour before it ends in Jakarta."""
    lapsed = {
        employee: [entry["at"] for entry in await timeline(driven, employee) if entry["kind"] == "lapsed"]
        for employee in (IN_TIME, LATE)
    }
    assert lapsed == {IN_TIME: [], LATE: ["2026-01-26T16:00:00Z"]}


async def test_reminders_leave_at_eight_in_samarinda(driven: DrivenYear) -> None:
    rungs = [entry["at"] for entry in await timeline(driven, LATE) if entry["kind"] == "rung_reached"]
    assert rungs
    assert {at[11:] for at in rungs} == {"00:00:00Z"}


async def test_an_appointment_is_told_by_the_clocks_of_samarinda(driven: DrivenYear) -> None:
    found = driven.seen["appointment"]
    assert (found["starts_at"], found["zone"]) == ("2027-01-20T09:00:00+08:00", "Asia/Makassar")


async def test_a_plan_waits_for_the_one_above_and_then_has_five_working_days(driven: DrivenYear) -> None:
    """Set on Monday 19 January; without that the days would end on the 20th."""
    assert (driven.seen["due before"], driven.seen["due after"]) == ("2026-01-20", "2026-01-26")


async def test_who_wrote_before_the_plan_above_was_set_is_shown_there_as_waiting(driven: DrivenYear) -> None:
    below = driven.seen["plans below"]
    (supported,) = below["results"]
    assert {each["employee"] for each in supported["supporters"]} == set(DIVISION) - {LEADER}
    assert (below["people"], below["not_linked"]) == (4, 1)


async def test_the_work_plan_has_a_target_for_each_indicator(driven: DrivenYear) -> None:
    plan = await driven.year.of(LEADER, "plan")
    (result,) = plan["in_force"]["plan"]["content"]["results"]
    assert {each["aspect"]: each["target"]["number"] for each in result["indicators"]} == {
        "quantity": 24,
        "quality": 95,
        "time": 90,
    }


async def test_a_result_without_indicators_of_time_and_quality_is_refused(driven: DrivenYear) -> None:
    assert errors(driven.seen["without time and quality"]) == [
        ("/content/results/0/indicators", "One row here must have “Time” as “Aspect”."),
        ("/content/results/0/indicators", "One row here must have “Quality” as “Aspect”."),
    ]


async def test_what_was_achieved_on_time_and_in_quality_stands_in_the_file(driven: DrivenYear) -> None:
    file = await driven.year.of(LEADER, "file", RATER)
    sections = {each["name"]: each["rows"] for each in file["self_assessment"]["written"]["sections"]}
    assert {row["title"]: row["fields"][0]["in_words"] for row in sections["indicators"]} == {
        "Titik genangan yang ditangani": "24",
        "Pekerjaan tanpa temuan pemeriksa": "97",
        "Pekerjaan selesai sesuai jadwal": "92",
    }


async def test_work_is_evaluated_after_each_quarter_but_the_last(driven: DrivenYear) -> None:
    assert driven.seen["opens"] == ["2026-04-01", "2026-07-01", "2026-10-01", "2026-12-15"]
    for employee in EVERYBODY:
        opened = [
            entry["at"] for entry in await timeline(driven, employee) if entry["trigger"] == "open_check_in"
        ]
        assert opened == ["2026-03-31T16:00:00Z", "2026-06-30T16:00:00Z", "2026-09-30T16:00:00Z"]


async def test_each_quarter_has_a_report_and_a_review(driven: DrivenYear) -> None:
    file = await driven.year.of(LEADER, "file")
    assert [each["trigger"] for each in file["check_ins"]] == ["submit_check_in", "review_check_in"] * 3
    realised = [
        each["written"]["content"]["indicators"]["h1-quantity"]["realised"] for each in file["check_ins"][::2]
    ]
    assert realised == [6, 12, 18]


async def test_three_observations_are_too_few_for_a_rating(driven: DrivenYear) -> None:
    assert errors(driven.seen["too few"]) == [
        ("/content", "“Observation” must be noted at least 4 times before.")
    ]


async def test_what_the_superior_saw_is_at_hand_when_he_rates(driven: DrivenYear) -> None:
    found = {each["item"]: each["notes"] for each in driven.seen["at hand"]["at_hand"]}
    days = [note["noted_on"] for note in found["h1"] if note["kind"] == "observation"]
    assert days == ["2026-10-01", "2026-07-01", "2026-04-01"]


async def test_the_employee_reads_each_observation_with_its_day(driven: DrivenYear) -> None:
    notes = (await driven.year.of(LEADER, "entries", kind="observation"))["items"]
    assert [note["noted_on"] for note in notes] == ["2026-12-14", "2026-10-01", "2026-07-01", "2026-04-01"]
    assert {(note["author"], note["item"]) for note in notes} == {(RATER, "h1")}


async def test_a_project_led_is_at_hand_when_it_is_rated(driven: DrivenYear) -> None:
    found = {each["item"]: each["notes"] for each in driven.seen["at hand"]["at_hand"]}
    (project,) = found[""]
    assert (project["kind_name"], project["content"]) == ("Project led", PROJECT)


async def test_leading_a_project_is_rated_and_shown_beside_the_predicate(driven: DrivenYear) -> None:
    (apart,) = (await rating(driven, LEADER))["outcome"]["apart"]
    assert (apart["label"], apart["step_name"]) == ("Leading of projects", "Above expectations")
    assert (await rating(driven, IN_TIME))["outcome"]["apart"] == []


async def test_the_working_says_that_leading_a_project_has_not_moved_the_predicate(
    driven: DrivenYear,
) -> None:
    cell, apart = (await rating(driven, LEADER))["outcome"]["working"]
    assert [number["value"] for number in cell["numbers"]] == ["above", "above"]
    assert cell["result"] == "very_good"
    assert apart["label"] == "Rated apart, without effect on the predicate"


async def test_who_does_not_exclude_a_conflict_of_interest_does_not_rate(driven: DrivenYear) -> None:
    assert errors(driven.seen["conflict not excluded"]) == [
        ("/content/declaration/no_conflict", "You can go on only if you confirm this.")
    ]


async def test_a_declared_conflict_routes_the_rating_one_level_up(driven: DrivenYear) -> None:
    assert driven.seen["rater before"] == ["rater"]
    assert driven.seen["rate once declared"].status_code == 404
    assert (await rating(driven, RELATIVE))["set_by"] == HEAD_OF_OFFICE
    declared = next(
        each for each in await timeline(driven, RELATIVE) if each["trigger"] == "declare_conflict"
    )
    assert (declared["actor"], declared["assignee"]) == (RATER, HEAD_OF_OFFICE)


async def test_the_former_rater_no_longer_sees_the_case(driven: DrivenYear) -> None:
    assert driven.seen["rater once declared"] == 404
    assert await driven.year.status(RELATIVE, "rating", RATER) == 404


async def test_whoever_rates_instead_has_the_notes_of_the_year(driven: DrivenYear) -> None:
    notes = driven.seen["notes for the superior"]["items"]
    assert [note["kind"] for note in notes] == ["observation"] * 4


async def test_the_reasons_of_a_conflict_are_for_personnel_officers_alone(driven: DrivenYear) -> None:
    said = {
        who: [
            each["text"]
            for each in (await driven.year.of(RELATIVE, "timeline", who, limit=100))["items"]
            if each["trigger"] == "declare_conflict"
        ]
        for who in (OFFICER, RELATIVE, HEAD_OF_OFFICE)
    }
    assert said == {OFFICER: ["Pegawai ini adik ipar saya"], RELATIVE: [None], HEAD_OF_OFFICE: [None]}


async def test_an_extreme_rating_without_grounds_and_evidence_is_refused(driven: DrivenYear) -> None:
    assert errors(driven.seen["bare extreme"]) == [
        ("/content/results/h1/grounds", "Write at least 40 characters; there are 12."),
        ("/content/results/h1/evidence", "This is still missing; fill it in."),
        ("/content/overall/results_evidence", "This is still missing; fill it in."),
        ("/content/overall/behaviour_grounds", "This is still missing; fill it in."),
    ]


@pytest.mark.parametrize(("employee", "step"), ((LEADER, "above"), (RELATIVE, "below")))
async def test_the_person_reads_an_extreme_rating_with_its_grounds_and_evidence(
    driven: DrivenYear, employee: str, step: str
) -> None:
    found = await rating(driven, employee)
    sections = {each["name"]: each["rows"] for each in found["rating"]["sections"]}
    shown = {each["name"]: each for each in sections["results"][0]["fields"]}
    assert (shown["rating"]["value"], shown["grounds"]["value"]) == (step, GROUNDS[step])
    assert shown["evidence"]["value"] == [driven.evidence[employee]]
    assert shown["evidence"]["in_words"] == "Berita acara serah terima"


async def test_a_rating_as_expected_needs_a_reason_and_no_evidence(driven: DrivenYear) -> None:
    found = await rating(driven, LATE)
    assert found["outcome"]["predicate"] == "good"
    assert set(found["rating"]["content"]["results"]["h1"]) == {"rating", "reason"}


async def test_personnel_officers_see_how_each_rater_rates_beside_the_others(driven: DrivenYear) -> None:
    """5, 4 and 4 by the head of the division; 3 and 4 by the head of the office, too few for a mean."""
    for officer in (OFFICER, driven.year.officer):
        page = await driven.year.seen(officer, f"/cycles/{driven.year.cycle}/leniency")
        raters = {each["rater"]: each for each in page["items"]}
        assert (page["people"], page["mean"]) == (5, 4.0)
        assert (raters[RATER]["mean"], raters[RATER]["difference"]) == (4.333333, 0.333333)
        assert (raters[HEAD_OF_OFFICE]["people"], raters[HEAD_OF_OFFICE]["mean"]) == (2, None)


async def test_leniency_is_seen_for_the_unit_alone_too(driven: DrivenYear) -> None:
    unit = (await driven.year.of(LEADER, ""))["unit_id"]
    page = await driven.year.seen(OFFICER, f"/cycles/{driven.year.cycle}/leniency", unit=unit)
    assert (page["unit"], page["people"]) == ("Bidang Drainase", 5)


@pytest.mark.parametrize("who", (RATER, HEAD_OF_OFFICE, LEADER, OTHERS[0]))
async def test_nobody_else_sees_the_leniency_of_raters(driven: DrivenYear, who: str) -> None:
    assert (await driven.year.get(who, f"/cycles/{driven.year.cycle}/leniency")).status_code == 404


async def test_what_peers_say_is_shown_to_the_person_after_delivery(driven: DrivenYear) -> None:
    found = await surveyed.result(driven.year, LEADER)
    assert (found["label"], found["outcome"], found["answers"], found["number"]) == (
        "Feedback of peers",
        "counted",
        3,
        4.0,
    )
    assert {each["mean"] for each in found["items"]} == {4.0}
    (texts,) = found["texts"]
    assert texts["words"] == [KEEP] * 3


async def test_before_delivery_the_person_is_told_nothing_of_it(driven: DrivenYear) -> None:
    assert KEEP not in driven.seen["peers before delivery"].text
    assert '"number":4' not in driven.seen["peers before delivery"].text
    assert driven.seen["peers while it is open"]["answers"] is None


async def test_of_two_answers_nothing_is_shown(driven: DrivenYear) -> None:
    found = await surveyed.result(driven.year, IN_TIME)
    assert (found["outcome"], found["number"], found["items"]) == ("too_few", None, [])


async def test_what_peers_say_computes_nothing(driven: DrivenYear) -> None:
    cell, apart = (await rating(driven, LEADER))["outcome"]["working"]
    assert {cell["name"], apart["name"]} == {"cell", "apart"}


def proposed(found: Any, name: str) -> Any:
    """A nomination in what follows from a result."""
    return next(each for each in found["items"] if each["name"] == name)


async def test_very_good_two_years_running_is_proposed_for_promotion_or_a_pay_step(
    driven: DrivenYear,
) -> None:
    assert driven.seen["corrected"]["corrected"] == 1
    found = proposed(await driven.year.of(LEADER, "follow-up"), "promotion")
    assert (found["met"], [reason["code"] for reason in found["reasons"]]) == (True, ["year_fits"] * 2)
    assert "agency policy" in found["article"]


@pytest.mark.parametrize(
    ("moment", "reason"),
    (
        ("nothing known before", "2025: no result is known, which breaks the row."),
        ("good before", "2025: Good, which breaks the row."),
    ),
)
async def test_one_year_that_was_not_very_good_says_why_not(
    driven: DrivenYear, moment: str, reason: str
) -> None:
    found = proposed(driven.seen[moment], "promotion")
    assert (found["met"], found["reasons"][1]["text"]) == (False, reason)


async def test_good_twice_comes_first_for_competency_and_not_for_promotion(driven: DrivenYear) -> None:
    found = await driven.year.of(IN_TIME, "follow-up")
    assert proposed(found, "competency")["met"] is True
    assert proposed(found, "promotion")["met"] is False


async def test_leading_a_project_counts_for_a_higher_post(driven: DrivenYear) -> None:
    led, not_led = [
        proposed(await driven.year.of(who, "follow-up"), "higher_post") for who in (LEADER, IN_TIME)
    ]
    assert (led["met"], not_led["met"]) == (True, False)
    assert not_led["reasons"][-1]["text"] == "Project led: only 0 noted in the year, 1 needed."


async def test_officers_find_whom_to_propose_for_promotion(driven: DrivenYear) -> None:
    path = f"/cycles/{driven.year.cycle}/follow-up"
    page = await driven.year.seen(OFFICER, path, kind="promotion", met=True)
    assert [each["person_id"] for each in page["items"]] == [str(driven.year.people[LEADER])]


async def test_the_report_of_the_year_has_every_result(driven: DrivenYear) -> None:
    page = await driven.year.seen(OFFICER, f"/cycles/{driven.year.cycle}/report")
    lines = {each["name"].split(",")[0]: each for each in page["items"]}
    assert len(lines) == len(EVERYBODY)
    assert {each["settled"] for each in lines.values()} == {"final"}
    assert all(each["recommendation"] for each in lines.values())


async def test_no_event_and_no_log_holds_what_was_written(driven: DrivenYear) -> None:
    service = driven.year.service
    bodies = await service.value("SELECT string_agg(CAST(body AS text), ' ') FROM event")
    for told in (bodies, service.log.getvalue()):
        for marker in (
            GROUNDS["above"],
            GROUNDS["below"],
            PROJECT["outcome"],
            "adik ipar",
            "very_good",
            KEEP,
        ):
            assert marker not in told
