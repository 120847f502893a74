import asyncio
import datetime as dt
import uuid
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from service.accounts.tokens import Identity
    from service.nudges.nudging import Nudged, Nudging

SHOWN = 20
"""Appraisals of which nothing came that are listed on the screen."""


def nudge(
    by: Annotated[str, typer.Option("--as", help="NIP of whoever asks; his name is told.")],
    case: Annotated[
        list[uuid.UUID] | None, typer.Option(help="An appraisal by its id; may be given several times.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option(help="Code of a unit: everything open there and below it.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Everything that is late.")] = False,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count; nobody is asked.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask back before it is done.")] = False,
) -> None:
    """Ask whoever is awaited to do it, in somebody's name; once a task and day, and only what he may ask.

    Example: kinerja nudge --overdue --as 198701282012081988
    """
    asyncio.run(_nudge(by, case or [], unit, overdue, agency, dry_run, yes))


async def _nudge(
    by: str,
    cases: list[uuid.UUID],
    unit: str | None,
    overdue: bool,
    agency: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    from service.accounts.tokens import Identity
    from service.cli.finding import the_person
    from service.cli.problems import CommandFailed
    from service.cli.servers import database
    from service.cli.speaking import say, spoken
    from service.nudges.nudging import NudgeOutcome, Nudging
    from translations import mark as _

    if sum((bool(cases), unit is not None, overdue)) != 1:
        raise CommandFailed(_("Say about what: either --case, --unit or --overdue."))
    async with database() as engine:
        async with engine.connect() as connection:
            person = await the_person(connection, nip=by, email=None, agency=agency)
            appraisals = cases or await _chosen(connection, person.agency_id, unit, overdue)
        nudging, identity = Nudging(engine), Identity(person.id, person.agency_id)
        found = await _in_parts(nudging, identity, appraisals, key=None)
        _print(found)
        wanted = sum(each.outcome is NudgeOutcome.NUDGED for each in found)
        if dry_run or not wanted:
            say(_("Nobody was nudged."))
            return
        question = spoken(
            _("Nudge about {count} appraisals in the name of {name}?"), count=wanted, name=person.name
        )
        if not yes and not typer.confirm(question):
            say(_("Nobody was nudged."))
            return
        done = await _in_parts(nudging, identity, appraisals, key=uuid.uuid4().hex)
    say(
        _("Nudged about {count} appraisals."),
        count=sum(each.outcome is NudgeOutcome.NUDGED for each in done),
    )


async def _chosen(
    connection: "AsyncConnection", agency: uuid.UUID, unit: str | None, overdue: bool
) -> list[uuid.UUID]:
    from service.cli.problems import CommandFailed
    from store.nudge.choosing import awaiting, has_unit
    from translations import mark as _

    if unit is not None and not await has_unit(connection, agency, unit):
        raise CommandFailed(_("The agency has no unit with the code {code}."), code=unit)
    return await awaiting(connection, agency, unit=unit, overdue=overdue)


async def _in_parts(
    nudging: "Nudging", identity: "Identity", appraisals: list[uuid.UUID], *, key: str | None
) -> "list[Nudged]":
    """All of them, as many at once as one request may have; without a key only to look."""
    from service.cli.problems import CommandFailed
    from service.cli.speaking import LOCALE
    from service.nudges.nudging import MOST_AT_ONCE
    from service.problems import TooManyNudges
    from service.wording import readable
    from translations import mark as _
    from translations import translate

    found: list[Nudged] = []
    for start in range(0, len(appraisals), MOST_AT_ONCE):
        part = appraisals[start : start + MOST_AT_ONCE]
        try:
            if key is None:
                found += await nudging.preview(identity, part)
            else:
                found += await nudging.nudge(identity, f"{key}-{start}", part)
        except TooManyNudges as refused:
            wait = dt.timedelta(seconds=refused.retry_after or 0)
            told = translate(refused.message, LOCALE.get(), **readable(refused.parameters, LOCALE.get()))
            raise CommandFailed(_("{problem} Again in {wait}."), problem=told, wait=wait) from refused
    return found


def _print(found: "list[Nudged]") -> None:
    from service.cli.speaking import LOCALE, say, show_table, spoken
    from service.nudges.nudging import NudgeOutcome
    from service.nudges.wording import nudge_outcome
    from translations import mark as _

    locale = LOCALE.get()
    counts = Counter(each.outcome for each in found)
    if not found:
        say(_("There is nothing to ask for."))
        return
    show_table(
        spoken(_("Nudges")),
        (spoken(_("What comes of it")), spoken(_("Number"))),
        [(nudge_outcome(outcome, locale), counts[outcome]) for outcome in NudgeOutcome if counts[outcome]],
    )
    others = [each for each in found if each.outcome is not NudgeOutcome.NUDGED]
    if others:
        show_table(
            spoken(_("Not nudged")),
            (spoken(_("Why")), spoken(_("Name")), "id"),
            [
                (nudge_outcome(each.outcome, locale), ", ".join(each.people), each.appraisal)
                for each in others[:SHOWN]
            ],
        )
