"""`kinerja bounce` as a mail server runs it: a process of its own, the mail on its standard input."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from service.configuration.settings import load_settings
from service.runtime.ports import any_free_port
from service.temporal.channels import return_paths_from
from tests.fixtures.agency import build_agency
from tests.fixtures.sent import Sent, sent_message
from tests.notifications.bounced import MESSAGE, RETURN_PATH, plain, report

SECRET = "s" * 32
OURS = return_paths_from(load_settings({"KINERJA_SECRET": SECRET})).make(MESSAGE)


@dataclass(frozen=True)
class Pipe:
    """Runs the command."""

    database_url: str
    directory: Path

    async def __call__(self, mail: bytes, *arguments: str, **variables: str) -> tuple[int, str]:
        """The exit code, and what stood on standard error."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
        environment |= {
            "KINERJA_DATABASE_URL": self.database_url,
            "KINERJA_SECRET": SECRET,
            "KINERJA_STATE_DIRECTORY": str(self.directory),
            **{f"KINERJA_{name}": value for name, value in variables.items()},
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "service.cli",
            "--language",
            "en",
            "bounce",
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
        )
        _, complaint = await process.communicate(mail)
        assert process.returncode is not None
        return process.returncode, complaint.decode()


@pytest.fixture
def bounce(database_url: str, tmp_path: Path) -> Pipe:
    return Pipe(database_url, tmp_path)


@pytest.fixture
async def sent(database: AsyncEngine) -> Sent:
    return await sent_message(database, await build_agency(database), identifier=MESSAGE)


async def test_a_report_is_taken_and_recorded(bounce: Pipe, sent: Sent) -> None:
    code, complaint = await bounce(report(), "--recipient", OURS)
    assert (code, await sent.state()) == (0, "permanent_failure")
    assert "User unknown" not in complaint
    assert "budi@contoh.example" not in complaint


async def test_without_the_option_the_headers_tell_whom_it_came_to(bounce: Pipe, sent: Sent) -> None:
    code, _ = await bounce(report(to=OURS))
    assert (code, await sent.state()) == (0, "permanent_failure")


async def test_a_second_delivery_of_it_is_taken_too(bounce: Pipe, sent: Sent) -> None:
    codes = [(await bounce(report(), "--recipient", OURS))[0] for _ in range(2)]
    assert codes == [0, 0]
    assert len(await sent.attempts()) == 2


async def test_what_is_no_bounce_is_handed_back(bounce: Pipe, sent: Sent) -> None:
    code, complaint = await bounce(
        plain("Re: Pengingat", "Baik.", sender="budi@contoh.example"), "--recipient", OURS
    )
    assert code == 65
    assert "This is no bounce" in complaint


async def test_a_forged_return_path_is_handed_back(bounce: Pipe, sent: Sent) -> None:
    code, _ = await bounce(report(), "--recipient", RETURN_PATH)
    assert (code, await sent.state()) == (65, "sent")


async def test_a_bounce_before_our_own_note_waits(bounce: Pipe, sent: Sent) -> None:
    await sent.run("UPDATE message SET state = 'sending' WHERE id = :id")
    code, complaint = await bounce(report(), "--recipient", OURS)
    assert code == 75
    assert "still being sent" in complaint


async def test_while_the_database_is_away_the_mail_waits(bounce: Pipe) -> None:
    away = f"postgresql://kinerja@127.0.0.1:{any_free_port()}/kinerja"
    code, complaint = await bounce(report(), "--recipient", OURS, DATABASE_URL=away)
    assert code == 75
    assert "The database does not answer" in complaint


async def test_while_a_setting_is_wrong_the_mail_waits(bounce: Pipe) -> None:
    code, complaint = await bounce(report(), "--recipient", OURS, SMTP_URL="imap://x")
    assert code == 75
    assert "KINERJA_SMTP_URL" in complaint


async def test_a_huge_mail_is_read_to_its_end(bounce: Pipe, sent: Sent) -> None:
    code, _ = await bounce(report() + b"x" * (5 * 1024 * 1024), "--recipient", OURS)
    assert (code, await sent.state()) == (0, "permanent_failure")
