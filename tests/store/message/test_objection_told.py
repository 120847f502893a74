"""An objection is told to both sides as a fact; a statement is asked for as long as it is owed."""

import datetime as dt

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.composing import content_of, may_be_switched_off
from notifications.rendering import render
from service.inbox.showing import shown_notice, shown_unseen
from states.appraisal import DutyKind
from states.stages import Capacity
from states.triggers import Trigger
from store.inbox.reading import inbox, unseen_counts
from store.message.due import DueMessage
from store.message.repository import Outbox
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import RecordedCase, notices, plan_all
from tests.fixtures.results import DELIVERED_AT, delivered_result
from tests.notifications.contents import PUBLIC_URL
from translations import Locale

NEXT_DAY = DELIVERED_AT + dt.timedelta(days=1)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    """A case whose employee has read the result and objected."""
    case = await delivered_result(database, agency)
    await case.act(Trigger.NOTE_SEEN, Capacity.EMPLOYEE, DELIVERED_AT + dt.timedelta(hours=1))
    await case.act(Trigger.OBJECT, Capacity.EMPLOYEE, NEXT_DAY)
    return case


async def examined(case: RecordedCase, *asking: Trigger) -> None:
    """The objection is admitted, and these sides are asked."""
    officer = str(case.agency.superior)
    for trigger in (Trigger.ADMIT_OBJECTION, *asking):
        await case.act(trigger, Capacity.APPEALS_OFFICER, NEXT_DAY, actor=officer)


async def leaving(database: AsyncEngine, template: str) -> list[DueMessage]:
    """The mails about this alone that leave now."""
    await plan_all(database)
    claimed = await Outbox(database).claim(most=100, lease=dt.timedelta(minutes=1))
    return [each for each in claimed.messages if [case.template for case in each.oldest] == [template]]


def text_of(message: DueMessage) -> str:
    return render(content_of(message), PUBLIC_URL).text


async def test_the_employee_gets_a_receipt_and_the_rater_hears_of_the_objection(
    database: AsyncEngine, case: RecordedCase
) -> None:
    texts = {each.recipient_id: text_of(each) for each in await leaving(database, "objection_filed")}
    assert texts.keys() == {case.employee, case.agency.rater}
    assert "Keberatan Anda atas hasil penilaian kinerja telah diajukan." in texts[case.employee]
    assert "Keberatan atas hasil penilaian yang Anda berikan telah diajukan." in texts[case.agency.rater]


async def test_an_objection_is_told_also_where_it_was_withdrawn_before_the_mail_left(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await case.act(Trigger.WITHDRAW_OBJECTION, Capacity.EMPLOYEE, NEXT_DAY)
    await plan_all(database)
    claimed = await Outbox(database).claim(most=100, lease=dt.timedelta(minutes=1))
    told = [
        (each.recipient_id == case.employee, one.template)
        for each in claimed.messages
        for one in each.oldest
        if one.template.startswith("objection_")
    ]
    assert sorted(told) == [
        (reader, template) for reader in (False, True) for template in ("objection_ended", "objection_filed")
    ]


async def test_the_mail_that_asks_for_a_statement_names_it_and_its_day(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await examined(case, Trigger.ASK_EMPLOYEE)
    (message,) = await leaving(database, "duty_opened")
    assert message.recipient_id == case.employee
    (owed,) = message.oldest
    (duty,) = [each for each in case.appraisal.duties if each.kind is DutyKind.EMPLOYEE_STATEMENT]
    assert (owed.duty, owed.due_on, owed.own_task) == (duty.kind, duty.deadline.due_on, True)
    assert "Anda diminta menyampaikan penjelasan atas keberatan" in text_of(message)


async def test_the_reader_of_such_a_mail_is_offered_no_way_to_switch_it_off(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await examined(case, Trigger.ASK_RATER)
    (message,) = await leaving(database, "duty_opened")
    assert not may_be_switched_off(message)


async def test_a_statement_that_was_given_is_not_asked_for_any_more(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await examined(case, Trigger.ASK_EMPLOYEE)
    await case.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    assert await leaving(database, "duty_opened") == []
    (asked,) = await notices(database, template="duty_opened")
    assert (asked.state, asked.reason) == ("cancelled", "done")


async def test_the_examining_official_hears_that_a_statement_can_be_read(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await examined(case, Trigger.ASK_EMPLOYEE)
    await case.act(Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE, NEXT_DAY)
    (message,) = await leaving(database, "statement_given")
    assert message.recipient_id == case.agency.superior


async def test_the_inbox_shows_a_statement_that_is_owed_as_open_and_as_of_the_objection(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await examined(case, Trigger.ASK_EMPLOYEE)
    async with database.connect() as connection:
        rows = await inbox(connection, case.employee, unseen=False, after=None, limit=50)
        counts = await unseen_counts(connection, case.employee)
    (line,) = [shown_notice(row, Locale.INDONESIAN) for row in rows if row.template == "duty_opened"]
    assert line.sentence == "Anda diminta menyampaikan penjelasan atas keberatan"
    assert (line.kind, line.kind_name, line.open) == ("objection", "Keberatan", True)
    unseen = {each.kind: each.count for each in shown_unseen(counts, Locale.INDONESIAN).kinds}
    assert unseen["objection"] == 2


async def test_a_receipt_on_record_is_told_with_its_day_and_the_last_day_in_time(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    case = await delivered_result(database, agency)
    received = DELIVERED_AT.date()
    await case.act(
        Trigger.RECORD_RECEIPT, Capacity.HR, NEXT_DAY, actor=str(agency.officer), received_on=received
    )
    (message,) = await leaving(database, "receipt_recorded")
    (told,) = message.oldest
    assert message.recipient_id == case.employee
    assert (told.received_on, told.due_on) == (received, case.appraisal.response_due)
    assert "diterima pada Selasa, 6 Januari 2026." in text_of(message)
