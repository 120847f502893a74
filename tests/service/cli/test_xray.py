"""Operators look through what was sent, from the command line."""

import datetime as dt
import json
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.channel import NullChannel
from notifications.relay import Links, Relay
from states.stages import Capacity
from states.triggers import Trigger
from store.message.channels import ChannelName
from tests.fixtures.agency import SmallAgency, build_agency, nip
from tests.fixtures.cases import REMINDED, RecordedCase, make_due, new_case, plan_all
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

EMPLOYEE, RATER = nip(5), nip(3)


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    return await new_case(database, agency)


async def sent(case: RecordedCase) -> None:
    await plan_all(case.database)
    relay = Relay(case.database, {ChannelName.EMAIL: NullChannel()}, Links("http://kinerja.test"))
    while await relay.relay_due():
        await make_due(case.database)


async def test_a_case_is_a_timeline_of_whom_it_told_what(kinerja: CommandLine, case: RecordedCase) -> None:
    await sent(case)
    answer = await kinerja("xray", "--case", case.appraisal.id)
    assert answer.code == 0
    assert "Employee 1 Kota Contoh · 2026 · Drafting the plan" in answer.out
    assert "E-mail: 1 sent (0 seen), 0 waiting, 0 failed" in answer.out
    assert "New task · Drafting the plan (open_planning)" in answer.out
    assert "to Employee 1 Kota Contoh, due 2026-01-20" in answer.out
    assert "E-mail: Handed over to the provider" in answer.out
    assert "taken over · null: null" in answer.out


async def test_what_is_to_come_ends_the_timeline_of_a_case(kinerja: CommandLine, case: RecordedCase) -> None:
    lines = (await kinerja("xray", "--case", case.appraisal.id)).out.splitlines()
    heading = lines.index("Still to come, if nothing happens before:")
    assert "Reminder" in lines[heading + 1]
    assert lines[heading + 1].strip().endswith("→ employee")
    assert "Escalation" in lines[-1]


async def test_why_something_was_not_sent_is_said_in_a_sentence(
    kinerja: CommandLine, case: RecordedCase
) -> None:
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, REMINDED)
    out = (await kinerja("xray", "--nip", EMPLOYEE)).out
    assert "Not sent any more" in out
    assert "What it asks for was done before it was sent." in out


async def test_what_waits_says_until_when_and_that_the_channel_is_paused(
    kinerja: CommandLine, case: RecordedCase
) -> None:
    await plan_all(case.database)
    async with case.database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO channel_pause (id, channel, paused_at, paused_by, reason, resumed_by)
                VALUES (gen_random_uuid(), 'email', '2026-01-09 03:00+00', 'ops', 'Server pindah', '')""")
        )
    out = (await kinerja("xray", "--case", case.appraisal.id)).out
    assert "the channel is paused since 2026-01-09 10.00: Server pindah" in out
    assert "next attempt " in out


async def test_a_person_is_a_timeline_of_all_cases(
    kinerja: CommandLine, case: RecordedCase, agency: SmallAgency
) -> None:
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, REMINDED)
    out = (await kinerja("xray", "--nip", RATER)).out
    assert out.startswith("Rater Kota Contoh\n")
    assert "about Employee 1 Kota Contoh, 2026" in out
    assert "open_planning" not in out


async def test_nothing_wider_than_eighty_columns(kinerja: CommandLine, case: RecordedCase) -> None:
    await sent(case)
    answer = await CommandLine({**kinerja.environment, "COLUMNS": "80"})("xray", "--case", case.appraisal.id)
    assert max(map(len, answer.out.splitlines())) <= 80


async def test_neither_nip_nor_whole_address_is_printed(kinerja: CommandLine, case: RecordedCase) -> None:
    await sent(case)
    for arguments in (("--nip", EMPLOYEE), ("--nip", EMPLOYEE, "--json")):
        answer = await kinerja("xray", *arguments)
        assert EMPLOYEE not in answer.out + answer.err
        assert "person5." not in answer.out
        assert "p***@contoh.example" in answer.out


async def test_an_address_that_a_provider_repeats_is_masked_as_well(
    kinerja: CommandLine, case: RecordedCase
) -> None:
    await sent(case)
    async with case.database.begin() as connection:
        await connection.execute(
            text("UPDATE message_attempt SET answer = '550 <' || address || '>: unknown' FROM message")
        )
    answer = await kinerja("xray", "--case", case.appraisal.id)
    assert "550 <p***@contoh.example>: unknown" in answer.out
    assert "person5." not in answer.out


async def test_json_has_everything_for_other_programs(kinerja: CommandLine, case: RecordedCase) -> None:
    await sent(case)
    report: dict[str, Any] = json.loads((await kinerja("xray", "--case", case.appraisal.id, "--json")).out)
    assert (report["of"], report["cycle"], report["zone"]) == (
        "Employee 1 Kota Contoh",
        "2026",
        "Asia/Jakarta",
    )
    assert {line["channel"] for line in report["items"]} == {"inbox", "email"}
    assert report["coming"][0]["kind"] == "reminder"
    assert report["receipt"] == []


async def test_the_newest_are_shown_and_the_older_ones_counted(
    kinerja: CommandLine, case: RecordedCase
) -> None:
    await case.wake(REMINDED)
    report = json.loads((await kinerja("xray", "--case", case.appraisal.id, "--json", "--limit", "2")).out)
    assert (len(report["items"]), report["older"]) == (2, 2)
    assert {line["template"] for line in report["items"]} == {"reminder"}
    out = (await kinerja("xray", "--case", case.appraisal.id, "--limit", "2")).out
    assert "2 older notices are not shown; raise --limit." in out


async def test_evidence_of_receipt_is_shown(kinerja: CommandLine, case: RecordedCase) -> None:
    async with case.database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO receipt_evidence (id, appraisal_id, revision, level, at, source, channel, recorded_at)
                VALUES (gen_random_uuid(), :case, 1, 'seen', :at, 'event:9', 'inbox', now())"""),
            {"case": uuid.UUID(case.appraisal.id), "at": dt.datetime(2026, 12, 30, 3, tzinfo=dt.UTC)},
        )
    out = (await kinerja("xray", "--case", case.appraisal.id)).out
    assert "2026-12-30 10.00  The employee opened the result (event:9)" in out


async def test_somebody_who_was_told_nothing(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("xray", "--nip", RATER)
    assert (answer.code, "Nothing was written." in answer.out) == (0, True)


@pytest.mark.parametrize("arguments", ((), ("--case", str(uuid.uuid4()), "--nip", EMPLOYEE)))
async def test_one_thing_must_be_named(
    kinerja: CommandLine, agency: SmallAgency, arguments: tuple[str, ...]
) -> None:
    answer = await kinerja("xray", *arguments)
    assert (answer.code, "Name either an appraisal by --case or a person by --nip." in answer.err) == (
        1,
        True,
    )


async def test_what_is_not_there_is_said(kinerja: CommandLine, agency: SmallAgency) -> None:
    no_case = await kinerja("xray", "--case", uuid.uuid4())
    assert (no_case.code, "There is no appraisal of this id." in no_case.err) == (1, True)
    nobody = await kinerja("xray", "--nip", nip(77))
    assert (nobody.code, "Nobody with this NIP" in nobody.err) == (1, True)
