"""Prints the demonstration's addresses, tokens and examples once it is ready."""

import asyncio
import datetime as dt
import json
from pathlib import Path

from service.cli.speaking import LOCALE, complain, err, out, say, show_table, spoken
from service.demo.scenes import AFTERWARDS
from service.demo.systems import NASIONAL
from service.demo.welcome import Visitor, Welcome
from service.wording import stage_name
from states.stages import Stage
from translations import mark as _

PATIENCE_SECONDS = 180.0
_LOOK_SECONDS = 0.2

_ROLES = {
    "staff": _("Employee"),
    "supervisor": _("Rater"),
    "hr": _("Personnel officer"),
    "appeals_officer": _("Appeals officer"),
}


async def welcome(state_directory: Path, api_url: str, *, since: dt.datetime) -> None:
    """Waits for the demonstration that was started at ``since``, and prints addresses, tokens and examples."""
    with err().status(spoken(_("{agency} lives through its first year ..."), agency=NASIONAL.agency)):
        found = await _written(state_directory, since)
    if found is None:
        complain(
            _("The demonstration is not ready yet; its log {file} says why."),
            file=state_directory / "log" / "demo.log",
        )
        return
    _print(found, api_url)


async def _written(state_directory: Path, since: dt.datetime) -> Welcome | None:
    loop = asyncio.get_running_loop()
    given_up_at = loop.time() + PATIENCE_SECONDS
    while loop.time() < given_up_at:
        found = await asyncio.to_thread(Welcome.read, state_directory)
        if found is not None and found.written_at >= since:
            return found
        await asyncio.sleep(_LOOK_SECONDS)
    return None


def _print(found: Welcome, api_url: str) -> None:
    show_table(
        spoken(_("{agency}: its appraisals in four rehearsed cycles"), agency=found.agency),
        (spoken(_("Stage")), spoken(_("Appraisals"))),
        [(stage_name(stage, LOCALE.get()), found.stages[stage]) for stage in Stage if stage in found.stages],
    )
    say(_("Moderation is empty: the national scheme does without it."))
    for visitor in found.visitors:
        _introduce(visitor, api_url)
    for officer in found.elsewhere:
        _introduce(officer, api_url, officer.agency)
    for link in found.public_links:
        say(_("Rate a service as the public does, without a sign-in: {link}"), link=link)
    say(
        _(
            "An hour passes there in {seconds} seconds, and reminders go out at eight. "
            "Mailbox: {mailbox}. API: {docs}"
        ),
        seconds=round(3600 / AFTERWARDS),
        mailbox=f"{api_url}/mailbox",
        docs=f"{api_url}/openapi.json",
    )


def _introduce(visitor: Visitor, api_url: str, agency: str = "") -> None:
    console = out()
    console.print()
    post = f", {visitor.post}" if visitor.post else ""
    say(
        _("{role}: {name} ({tasks} open tasks)"),
        role=f"{spoken(_ROLES[visitor.role])}{f', {agency}' if agency else ''}",
        name=f"{visitor.name}{post}",
        tasks=visitor.tasks,
    )
    console.print(f"  TOKEN={visitor.token}")
    authorised = '-H "Authorization: Bearer $TOKEN"'
    console.print(f"  curl {authorised} {api_url}/api/v1/tasks")
    if visitor.method == "POST":
        body = json.dumps(visitor.body, ensure_ascii=False)
        console.print(
            f'  curl {authorised} -H "Idempotency-Key: coba-1" -H "Content-Type: application/json" \\'
        )
        console.print(f"    {api_url}{visitor.path} -d '{body}'")
    elif visitor.path != "/api/v1/tasks":
        console.print(f"  curl {authorised} '{api_url}{visitor.path}'")
