"""From notice rows to mail: real PostgreSQL, real mail servers."""

import asyncio
import datetime as dt
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.channel import Channel, Envelope, NullChannel, Receipt
from notifications.email import EmailChannel, MailServer
from notifications.relay import AT_ONCE, Links, Relay, Tempo
from notifications.retrying import ATTEMPTS
from service.runtime.scratch import scratch_postgres
from states.stages import Capacity
from states.triggers import Trigger
from store.database import create_engine
from store.message.channels import ChannelName
from store.message.repository import Outbox
from store.migrating import upgrade
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import (
    OVERDUE,
    REMINDED,
    RecordedCase,
    make_due,
    many_messages,
    messages,
    new_case,
    notices,
    plan_all,
)
from tests.fixtures.mail import Greylisting, Postbox, Refusing, Slow
from tests.fixtures.results import delivered_result
from tests.fixtures.waiting import until
from tests.notifications.envelopes import PUBLIC_URL, SENDER

ROOT = Path(__file__).parents[2]
NOON = dt.datetime(2026, 1, 6, 5, tzinfo=dt.UTC)


@pytest.fixture
async def case(database: AsyncEngine) -> RecordedCase:
    return await new_case(database, await build_agency(database))


@pytest.fixture
async def postbox() -> AsyncIterator[Postbox]:
    box = Postbox()
    async with box.listening():
        yield box


def relay_to(
    database: AsyncEngine,
    postbox: Postbox,
    *,
    tempo: Tempo | None = None,
    unsubscribe: Callable[[uuid.UUID], str] | None = None,
) -> tuple[Relay, EmailChannel]:
    channel = EmailChannel(MailServer("127.0.0.1", postbox.port, timeout=5), sender=SENDER)
    channels = {ChannelName.EMAIL: channel}
    return Relay(database, channels, Links(PUBLIC_URL, unsubscribe), tempo), channel


async def relay_all(database: AsyncEngine, postbox: Postbox) -> None:
    """Sends everything, whatever the hour."""
    relay, channel = relay_to(database, postbox)
    await plan_all(database)
    while await relay.relay_due():
        pass
    await channel.close()


async def test_a_new_task_becomes_a_mail_to_its_holder(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await relay_all(database, postbox)
    ((address, mail),) = postbox.received
    (row,) = await messages(database)
    assert (row.state, row.attempts, row.provider_answer) == ("sent", 1, "250 Message kept")
    assert mail["Message-ID"] == f"<{row.id}@contoh.go.id>"
    assert [each.state for each in await notices(database)] == ["sent"]
    assert mail["Subject"] == "Tugas baru: menyusun SKP"
    assert address.startswith("person5.")


async def test_the_mail_of_a_result_says_by_the_rules_of_its_case_from_when_the_days_run(
    database: AsyncEngine, postbox: Postbox
) -> None:
    await delivered_result(database, await build_agency(database))
    await relay_all(database, postbox)
    (mail,) = [mail for _, mail in postbox.received if mail["Subject"].startswith("Hasil penilaian kinerja")]
    plain = mail.get_body(("plain",))
    assert plain is not None
    text_of_mail = " ".join(plain.get_content().split())
    assert "dihitung sejak hari Anda membuka hasil itu di aplikasi" in text_of_mail
    assert "Mohon dibaca paling lambat Jumat, 9 Januari 2026." in text_of_mail


async def test_a_task_finished_before_the_send_sends_nothing(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await case.wake(REMINDED)
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, REMINDED)
    await relay_all(database, postbox)
    assert [mail["Subject"] for _, mail in postbox.received] == ["Tugas baru: menetapkan SKP"]
    assert [row.state for row in await notices(database)] == ["cancelled", "cancelled", "sent"]


async def test_a_cancelled_case_sends_nothing(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await case.act(Trigger.CANCEL, Capacity.HR, NOON, actor=str(case.agency.officer))
    await relay_all(database, postbox)
    assert postbox.received == []


async def test_a_temporary_failure_is_repeated_with_the_same_message_id(
    database: AsyncEngine, case: RecordedCase
) -> None:
    postbox = Greylisting()
    async with postbox.listening():
        await relay_all(database, postbox)
        (row,) = await messages(database)
        assert (row.state, row.provider_answer) == ("temporary_failure", "451 Greylisted, try again later")
        assert row.next_attempt_at > dt.datetime.now(dt.UTC) + dt.timedelta(seconds=45)
        assert [each.state for each in await notices(database)] == ["temporary_failure"]
        await make_due(database)
        await relay_all(database, postbox)
    (row,) = await messages(database)
    assert (row.state, row.attempts) == ("sent", 2)
    assert postbox.ids == [f"<{row.id}@contoh.go.id>"]


async def test_a_permanent_failure_is_recorded_with_the_servers_answer(
    database: AsyncEngine, case: RecordedCase
) -> None:
    postbox = Refusing()
    async with postbox.listening():
        await relay_all(database, postbox)
    (row,) = await messages(database)
    assert (row.state, row.provider_answer, row.sent_at) == (
        "permanent_failure",
        "550 No such user here",
        None,
    )


async def test_a_server_that_is_away_loses_nothing(database: AsyncEngine, case: RecordedCase) -> None:
    await many_messages(database, 30)
    postbox = Postbox()
    await relay_all(database, postbox)
    assert {row.state for row in await notices(database)} == {"temporary_failure"}
    async with postbox.listening():
        await make_due(database)
        await relay_all(database, postbox)
    assert len(set(postbox.ids)) == len(postbox.ids) == 30


async def test_after_a_day_of_temporary_failures_a_notice_is_given_up(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await plan_all(database)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE message SET attempts = :most"), {"most": ATTEMPTS - 1})
    await relay_all(database, Postbox())
    (row,) = await messages(database)
    assert row.state == "permanent_failure"
    assert row.provider_answer.startswith(f"given up after attempt {ATTEMPTS}: SMTPConnectError")


async def test_two_relays_at_once_send_each_notice_once(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await many_messages(database, 300)
    await asyncio.gather(*(relay_all(database, postbox) for _ in range(2)))
    assert len(set(postbox.ids)) == len(postbox.ids) == 300
    assert {(row.state, row.attempts) for row in await messages(database)} == {("sent", 1)}


async def test_a_claim_of_a_crashed_relay_is_sent_later_by_another(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await plan_all(database)
    await Outbox(database).claim(most=10, lease=dt.timedelta(milliseconds=600))
    relay, channel = relay_to(database, postbox)
    assert await relay.relay_due() == 0
    await asyncio.sleep(0.8)
    assert await relay.relay_due() == 1
    await channel.close()
    assert [(row.state, row.attempts) for row in await messages(database)] == [("sent", 2)]
    assert len(postbox.received) == 1


async def test_a_rehearsal_never_leaves_to_a_real_address(database: AsyncEngine, postbox: Postbox) -> None:
    now = dt.datetime.now(dt.UTC).isoformat()
    clock: list[list[object]] = [[now, "2026-01-05T03:00:00Z", 60.0]]
    case = await new_case(database, await build_agency(database, clock=clock))
    await relay_all(database, postbox)
    ((address, mail),) = postbox.received
    assert address == f"{case.employee}@gladi.invalid"
    assert mail["Subject"] == "[GLADI] Tugas baru: menyusun SKP"
    assert mail["To"] == f"Employee 1 Kota Contoh <{case.employee}@gladi.invalid>"


async def test_somebody_without_an_address_is_a_permanent_failure_that_says_so(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    async with database.begin() as connection:
        await connection.execute(text("UPDATE person SET email = ''"))
    await relay_all(database, postbox)
    (row,) = await messages(database)
    assert (row.state, row.provider_answer) == ("permanent_failure", "no e-mail address is known")


async def test_what_may_be_switched_off_carries_the_link_that_does_it(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    relay, channel = relay_to(database, postbox, unsubscribe=lambda person: f"https://x.example/off/{person}")
    await plan_all(database)
    await relay.relay_due()
    await channel.close()
    ((_, mail),) = postbox.received
    assert mail["List-Unsubscribe"] == f"<https://x.example/off/{case.employee}>"


async def test_an_answer_goes_to_those_who_read_it(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    channel = EmailChannel(MailServer("127.0.0.1", postbox.port), sender=SENDER)
    links = Links(PUBLIC_URL, reply_to="kepegawaian@contoh.go.id")
    await plan_all(database)
    await Relay(database, {ChannelName.EMAIL: channel}, links).relay_due()
    await channel.close()
    ((_, mail),) = postbox.received
    assert mail["Reply-To"] == "kepegawaian@contoh.go.id"


async def test_what_is_late_carries_no_link_to_switch_it_off(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await case.wake(OVERDUE)
    relay, channel = relay_to(database, postbox, unsubscribe=lambda person: f"https://x.example/off/{person}")
    await plan_all(database)
    await relay.relay_due()
    await channel.close()
    assert [mail["List-Unsubscribe"] for _, mail in postbox.received] == [None, None]


async def test_a_mail_that_cannot_arrive_is_told_through_the_next_channel(
    database: AsyncEngine, case: RecordedCase
) -> None:
    async with database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
                VALUES (gen_random_uuid(), :person, 'telegram', '4711', now(), now(), '')
            """),
            {"person": case.employee},
        )
    chat, postbox = NullChannel(), Refusing()
    async with postbox.listening():
        email = EmailChannel(MailServer("127.0.0.1", postbox.port), sender=SENDER)
        both: dict[ChannelName, Channel] = {ChannelName.EMAIL: email, ChannelName.TELEGRAM: chat}
        relay = Relay(database, both, Links(PUBLIC_URL))
        for _ in range(2):
            await plan_all(database, *both)
            await relay.relay_due()
        await email.close()
    assert [(each.address, each.message.template) for each in chat.sent] == [("4711", "task_opened")]
    states = {row.channel: row.state for row in await messages(database)}
    assert states == {"email": "permanent_failure", "telegram": "sent"}


async def test_an_address_that_is_known_to_be_bad_is_not_tried_again(
    database: AsyncEngine, case: RecordedCase
) -> None:
    postbox = Refusing()
    async with postbox.listening():
        await relay_all(database, postbox)
    async with (later := Postbox(postbox.port)).listening():
        await case.wake(REMINDED)
        await relay_all(database, later)
    assert later.received == []
    assert {(row.state, row.reason, row.provider_answer) for row in await messages(database)} == {
        ("permanent_failure", "bad_address", "550 No such user here"),
        ("permanent_failure", "bad_address", "nothing arrives at this address any more"),
    }


async def test_a_slow_channel_holds_up_no_other(database: AsyncEngine, case: RecordedCase) -> None:
    class Waiting(NullChannel):
        async def send(self, envelope: Envelope) -> Receipt:
            await asyncio.sleep(30)
            return await super().send(envelope)

    async with database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
                VALUES (gen_random_uuid(), :person, 'telegram', '4711', now(), now(), '')
            """),
            {"person": case.employee},
        )
    await case.wake(OVERDUE)
    chat = NullChannel()
    both = {ChannelName.EMAIL: Waiting(), ChannelName.TELEGRAM: chat}
    await plan_all(database, *both)
    relaying = asyncio.create_task(Relay(database, both, Links(PUBLIC_URL)).relay_due())
    await until(lambda: len(chat.sent) == 1)
    relaying.cancel()


async def test_one_bad_recipient_does_not_hold_up_the_others(database: AsyncEngine) -> None:
    agency = await build_agency(database, employees=20)
    for employee in agency.employees:
        await new_case(database, agency, employee)
    postbox = Refusing(unknown="person7.")
    async with postbox.listening():
        await relay_all(database, postbox)
    states = [row.state for row in await messages(database)]
    assert (states.count("sent"), states.count("permanent_failure")) == (19, 1)


async def test_a_notice_that_cannot_be_rendered_waits_and_does_not_hold_up_the_others(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await many_messages(database, 2, template="surprise")
    await relay_all(database, postbox)
    assert len(postbox.received) == 1
    (broken,) = await notices(database, template="surprise")
    assert broken.state == "temporary_failure"
    message = next(row for row in await messages(database) if row.id == broken.message_id)
    assert message.provider_answer.startswith("TemplateNotFound")


async def test_no_more_than_eight_are_sent_at_once(database: AsyncEngine, case: RecordedCase) -> None:
    class Counting(NullChannel):
        under_way = most = 0

        async def send(self, envelope: Envelope) -> Receipt:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            await asyncio.sleep(0.002)
            self.under_way -= 1
            return await super().send(envelope)

    channel = Counting()
    await many_messages(database, 60)
    await Relay(database, {ChannelName.EMAIL: channel}, Links(PUBLIC_URL)).relay_due()
    assert channel.most == AT_ONCE == 8
    assert len(channel.sent) == 60


async def test_what_a_slow_server_leaves_over_is_given_back_and_not_kept_claimed(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await many_messages(database, 40)
    postbox = Slow(seconds=2)
    async with postbox.listening():
        relay, channel = relay_to(database, postbox, tempo=Tempo(begin_within=1))
        assert await relay.relay_due() == 40
        await channel.close()
    rows = await messages(database)
    assert sorted({(row.state, row.attempts) for row in rows}) == [("sent", 1), ("waiting", 0)]
    assert {row.state for row in await notices(database)} == {"created", "sent"}
    assert len(postbox.received) == AT_ONCE


async def test_a_stopping_relay_ends_what_it_began_and_gives_the_rest_back(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await many_messages(database, 40)
    postbox = Slow(seconds=0.1)
    async with postbox.listening():
        relay, channel = relay_to(database, postbox)
        await relay.relay_due(lambda: bool(postbox.received))
        await channel.close()
    states = [row.state for row in await notices(database)]
    assert states.count("sent") == len(postbox.received) < 40
    assert states.count("created") == 40 - len(postbox.received)


async def test_no_database_connection_is_held_while_the_provider_is_called(
    database: AsyncEngine, case: RecordedCase
) -> None:
    held: list[str] = []

    class Looking(NullChannel):
        async def send(self, envelope: Envelope) -> Receipt:
            held.append(database.pool.status())
            return await super().send(envelope)

    await plan_all(database)
    await Relay(database, {ChannelName.EMAIL: Looking()}, Links(PUBLIC_URL)).relay_due()
    assert len(held) == 1
    assert "checked out connections: 0" in held[0].lower()


async def test_what_was_sent_while_the_database_restarts_is_recorded_and_not_sent_again(
    tmp_path: Path, postbox: Postbox
) -> None:
    # A server of its own: the session's is not to be killed under the other tests.
    with scratch_postgres(tmp_path) as postgres:
        database = create_engine(postgres.url)
        await upgrade(database)
        await new_case(database, await build_agency(database))
        await many_messages(database, 20)

        class Interrupting(EmailChannel):
            killed = False

            async def send(self, envelope: Envelope) -> Receipt:
                receipt = await super().send(envelope)
                if not self.killed:
                    self.killed = True
                    postgres.process.kill()
                    asyncio.get_running_loop().call_later(0.5, postgres.process.start)
                return receipt

        channel = Interrupting(MailServer("127.0.0.1", postbox.port), sender=SENDER)
        await Relay(database, {ChannelName.EMAIL: channel}, Links(PUBLIC_URL)).relay_due()
        await channel.close()
        assert {(row.state, row.attempts) for row in await messages(database)} == {("sent", 1)}
        assert len(set(postbox.ids)) == len(postbox.ids) == 20
        await database.dispose()


async def test_a_relay_killed_in_a_burst_loses_nothing_and_doubles_only_what_it_had_not_recorded(
    database: AsyncEngine, database_url: str, case: RecordedCase, postbox: Postbox
) -> None:
    await many_messages(database, 400)
    command = (sys.executable, "-m", "tests.notifications.relay_process", database_url, str(postbox.port))
    for goal in (100, 200, 300):
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
        await until(lambda goal=goal: len(postbox.received) >= goal)  # type: ignore[misc]
        process.kill()
        await process.wait()
        await make_due(database)
    await relay_all(database, postbox)
    assert {row.state for row in await notices(database)} == {"sent"}
    assert len(set(postbox.ids)) == 400
    doubles = len(postbox.ids) - 400
    print(f"\n{doubles} doubles after 3 kills in a burst of 400")
    assert doubles <= 3 * 2 * AT_ONCE


async def test_a_burst_of_a_thousand_goes_out_in_seconds(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await many_messages(database, 1_000)
    began = time.perf_counter()
    await relay_all(database, postbox)
    seconds = time.perf_counter() - began
    print(f"\n1000 notices in {seconds:.1f} s, {1000 / seconds:.0f}/s, {postbox.connections} connections")
    assert len(set(postbox.ids)) == len(postbox.ids) == 1_000
    assert postbox.connections <= AT_ONCE
