"""Notices about what is attended to on their way, on a real PostgreSQL: wanted as long as the thing lasts."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.composing import content_of
from notifications.rendering import Message, render
from service.inbox.schemas import InboxLine
from service.inbox.showing import shown_notice
from states.stages import Capacity
from states.triggers import Trigger
from store.attending.kinds import AttendedKind
from store.attending.repository import begin, set_due
from store.attending.telling import silence, tell
from store.inbox.reading import inbox
from store.message.channels import ChannelName
from store.message.due import DueMessage, MessageState, Sending
from store.message.repository import Outbox
from store.message.xray import Filter, of_case, of_person
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import PLANNING_OPENS, RecordedCase, make_due, new_case, notices, plan_all
from tests.notifications.contents import PUBLIC_URL
from translations import Locale

DUE = dt.date(2026, 1, 30)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=4)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    """A case of which nobody has been told anything."""
    case = await new_case(database, agency)
    async with database.begin() as connection:
        await connection.execute(text("DELETE FROM notice"))
    return case


async def begun(case: RecordedCase, kind: AttendedKind = AttendedKind.SURVEY) -> uuid.UUID:
    noun = uuid.uuid4()
    async with case.database.begin() as connection:
        await begin(connection, noun, kind, case.agency.cycle, PLANNING_OPENS)
    return noun


async def told(
    case: RecordedCase,
    noun: uuid.UUID,
    *people: uuid.UUID,
    template: str = "survey_invited",
    occurrence: int = 1,
) -> None:
    async with case.database.begin() as connection:
        await tell(
            connection,
            noun,
            uuid.UUID(case.appraisal.id),
            template,
            people,
            rule="invited",
            occurrence=occurrence,
            due_on=DUE,
            at=PLANNING_OPENS,
        )


async def ended(case: RecordedCase, noun: uuid.UUID) -> None:
    async with case.database.begin() as connection:
        await set_due(connection, noun, None)


async def leaving(database: AsyncEngine) -> list[DueMessage]:
    await plan_all(database)
    claimed = await Outbox(database).claim(most=100, lease=dt.timedelta(minutes=1))
    return list(claimed.messages)


async def sent(database: AsyncEngine) -> list[Message]:
    return [render(content_of(each), PUBLIC_URL) for each in await leaving(database)]


async def shown_to(database: AsyncEngine, person: uuid.UUID) -> list[InboxLine]:
    async with database.connect() as connection:
        rows = await inbox(connection, person, unseen=False, after=None, limit=50)
    return [shown_notice(row, Locale.INDONESIAN) for row in rows]


async def test_an_invitation_leaves_with_its_day_and_leads_to_the_survey(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    survey = await begun(case)
    await told(case, survey, agency.employees[1])
    (message,) = await sent(database)
    assert message.template == "survey_invited"
    assert message.link == f"{PUBLIC_URL}/surveys/{survey}"
    assert "Batas waktu: Jumat, 30 Januari 2026." in message.text
    assert case.appraisal.id not in message.text + message.html


async def test_it_leaves_although_the_case_has_gone_on(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    await told(case, await begun(case), agency.employees[1])
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, PLANNING_OPENS)
    templates = {each.recipient_id: each.groups[0].template for each in await leaving(database)}
    assert templates == {agency.employees[1]: "survey_invited", agency.rater: "task_opened"}


async def test_a_repeat_tells_nobody_twice_even_after_the_case_has_gone_on(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    survey = await begun(case)
    await told(case, survey, agency.employees[1])
    await told(case, survey, agency.employees[1])
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, PLANNING_OPENS)
    await told(case, survey, agency.employees[1], agency.employees[2])
    written = await notices(database, template="survey_invited")
    assert sorted(each.recipient_id for each in written) == sorted(agency.employees[1:3])


async def test_two_surveys_about_one_case_are_two_tasks_in_one_message(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    first, second = await begun(case), await begun(case)
    for survey in (first, second):
        await told(case, survey, agency.employees[1])
    (message,) = await sent(database)
    assert "mengisi survei perilaku kerja: 2 orang" in message.text
    for survey in (first, second):
        assert f"{PUBLIC_URL}/surveys/{survey}" in message.text


async def test_of_an_invitation_and_a_reminder_to_the_same_survey_only_the_reminder_leaves(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    survey = await begun(case)
    await told(case, survey, agency.employees[1])
    await told(case, survey, agency.employees[1], template="survey_reminder", occurrence=2)
    (message,) = await sent(database)
    assert message.template == "survey_reminder"


async def test_what_has_ended_is_not_asked_for_any_more(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    survey = await begun(case)
    await told(case, survey, agency.employees[1])
    await plan_all(database)
    await ended(case, survey)
    assert await leaving(database) == []
    (asked,) = await notices(database)
    assert (asked.state, asked.reason) == ("cancelled", "done")


async def test_a_case_that_was_cancelled_asks_nobody_for_anything(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    await told(case, await begun(case), agency.employees[1])
    await case.act(Trigger.CANCEL, Capacity.HR, PLANNING_OPENS, actor=str(agency.officer))
    assert [each for each in await leaving(database) if each.recipient_id == agency.employees[1]] == []


async def test_who_has_done_his_part_is_not_asked_again_and_the_others_are(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    survey = await begun(case)
    await told(case, survey, agency.employees[1], agency.employees[2])
    await plan_all(database)
    async with database.begin() as connection:
        await silence(connection, survey, agency.employees[1])
    assert [each.recipient_id for each in await leaving(database)] == [agency.employees[2]]
    (done,), (waits,) = [await shown_to(database, each) for each in agency.employees[1:3]]
    assert (done.open, waits.open) == (False, True)


async def test_a_beginning_is_told_although_the_time_has_ended_before_the_mail_left(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    track = await begun(case, AttendedKind.IMPROVEMENT)
    await told(case, track, case.employee, agency.rater, template="improvement_began")
    async with database.begin() as connection:
        await silence(connection, track)
    await ended(case, track)
    texts = {each.recipient_id: render(content_of(each), PUBLIC_URL).text for each in await leaving(database)}
    assert "hasil penilaian kinerja Anda telah dimulai" in texts[case.employee]
    assert "salah seorang pegawai" in texts[agency.rater]


async def test_a_beginning_and_what_it_asks_are_both_told(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    track = await begun(case, AttendedKind.IMPROVEMENT)
    await told(case, track, case.employee, template="improvement_began")
    await told(case, track, case.employee, template="improvement_reminder", occurrence=2)
    (message,) = await leaving(database)
    assert {each.template for each in message.groups} == {"improvement_began", "improvement_reminder"}


async def test_the_inbox_of_a_colleague_leads_to_the_survey_and_tells_nothing_of_the_case(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    survey = await begun(case)
    await told(case, survey, agency.employees[1])
    (line,) = await shown_to(database, agency.employees[1])
    assert (line.kind, line.open, line.due_on) == ("feedback", True, DUE)
    assert line.read_on == f"/api/v1/surveys/{survey}"
    assert {line.stage, line.stage_name, line.appraisal, line.appraisal_id} == {None}
    await ended(case, survey)
    (line,) = await shown_to(database, agency.employees[1])
    assert line.open is False


async def test_the_inbox_leads_from_a_time_to_improve_to_the_case(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    await told(
        case, await begun(case, AttendedKind.IMPROVEMENT), agency.rater, template="improvement_reminder"
    )
    (line,) = await shown_to(database, agency.rater)
    assert line.read_on == line.appraisal == f"/api/v1/appraisals/{case.appraisal.id}"


async def test_who_was_reminded_is_shown_to_himself_alone(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    await told(case, await begun(case), agency.employees[1])
    appraisal, everything = uuid.UUID(case.appraisal.id), Filter()
    async with database.connect() as connection:
        of_all = await of_case(
            connection, appraisal, agency.agency, everything, recipient=None, after=None, limit=9
        )
        own = [
            await of_person(connection, agency.employees[1], agency.agency, wanted, after=None, limit=9)
            for wanted in (everything, replace(everything, confidential=True))
        ]
    assert (of_all, own[0]) == ([], [])
    assert {each.template for each in own[1]} == {"survey_invited"}


async def test_the_channel_that_takes_over_is_judged_by_the_same_thing(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    survey = await begun(case)
    async with database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
                VALUES (gen_random_uuid(), :person, 'telegram', '4711', now(), now(), '')
            """),
            {"person": agency.employees[1]},
        )
    await told(case, survey, agency.employees[1])
    async with database.begin() as connection:
        await connection.execute(text("DELETE FROM notice WHERE channel = 'telegram'"))
    (message,) = await leaving(database)
    failed = Sending(message, MessageState.PERMANENT_FAILURE, "550 no", PLANNING_OPENS)
    await Outbox(database).settle([failed])
    await plan_all(database, ChannelName.EMAIL, ChannelName.TELEGRAM)
    await make_due(database)
    await ended(case, survey)
    claimed = await Outbox(database, channel=ChannelName.TELEGRAM).claim(
        most=9, lease=dt.timedelta(minutes=1)
    )
    assert (claimed.messages, claimed.cancelled) == ((), 1)
