"""Notices about appointments on their way to the mailbox: real PostgreSQL, a real mail server."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.email import EmailChannel, MailServer
from notifications.relay import Links, Relay
from states.stages import Capacity
from states.triggers import Trigger
from store.meeting.repository import Times, write
from store.meeting.standing import MEETING_CANCELLED, MEETING_CHANGED, MEETING_SET
from store.meeting.telling import tell
from store.message.channels import ChannelName
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import RecordedCase, make_due, messages, new_case, notices, plan_all
from tests.fixtures.mail import Postbox
from tests.fixtures.results import DELIVERED_AT, ROAD
from tests.notifications.envelopes import PUBLIC_URL, SENDER
from tests.notifications.invitations import lines_of, values_of

STARTS = dt.datetime(2026, 1, 20, 3, tzinfo=dt.UTC)
TIMES = Times(STARTS, STARTS + dt.timedelta(hours=1), "Ruang “Étoile” <2>")


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=3)


@pytest.fixture
async def postbox() -> AsyncIterator[Postbox]:
    box = Postbox()
    async with box.listening():
        yield box


async def rated(
    database: AsyncEngine, agency: SmallAgency, employee: uuid.UUID | None = None
) -> RecordedCase:
    """A case whose result is to be handed over; what was told on the way there is forgotten."""
    case = await new_case(database, agency, employee)
    for trigger, capacity in ROAD[:-1]:
        by = {"actor": str(agency.officer)} if capacity is Capacity.HR else {}
        await case.act(trigger, capacity, DELIVERED_AT, **by)
    async with database.begin() as connection:
        await connection.execute(text("DELETE FROM notice WHERE template NOT LIKE 'meeting%'"))
    return case


async def arranged(
    case: RecordedCase, number: int = 0, template: str = MEETING_SET, times: Times = TIMES
) -> None:
    """An appointment is made, changed or cancelled."""
    appraisal = uuid.UUID(await _id(case))
    async with case.database.begin() as connection:
        cancelled = template == MEETING_CANCELLED
        person = case.agency.rater
        await write(connection, appraisal, 1, number, times, person=person, cancelled=cancelled)
        await tell(
            connection,
            appraisal,
            template,
            revision=1,
            number=number,
            day=times.starts_at.date(),
            at=DELIVERED_AT,
            person=person,
        )


async def _id(case: RecordedCase) -> str:
    async with case.database.connect() as connection:
        found = await connection.scalar(
            text("SELECT id FROM appraisal WHERE employee_id = :id"), {"id": case.employee}
        )
    return str(found)


async def relay_all(database: AsyncEngine, postbox: Postbox) -> None:
    channel = EmailChannel(MailServer("127.0.0.1", postbox.port, timeout=5), sender=SENDER)
    relay = Relay(database, {ChannelName.EMAIL: channel}, Links(PUBLIC_URL))
    await plan_all(database)
    while await relay.relay_due():
        pass
    await channel.close()


def calendars(mail: EmailMessage) -> list[EmailMessage]:
    return [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]


def event_of(mail: EmailMessage) -> dict[str, str]:
    (part,) = calendars(mail)
    content: Any = part.get_payload(decode=True)
    return values_of(lines_of(content), "VEVENT")


async def test_employee_and_rater_each_get_a_mail_with_the_appointment(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    await arranged(await rated(database, agency))
    await relay_all(database, postbox)
    assert len(postbox.received) == 2
    for address, mail in postbox.received:
        assert mail["Subject"] == "Jadwal penyampaian hasil penilaian: Selasa, 20 Januari 2026"
        event_ = event_of(mail)
        assert event_["ATTENDEE"].endswith(f"mailto:{address}")
        assert event_["SEQUENCE"] == "0"


async def test_the_mail_says_when_and_where_and_not_what(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    await arranged(await rated(database, agency))
    await relay_all(database, postbox)
    for _, mail in postbox.received:
        body = mail.get_body(("plain",))
        assert body is not None
        words = body.get_content()
        assert "10.00–11.00 WIB" in words
        assert "Ruang “Étoile” <2>" in words
        html = mail.get_body(("html",))
        assert html is not None
        assert "Ruang “Étoile” &lt;2&gt;" in html.get_content()


async def test_the_copy_on_record_is_what_was_sent(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    await arranged(await rated(database, agency))
    await relay_all(database, postbox)
    rows = await messages(database)
    assert {(row.state, row.template) for row in rows} == {("sent", "meeting_set")}
    assert all("Ruang “Étoile” <2>" in row.body for row in rows)


async def test_a_pending_notice_of_a_cancelled_meeting_is_not_sent(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    case = await rated(database, agency)
    await arranged(case)
    await plan_all(database)
    await arranged(case, 1, MEETING_CANCELLED)
    await relay_all(database, postbox)
    assert [event_of(mail)["STATUS"] for _, mail in postbox.received] == ["CANCELLED"] * 2
    (reason,) = {row.reason for row in await notices(database, template=MEETING_SET)}
    assert reason == "overtaken"


async def test_a_notice_that_a_relay_left_behind_is_not_sent_after_a_change(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    case = await rated(database, agency)
    await arranged(case)
    await plan_all(database)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE message SET state = 'sending', attempts = 1"))
        await connection.execute(text("UPDATE notice SET state = 'sending' WHERE channel = 'email'"))
    await arranged(case, 1, MEETING_CHANGED, Times(STARTS, STARTS + dt.timedelta(hours=2), "Aula"))
    await make_due(database)
    await relay_all(database, postbox)
    assert {event_of(mail)["LOCATION"] for _, mail in postbox.received} == {"Aula"}
    assert {event_of(mail)["SEQUENCE"] for _, mail in postbox.received} == {"1"}


async def test_what_was_arranged_early_is_still_told_when_the_result_was_rated(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    case = await new_case(database, agency)
    for trigger, capacity in ROAD[:-2]:
        by = {"actor": str(agency.officer)} if capacity is Capacity.HR else {}
        await case.act(trigger, capacity, DELIVERED_AT, **by)
    await arranged(case)
    await case.act(Trigger.RATE, Capacity.RATER, DELIVERED_AT)
    rows = await notices(database, template=MEETING_SET)
    assert {row.state for row in rows} == {"created"}


async def test_nobody_is_invited_after_the_result_was_handed_over(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    case = await rated(database, agency)
    await arranged(case)
    await case.act(Trigger.DELIVER_RESULT, Capacity.RATER, DELIVERED_AT)
    await relay_all(database, postbox)
    assert all(calendars(mail) == [] for _, mail in postbox.received)
    rows = await notices(database, template=MEETING_SET)
    assert {(row.state, row.reason) for row in rows} == {("cancelled", "done")}


async def test_a_digest_of_several_appointments_carries_them_all(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    for employee in agency.employees:
        await arranged(await rated(database, agency, employee))
    await relay_all(database, postbox)
    to_rater = [mail for _, mail in postbox.received if len(calendars(mail)) > 0]
    found = sum(len(calendars(mail)) for mail in to_rater)
    # Three employees get one each; the rater gets two by themselves and the third in the digest.
    assert found == 6


async def test_the_appointments_of_a_batch_are_read_at_once(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    for employee in agency.employees:
        await arranged(await rated(database, agency, employee))
    asked: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, _p: Any, _x: Any, _many: Any) -> None:
        if "JOIN appointment ON" in statement:
            asked.append(statement)

    event.listen(database.sync_engine, "before_cursor_execute", listen)
    await relay_all(database, postbox)
    assert len(postbox.received) >= 5
    assert len(asked) == 1


async def test_a_batch_without_appointments_asks_for_none(
    database: AsyncEngine, agency: SmallAgency, postbox: Postbox
) -> None:
    await new_case(database, agency)
    asked: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, _p: Any, _x: Any, _many: Any) -> None:
        if "JOIN appointment ON" in statement:
            asked.append(statement)

    event.listen(database.sync_engine, "before_cursor_execute", listen)
    await relay_all(database, postbox)
    assert len(postbox.received) == 1
    assert asked == []
