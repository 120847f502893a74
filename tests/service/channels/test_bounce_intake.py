"""Returned mail that comes by SMTP to the mailbox, on a real PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtplib import SMTPDataError, send
from sqlalchemy.ext.asyncio import AsyncEngine

from service.channels.bounce_intake import smtp_intake
from service.configuration.settings import Settings, load_settings
from service.runtime.mailbox import list_messages, start_mailbox
from service.runtime.ports import any_free_port
from service.temporal.channels import return_paths_from
from tests.fixtures.agency import build_agency
from tests.fixtures.sent import Sent, sent_message
from tests.notifications.bounced import MESSAGE, RETURN_PATH, report

SECRET = "s" * 32


@dataclass(frozen=True)
class Post:
    """A mailbox with the intake of bounces."""

    port: int
    directory: Path

    async def hand_over(self, content: bytes, recipient: str) -> str:
        _, answer = await send(
            content, sender="mailer@mx.example", recipients=[recipient], hostname="127.0.0.1", port=self.port
        )
        return answer


def settings_on(url: str) -> Settings:
    return load_settings({"KINERJA_DATABASE_URL": url, "KINERJA_SECRET": SECRET})


@pytest.fixture
async def post(database_url: str, tmp_path: Path) -> AsyncIterator[Post]:
    found = Post(any_free_port(), tmp_path / "mail")
    intake = smtp_intake(settings_on(database_url))
    async with await start_mailbox("127.0.0.1", found.port, found.directory, intake):
        yield found


@pytest.fixture
async def sent(database: AsyncEngine) -> Sent:
    return await sent_message(database, await build_agency(database), identifier=MESSAGE)


@pytest.fixture
def return_path() -> str:
    return return_paths_from(settings_on("postgresql://h/d")).make(MESSAGE)


async def test_a_returned_mail_is_recorded_and_not_kept(post: Post, sent: Sent, return_path: str) -> None:
    assert await post.hand_over(report(), return_path) == "Taken"
    assert await sent.state() == "permanent_failure"
    assert list_messages(post.directory) == []


async def test_other_mail_is_kept_as_before(post: Post, sent: Sent) -> None:
    await post.hand_over(report(), "budi@contoh.example")
    assert await sent.state() == "sent"
    assert len(list_messages(post.directory)) == 1


async def test_a_forged_return_path_is_refused_for_good(post: Post, sent: Sent) -> None:
    with pytest.raises(SMTPDataError) as refused:
        await post.hand_over(report(), RETURN_PATH)
    assert refused.value.code == 550
    assert await sent.state() == "sent"


async def test_a_mail_that_is_too_early_is_to_be_offered_again(
    post: Post, sent: Sent, return_path: str
) -> None:
    await sent.run("UPDATE message SET state = 'sending' WHERE id = :id")
    with pytest.raises(SMTPDataError) as refused:
        await post.hand_over(report(), return_path)
    assert refused.value.code == 451


async def test_while_the_database_is_away_mail_is_to_be_offered_again(
    tmp_path: Path, return_path: str
) -> None:
    post = Post(any_free_port(), tmp_path / "mail")
    away = smtp_intake(settings_on(f"postgresql://kinerja@127.0.0.1:{any_free_port()}/kinerja"))
    async with await start_mailbox("127.0.0.1", post.port, post.directory, away):
        with pytest.raises(SMTPDataError) as refused:
            await post.hand_over(report(), return_path)
    assert refused.value.code == 451


async def test_without_a_database_bounces_are_kept_like_other_mail(tmp_path: Path, return_path: str) -> None:
    assert smtp_intake(load_settings({})) is None
    post = Post(any_free_port(), tmp_path / "mail")
    async with await start_mailbox("127.0.0.1", post.port, post.directory):
        await post.hand_over(report(), return_path)
    assert len(list_messages(post.directory)) == 1
