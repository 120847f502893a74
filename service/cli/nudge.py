import asyncio
import datetime as dt
import uuid
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from service.accounts.tokens import Identity
    from service.nudges.nudging import Nudging
    from service.nudges.schemas import NudgeAnswer

SHOWN = 20
"""The number of appraisals without a nudge that the screen lists."""


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
    from service.cli.servers import open_database
    from service.cli.speaking import say, spoken
    from service.nudges.nudging import Nudging
    from translations import mark as _

    if sum((bool(cases), unit is not None, overdue)) != 1:
        raise CommandFailed(_("Say about what: either --case, --unit or --overdue."))
    async with open_database() as database:
        async with database.connect() as connection:
            person = await the_person(connection, nip=by, email=None, agency=agency)
            appraisals = cases or await _chosen(connection, person.agency_id, unit, overdue)
        nudging, identity = Nudging(database), Identity(person.id, person.agency_id)
        found = await _come_to(nudging, identity, appraisals, key=None)
        _print(found)
        wanted = _nudged(found)
        if dry_run or not wanted:
            say(_("Nobody was nudged."))
            return
        question = spoken(
            _("Nudge about {count} appraisals in the name of {name}?"), count=wanted, name=person.name
        )
        if not yes and not typer.confirm(question):
            say(_("Nobody was nudged."))
            return
        done = await _come_to(nudging, identity, appraisals, key=uuid.uuid4().hex)
    say(_("Nudged about {count} appraisals."), count=_nudged(done))


async def _chosen(
    connection: "AsyncConnection", agency: uuid.UUID, unit: str | None, overdue: bool
) -> list[uuid.UUID]:
    from service.cli.problems import CommandFailed
    from service.launches.selecting import UnitCodesUnknown
    from service.nudges.selecting import awaiting_in
    from translations import mark as _

    try:
        return await awaiting_in(connection, agency, unit=unit, overdue=overdue)
    except UnitCodesUnknown as unknown:
        raise CommandFailed(_("The agency has no unit with the code {code}."), code=unit) from unknown


async def _come_to(
    nudging: "Nudging", identity: "Identity", appraisals: list[uuid.UUID], *, key: str | None
) -> "NudgeAnswer":
    """Nudges under ``key`` and returns the outcome; without a key, only previews it."""
    from service.cli.problems import CommandFailed
    from service.cli.speaking import LOCALE
    from service.nudges.many import nudge_in_parts, preview_in_parts
    from service.nudges.showing import shown_nudges
    from service.problems import TooManyNudges
    from service.wording import readable
    from translations import mark as _
    from translations import translate

    locale = LOCALE.get()
    try:
        if key is None:
            found = await preview_in_parts(nudging, identity, appraisals)
        else:
            found = await nudge_in_parts(nudging, identity, appraisals, key)
    except TooManyNudges as refused:
        wait = dt.timedelta(seconds=refused.retry_after or 0)
        told = translate(refused.message, locale, **readable(refused.parameters, locale))
        raise CommandFailed(_("{problem} Again in {wait}."), problem=told, wait=wait) from refused
    return shown_nudges(found, locale)


def _nudged(found: "NudgeAnswer") -> int:
    from service.nudges.outcome import NudgeOutcome

    return sum(each.appraisals for each in found.totals if each.outcome == NudgeOutcome.NUDGED)


def _print(found: "NudgeAnswer") -> None:
    from service.cli.speaking import say, show_table, spoken
    from service.nudges.outcome import NudgeOutcome
    from translations import mark as _

    if not found.results:
        say(_("There is nothing to ask for."))
        return
    show_table(
        spoken(_("Nudges")),
        (spoken(_("What comes of it")), spoken(_("Number"))),
        [(each.outcome_name, each.appraisals) for each in found.totals],
    )
    others = [each for each in found.results if each.outcome != NudgeOutcome.NUDGED]
    if others:
        show_table(
            spoken(_("Not nudged")),
            (spoken(_("Why")), spoken(_("Name")), "id"),
            [(each.outcome_name, ", ".join(each.people), each.appraisal_id) for each in others[:SHOWN]],
        )
