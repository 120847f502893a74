"""The course of a survey: prepared by the rule, opened, reminded, closed, counted."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from content.rules import ContentRules
from service.surveys.preparing import PreparedSurveys, prepare_due
from service.temporal.preparing_surveys import preparing_surveys
from states.stages import Stage
from tests.fixtures.surveys import (
    AFTER,
    BEFORE,
    LAST,
    OPEN,
    SurveyedAgency,
    answer,
    survey_agency,
    surveyed,
)

pytestmark = pytest.mark.database

TOLD = (
    "SELECT template, recipient_id, state, due_on FROM notice"
    " WHERE attended_id = :id AND channel = 'inbox' ORDER BY business_at, recipient_id"
)
NUMBER = "SELECT number FROM input_result JOIN survey USING (appraisal_id, input) WHERE survey.id = :id"
MAIL = "SELECT recipient_id, state FROM notice WHERE attended_id = :id AND channel = 'email'"


async def told(surveys: SurveyedAgency, survey: uuid.UUID, template: str) -> list[uuid.UUID]:
    return [row.recipient_id for row in await surveys.rows(TOLD, id=survey) if row.template == template]


async def state(surveys: SurveyedAgency, survey: uuid.UUID) -> tuple[str, str]:
    (row,) = await surveys.rows("SELECT state, outcome FROM survey WHERE id = :id", id=survey)
    return row.state, row.outcome


async def end_case(surveys: SurveyedAgency, stage: Stage) -> None:
    await surveys.run(
        "UPDATE appraisal SET stage = :stage, holder = NULL, outcome = 'agreed' WHERE cycle_id = :cycle",
        stage=stage.value,
        cycle=surveys.agency.cycle,
    )


async def test_peers_are_invited_by_the_rule_and_no_superior_among_them(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4)
    await surveys.on(BEFORE)
    assert await surveys.prepare() == PreparedSurveys(1, 3)
    survey = await surveys.survey(surveys.agency.employee)
    assert set(await surveys.invited(survey)) == set(surveys.agency.employees[1:])


async def test_of_more_than_the_scheme_asks_some_are_drawn_and_not_by_name(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=30, appraised=("employees",))
    await surveys.on(BEFORE)
    assert await surveys.prepare() == PreparedSurveys(30, 150)
    drawn = [await surveys.invited(await surveys.survey(person)) for person in surveys.agency.employees]
    assert {len(each) for each in drawn} == {5}
    assert len({frozenset(each) for each in drawn}) > 25
    asked = {person for each in drawn for person in each}
    assert len(asked) > 20


async def test_those_whom_somebody_rates_are_asked_about_him_and_are_no_peers(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=7, appraised=("rater",))
    await surveys.run(
        "UPDATE person SET echelon = '' WHERE id = ANY (:ids)",
        ids=[surveys.agency.rater, surveys.agency.superior, surveys.agency.director],
    )
    await surveys.on(BEFORE)
    await surveys.prepare()
    survey = await surveys.survey(surveys.agency.rater)
    assert len(await surveys.invited(survey, "subordinates")) == 5
    assert set(await surveys.invited(survey, "subordinates")) < set(surveys.agency.employees)
    assert await surveys.invited(survey, "peers") == [], "superiors and those above them are no peers"


async def test_who_left_or_has_another_level_is_not_asked(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=6)
    retired, promoted = surveys.agency.employees[1:3]
    await surveys.run("UPDATE person SET legal_standing = '99' WHERE id = :id", id=retired)
    await surveys.run("UPDATE person SET echelon = 'IV' WHERE id = :id", id=promoted)
    await surveys.on(BEFORE)
    await surveys.prepare()
    invited = await surveys.invited(await surveys.survey(surveys.agency.employee))
    assert set(invited) == set(surveys.agency.employees[3:])


async def test_to_prepare_again_or_at_once_prepares_nothing_twice(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=8, appraised=("employees",))
    await surveys.on(BEFORE)
    done = await asyncio.gather(*(surveys.prepare() for _ in range(4)))
    assert sum(each.surveys for each in done) == 8
    assert await surveys.prepare() == PreparedSurveys(0, 0)
    assert (
        await surveys.value("SELECT count(*) FROM survey WHERE cycle_id = :id", id=surveys.agency.cycle) == 8
    )
    assert (
        await surveys.value("SELECT count(*) FROM attended WHERE cycle_id = :id", id=surveys.agency.cycle)
        == 8
    )


@pytest.mark.parametrize(("day", "prepared"), (("2026-11-16", 0), ("2026-11-17", 1), (LAST, 1), (AFTER, 0)))
async def test_it_is_prepared_by_itself_two_weeks_before_and_until_its_last_day(
    database: AsyncEngine, day: str, prepared: int
) -> None:
    surveys = await survey_agency(database, employees=4)
    await surveys.on(day)
    assert (await prepare_due(database)).surveys == prepared
    assert (await prepare_due(database)).surveys == 0


async def test_what_is_prepared_late_is_open_for_all_its_days(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4)
    await surveys.on("2026-12-20")
    await surveys.prepare()
    survey = await surveys.survey(surveys.agency.employee)
    assert (await surveys.attend(survey))["state"] == "waits"
    (row,) = await surveys.rows("SELECT state, opens_on, closes_on FROM survey WHERE id = :id", id=survey)
    assert (row.state, str(row.opens_on), str(row.closes_on)) == ("open", "2026-12-20", "2027-01-02")


async def test_a_case_that_has_ended_and_a_closed_period_get_none(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4, appraised=("employees",))
    ended, moved, *others = surveys.agency.employees
    await surveys.run(
        "UPDATE appraisal SET stage = 'cancelled', holder = NULL WHERE id = :id", id=surveys.cases[ended]
    )
    await surveys.run(
        "UPDATE appraisal SET period_until = '2026-06-30' WHERE id = :id", id=surveys.cases[moved]
    )
    await surveys.on(BEFORE)
    assert (await surveys.prepare()).surveys == len(others)


async def test_it_opens_on_its_day_and_tells_whoever_is_invited(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4)
    await surveys.on(BEFORE)
    await surveys.prepare()
    survey = await surveys.survey(surveys.agency.employee)
    await surveys.on("2026-11-30", 23)
    assert (await surveys.attend(survey))["state"] == "waits"
    assert await told(surveys, survey, "survey_invited") == []
    await surveys.on("2026-12-01", 0)
    await surveys.attend(survey)
    assert set(await told(surveys, survey, "survey_invited")) == set(surveys.agency.employees[1:])
    assert await state(surveys, survey) == ("open", "")
    for _ in range(3):
        await surveys.attend(survey)
    assert len(await told(surveys, survey, "survey_invited")) == 3


async def test_reminded_is_who_has_not_answered_and_mail_to_who_has_stays(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=5)
    survey = await surveys.opened(surveys.agency.employee)
    done, *waiting = await surveys.invited(survey)
    await surveys.answer(survey, done)
    assert {(row.recipient_id, row.state) for row in await surveys.rows(MAIL, id=survey)} == {
        (done, "cancelled"),
        *((person, "created") for person in waiting),
    }
    for day in ("2026-12-07", "2026-12-08", "2026-12-12"):
        await surveys.on(day)
        await surveys.attend(survey)
        await surveys.attend(survey)
    assert sorted(await told(surveys, survey, "survey_reminder")) == sorted([*waiting, *waiting])


async def test_of_reminders_that_were_missed_one_is_sent(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4)
    survey = await surveys.opened(surveys.agency.employee)
    await surveys.on("2026-12-13")
    await surveys.attend(survey)
    assert len(await told(surveys, survey, "survey_reminder")) == 3


async def test_who_left_after_the_invitation_is_not_told(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4)
    await surveys.on(BEFORE)
    await surveys.prepare()
    survey = await surveys.survey(surveys.agency.employee)
    gone = surveys.agency.employees[1]
    await surveys.run("UPDATE person SET legal_standing = '99' WHERE id = :id", id=gone)
    await surveys.on(OPEN)
    await surveys.attend(survey)
    assert set(await told(surveys, survey, "survey_invited")) == set(surveys.agency.employees[2:])


async def test_it_is_counted_after_its_last_day_and_the_rating_gets_the_number(
    shared: AsyncEngine,
) -> None:
    surveys = await survey_agency(shared, employees=4)
    survey = await surveys.opened(surveys.agency.employee)
    for person, step in zip(await surveys.invited(survey), ("always", "often", "never"), strict=True):
        await surveys.answer(survey, person, answer(step))
    await surveys.on(LAST, 23)
    assert (await surveys.attend(survey))["state"] == "waits"
    assert await surveys.rows("SELECT * FROM survey_mean WHERE survey_id = :id", id=survey) == []
    await surveys.closed(survey)
    (row,) = await surveys.rows(NUMBER, id=survey)
    assert row.number == 90
    means = await surveys.rows(
        "SELECT of_group, item, answers, mean FROM survey_mean WHERE survey_id = :id", id=survey
    )
    assert {(each.of_group, each.answers, each.mean) for each in means} == {("all", 3, 90)}
    assert await state(surveys, survey) == ("closed", "counted")
    assert await surveys.rows("SELECT * FROM survey_ballot WHERE survey_id = :id", id=survey) == []
    assert await surveys.value("SELECT wrapped_key FROM survey WHERE id = :id", id=survey) is None


async def _few(
    shared: AsyncEngine, content: ContentRules
) -> tuple[SurveyedAgency, uuid.UUID, Sequence[uuid.UUID]]:
    surveys = await survey_agency(shared, employees=6, content=content)
    survey = await surveys.opened(surveys.agency.employee)
    people = await surveys.invited(survey)
    for person in people[:2]:
        await surveys.answer(survey, person, answer("never", strong="Sabar"))
    return surveys, survey, people


async def test_too_few_answers_leave_nothing(shared: AsyncEngine) -> None:
    surveys, survey, _ = await _few(shared, surveyed())
    await surveys.closed(survey)
    assert await state(surveys, survey) == ("closed", "too_few")
    (row,) = await surveys.rows(NUMBER, id=survey)
    assert row.number is None
    for table in ("survey_mean", "survey_text", "survey_ballot"):
        assert await surveys.rows(f"SELECT * FROM {table} WHERE survey_id = :id", id=survey) == []


async def test_too_few_answers_extend_it_once(shared: AsyncEngine) -> None:
    surveys, survey, people = await _few(shared, surveyed(too_few="extend", extend_days=7))
    await surveys.on(AFTER)
    assert (await surveys.attend(survey))["state"] == "waits"
    assert await state(surveys, survey) == ("extended", "")
    assert str(await surveys.value("SELECT closes_on FROM survey WHERE id = :id", id=survey)) == "2026-12-21"
    assert set(await told(surveys, survey, "survey_reminder")) == set(people[2:])
    await surveys.answer(survey, people[2], answer("never"))
    await surveys.closed(survey, "2026-12-22")
    assert await state(surveys, survey) == ("closed", "counted")


async def test_a_second_time_it_is_not_extended(shared: AsyncEngine) -> None:
    surveys, survey, _ = await _few(shared, surveyed(too_few="extend"))
    await surveys.on(AFTER)
    await surveys.attend(survey)
    await surveys.closed(survey, "2026-12-22")
    assert await state(surveys, survey) == ("closed", "too_few")


@pytest.mark.parametrize("stage", (Stage.FINALISED, Stage.CANCELLED))
async def test_a_case_that_ends_before_takes_its_survey_along(shared: AsyncEngine, stage: Stage) -> None:
    surveys = await survey_agency(shared, employees=4)
    survey = await surveys.opened(surveys.agency.employee)
    for person in await surveys.invited(survey):
        await surveys.answer(survey, person)
    await end_case(surveys, stage)
    await surveys.closed(survey)
    assert await state(surveys, survey) == ("closed", "case_over")
    assert await surveys.rows(NUMBER, id=survey) == []
    assert await surveys.rows("SELECT * FROM survey_ballot WHERE survey_id = :id", id=survey) == []


async def test_a_case_that_goes_to_another_rater_changes_nothing(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4)
    survey = await surveys.opened(surveys.agency.employee)
    before = await surveys.invited(survey)
    await surveys.run(
        "UPDATE assignment SET holder_id = :head WHERE employee_id = :id",
        head=surveys.agency.head,
        id=surveys.agency.employee,
    )
    await surveys.attend(survey)
    assert await surveys.invited(survey) == before
    await surveys.answer(survey, before[0])


async def test_a_closed_survey_is_never_counted_again(shared: AsyncEngine) -> None:
    surveys = await survey_agency(shared, employees=4)
    survey = await surveys.opened(surveys.agency.employee)
    for person in await surveys.invited(survey):
        await surveys.answer(survey, person)
    await surveys.closed(survey)
    before = await surveys.rows(
        "SELECT *, xmin FROM survey_mean WHERE survey_id = :id ORDER BY item", id=survey
    )
    for _ in range(3):
        await surveys.closed(survey)
    assert (
        await surveys.rows("SELECT *, xmin FROM survey_mean WHERE survey_id = :id ORDER BY item", id=survey)
        == before
    )


async def test_a_worker_prepares_what_is_due_by_itself(database: AsyncEngine) -> None:
    surveys = await survey_agency(database, employees=4)
    await surveys.on(BEFORE)
    pause = dt.timedelta(milliseconds=20)
    async with preparing_surveys(database, pause=pause), preparing_surveys(database, pause=pause):
        async with asyncio.timeout(60):
            while not await surveys.rows("SELECT id FROM survey"):  # noqa: ASYNC110  # the loop tells nobody
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.2)
    assert len(await surveys.rows("SELECT id FROM survey")) == 1
