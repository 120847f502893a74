"""Later words of providers on a real PostgreSQL."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from store.message.channels import ChannelName
from store.message.delivery_reports import LaterWord, Outcome, Taken, record_later
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.sent import ADDRESS, Sent, sent_message

LATER = dt.datetime(2026, 1, 9, 3, tzinfo=dt.UTC)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


def word(sent: Sent, outcome: Outcome, **fields: Any) -> LaterWord:
    usual: dict[str, Any] = {"outcome": outcome, "answer": "said", "at": LATER, "message": sent.id}
    return LaterWord(**usual | fields)


async def test_what_arrived_is_delivered_with_all_its_notices(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency)
    assert await record_later(database, word(sent, Outcome.DELIVERED)) is Taken.RECORDED
    assert await sent.state() == "delivered"
    assert await sent.notice_states() == ["delivered", "delivered"]
    assert (await sent.rows("SELECT delivered_at FROM message WHERE id = :id"))[0].delivered_at == LATER
    assert await sent.attempts() == [(1, "sent", "250 OK"), (2, "delivered", "said")]


async def test_what_was_read_is_seen_but_not_received_on_record(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency, channel=ChannelName.WHATSAPP, address="628123456789")
    assert await record_later(database, word(sent, Outcome.SEEN)) is Taken.RECORDED
    assert await sent.state() == "delivered"
    rows = await sent.rows("SELECT state, seen_at FROM notice WHERE message_id = :id")
    assert {(row.state, row.seen_at) for row in rows} == {("seen", None)}


async def test_what_was_delivered_is_seen_afterwards(database: AsyncEngine, agency: SmallAgency) -> None:
    sent = await sent_message(database, agency, channel=ChannelName.WHATSAPP)
    await record_later(database, word(sent, Outcome.DELIVERED, answer="delivered"))
    await record_later(database, word(sent, Outcome.SEEN, answer="read"))
    assert await sent.notice_states() == ["seen", "seen"]
    assert [answer for _, _, answer in await sent.attempts()] == ["250 OK", "delivered", "read"]


async def test_what_was_seen_is_not_only_delivered_afterwards(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency, channel=ChannelName.WHATSAPP)
    await record_later(database, word(sent, Outcome.SEEN, answer="read"))
    await record_later(database, word(sent, Outcome.DELIVERED, answer="delivered"))
    assert await sent.notice_states() == ["seen", "seen"]


async def test_a_delay_changes_nothing_and_is_kept(database: AsyncEngine, agency: SmallAgency) -> None:
    sent = await sent_message(database, agency)
    assert await record_later(database, word(sent, Outcome.DELAYED)) is Taken.RECORDED
    assert await sent.state() == "sent"
    assert (await sent.attempts())[1:] == [(2, "temporary_failure", "said")]


async def test_a_bounce_fails_the_message_and_its_notices(database: AsyncEngine, agency: SmallAgency) -> None:
    sent = await sent_message(database, agency)
    taken = await record_later(database, word(sent, Outcome.BOUNCED, answer="5.2.2 Mailbox full"))
    assert taken is Taken.RECORDED
    assert await sent.state() == "permanent_failure"
    assert await sent.notice_states() == ["permanent_failure", "permanent_failure"]
    row = (await sent.rows("SELECT reason, provider_answer FROM message WHERE id = :id"))[0]
    assert (row.reason, row.provider_answer) == ("bounced", "5.2.2 Mailbox full")
    assert await sent.rows("SELECT * FROM contact") == []


async def test_a_bounce_marks_an_address_that_is_at_fault(database: AsyncEngine, agency: SmallAgency) -> None:
    sent = await sent_message(database, agency)
    await record_later(database, word(sent, Outcome.BOUNCED, bad_address=True))
    (row,) = await sent.rows("SELECT * FROM contact")
    assert (row.person_id, row.channel, row.address) == (sent.recipient, "email", ADDRESS)
    assert (row.bad_since, row.bad_answer, row.confirmed_at) == (LATER, "said", None)
    (notice, _) = await sent.rows("SELECT reason FROM notice WHERE message_id = :id")
    assert notice.reason == "bad_address"


async def test_a_second_bounce_keeps_since_when_an_address_is_bad(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    for day in range(2):
        sent = await sent_message(database, agency)
        at = LATER + dt.timedelta(days=day)
        await record_later(database, word(sent, Outcome.BOUNCED, bad_address=True, at=at))
    (row,) = await sent.rows("SELECT * FROM contact")
    assert row.bad_since == LATER


async def test_a_bounce_of_a_rehearsal_blames_no_address(database: AsyncEngine, agency: SmallAgency) -> None:
    sent = await sent_message(database, agency, rehearsal=True, address="x@gladi.invalid")
    await record_later(database, word(sent, Outcome.BOUNCED, bad_address=True))
    assert await sent.state() == "permanent_failure"
    assert await sent.rows("SELECT * FROM contact") == []


async def test_after_a_bounce_the_next_channel_takes_over(database: AsyncEngine, agency: SmallAgency) -> None:
    sent = await sent_message(database, agency)
    await sent.run("""
        INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
        VALUES (gen_random_uuid(), :recipient, 'telegram', '123', now(), now(), '')
    """)
    await record_later(database, word(sent, Outcome.BOUNCED, bad_address=True))
    rows = await sent.rows("SELECT * FROM notice WHERE recipient_id = :recipient AND channel = 'telegram'")
    assert [(row.state, row.reason) for row in rows] == [("created", "fallback")] * 2


async def test_a_mail_that_a_server_called_delivered_may_still_come_back(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency, state="delivered")
    assert await record_later(database, word(sent, Outcome.BOUNCED)) is Taken.RECORDED
    assert await sent.state() == "permanent_failure"


async def test_a_chat_message_that_was_delivered_does_not_come_back(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency, state="delivered", channel=ChannelName.WHATSAPP)
    assert await record_later(database, word(sent, Outcome.BOUNCED)) is Taken.REPEATED
    assert await sent.state() == "delivered"


async def test_a_notice_that_was_seen_in_another_way_is_not_failed_by_a_bounce(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency, notices=1)
    await sent.run("UPDATE notice SET state = 'seen' WHERE message_id = :id")
    await record_later(database, word(sent, Outcome.BOUNCED))
    assert await sent.notice_states() == ["seen"]


@pytest.mark.parametrize("outcome", Outcome)
async def test_a_repeated_word_changes_nothing(
    database: AsyncEngine, agency: SmallAgency, outcome: Outcome
) -> None:
    sent = await sent_message(database, agency)
    await record_later(database, word(sent, outcome, bad_address=outcome is Outcome.BOUNCED))
    before = await sent.attempts(), await sent.state(), await sent.rows("SELECT * FROM notice ORDER BY id")
    taken = await record_later(database, word(sent, outcome, bad_address=outcome is Outcome.BOUNCED))
    assert taken is Taken.REPEATED
    after = await sent.attempts(), await sent.state(), await sent.rows("SELECT * FROM notice ORDER BY id")
    assert after == before


async def test_ten_repetitions_at_once_are_recorded_once(database: AsyncEngine, agency: SmallAgency) -> None:
    sent = await sent_message(database, agency)
    bounced = word(sent, Outcome.BOUNCED, bad_address=True)
    taken = await asyncio.gather(*(record_later(database, bounced) for _ in range(10)))
    assert sorted(taken) == sorted([Taken.RECORDED] + [Taken.REPEATED] * 9)
    assert len(await sent.attempts()) == 2


@pytest.mark.parametrize("state", ("waiting", "sending"))
async def test_a_word_that_is_quicker_than_our_own_note_is_to_be_said_again(
    database: AsyncEngine, agency: SmallAgency, state: str
) -> None:
    sent = await sent_message(database, agency, state=state)
    assert await record_later(database, word(sent, Outcome.DELIVERED)) is Taken.TOO_EARLY
    assert await sent.state() == state
    assert len(await sent.attempts()) == 1


@pytest.mark.parametrize(
    ("outcome", "state", "notice"),
    (
        (Outcome.DELIVERED, "delivered", "delivered"),
        (Outcome.SEEN, "delivered", "seen"),
        (Outcome.BOUNCED, "permanent_failure", "permanent_failure"),
        (Outcome.DELAYED, "temporary_failure", "temporary_failure"),
    ),
)
async def test_a_word_after_silence_shows_that_the_message_was_taken_over(
    database: AsyncEngine, agency: SmallAgency, outcome: Outcome, state: str, notice: str
) -> None:
    sent = await sent_message(database, agency, state="temporary_failure", notices=1)
    assert await record_later(database, word(sent, outcome)) is Taken.RECORDED
    assert await sent.state() == state
    assert await sent.notice_states() == [notice]


@pytest.mark.parametrize("state", ("cancelled", "permanent_failure"))
@pytest.mark.parametrize("outcome", Outcome)
async def test_what_came_to_its_end_stays_there(
    database: AsyncEngine, agency: SmallAgency, state: str, outcome: Outcome
) -> None:
    sent = await sent_message(database, agency, state=state)
    assert await record_later(database, word(sent, outcome)) is Taken.REPEATED
    assert await sent.state() == state


async def test_a_message_is_found_by_what_its_provider_calls_it(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency, channel=ChannelName.WHATSAPP, reference="wamid.1")
    by_reference = LaterWord(
        Outcome.DELIVERED, "delivered", LATER, channel=ChannelName.WHATSAPP, reference="wamid.1"
    )
    assert await record_later(database, by_reference) is Taken.RECORDED
    assert await sent.state() == "delivered"


@pytest.mark.parametrize(
    ("channel", "reference"), ((ChannelName.TELEGRAM, "wamid.1"), (ChannelName.WHATSAPP, ""))
)
async def test_another_channels_name_for_it_finds_nothing(
    database: AsyncEngine, agency: SmallAgency, channel: ChannelName, reference: str
) -> None:
    await sent_message(database, agency, channel=ChannelName.WHATSAPP, reference="wamid.1")
    found = LaterWord(Outcome.DELIVERED, "", LATER, channel=channel, reference=reference)
    assert await record_later(database, found) is Taken.UNKNOWN


async def test_a_word_on_a_message_that_is_not_ours_is_unknown(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    unknown = LaterWord(Outcome.BOUNCED, "", LATER, message=uuid.uuid4())
    assert await record_later(database, unknown) is Taken.UNKNOWN


async def test_a_long_answer_is_kept_as_far_as_there_is_room(
    database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency)
    await record_later(database, word(sent, Outcome.BOUNCED, answer="x" * 2000, bad_address=True))
    assert len((await sent.attempts())[1][2]) == 500
