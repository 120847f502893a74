import asyncio
import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from service.channels.wording import LONGEST_REASON
from service.cli.problems import CommandFailed
from translations import mark as _

if TYPE_CHECKING:
    from service.channels.schemas import ChannelLine


class Channel(StrEnum):
    """The channels that can be paused: all that send through a provider."""

    EMAIL = "email"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    WEBHOOK = "webhook"


_Channel = Annotated[Channel, typer.Argument(help="email, whatsapp, telegram or webhook.")]


def list_channels() -> None:
    """Show how each channel stands: paused by whom and why, how much waits, how much failed in the last hour.

    Example: kinerja channel list
    """
    asyncio.run(_list())


def pause(
    channel: _Channel,
    reason: Annotated[str, typer.Option(help="Why, for whoever looks for a message that waits.")],
) -> None:
    """Stop a channel for everybody until it is resumed. What is being sent ends; everything else waits.

    Example: kinerja channel pause email --reason "Server surel dipindahkan"
    """
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise CommandFailed(_("--reason: say in 1 to {most} characters why."), most=LONGEST_REASON)
    asyncio.run(_steer(channel, said))


def resume(channel: _Channel) -> None:
    """Let a paused channel go on with everything that waits.

    Example: kinerja channel resume email
    """
    asyncio.run(_steer(channel, None))


def retry(
    channel: _Channel,
    since: Annotated[
        dt.datetime, typer.Option(help="Take what failed from this day on.", formats=["%Y-%m-%d"])
    ],
) -> None:
    """Try again what failed for good, once an address or a server has been put right.

    Messages to an address that is still known to be bad stay as they are, and nobody is told twice. What is no
    longer wanted is not sent.

    Example: kinerja channel retry email --since 2027-01-04
    """
    asyncio.run(_retry(channel, since.astimezone()))


async def _retry(channel: Channel, since: dt.datetime) -> None:
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, say
    from service.notices.wording import channel_name
    from store.message.channels import ChannelName
    from store.message.retrying import retry_failed

    name = ChannelName(channel.value)
    async with open_database() as database, database.begin() as transaction:
        count = await retry_failed(transaction, name, since)
    say(
        _("{channel}: {count} messages are tried again."),
        channel=channel_name(name, LOCALE.get()),
        count=count,
    )


async def _steer(channel: Channel, reason: str | None) -> None:
    """Pauses the channel if a reason is given; otherwise resumes it."""
    from service.channels import steering
    from service.cli.operator_name import operator_name
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, out
    from store.message.channels import ChannelName

    name, by, locale = ChannelName(channel.value), operator_name(), LOCALE.get()
    async with open_database() as database, database.begin() as transaction:
        if reason is None:
            done = await steering.resume(transaction, name, by=by, locale=locale)
        else:
            done = await steering.pause(transaction, name, by=by, reason=reason, locale=locale)
    out().print(done.said)


async def _list() -> None:
    from service.channels.steering import channel_lines
    from service.cli.servers import open_database
    from service.cli.speaking import LOCALE, show_table, spoken

    async with open_database() as database, database.connect() as connection:
        lines = await channel_lines(connection, LOCALE.get())
    now = dt.datetime.now(dt.UTC)
    show_table(
        spoken(_("Channels")),
        (
            spoken(_("Channel")),
            spoken(_("State")),
            spoken(_("Waiting")),
            spoken(_("Of these due")),
            spoken(_("Oldest, minutes")),
            spoken(_("Failed in the last hour")),
        ),
        [
            (
                line.channel_name,
                _state(line),
                line.waiting,
                line.due,
                None if line.oldest_due is None else int((now - line.oldest_due).total_seconds() // 60),
                line.failed_last_hour,
            )
            for line in lines
        ],
    )


def _state(line: "ChannelLine") -> str:
    from service.cli.speaking import spoken

    if line.paused_at is None:
        return spoken(_("open"))
    return spoken(
        _("paused since {moment} by {name}: {reason}"),
        moment=f"{line.paused_at.astimezone():%Y-%m-%d %H.%M}",
        name=line.paused_by,
        reason=line.pause_reason,
    )
