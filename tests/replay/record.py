"""Records golden histories: ``python -m tests.replay.record`` those that are missing, with names these anew.

Record one anew only for a change of the workflow that is meant to break replay, and only after `docs/versioning.md` has
been followed for the appraisals that are under way.
"""

import asyncio
import datetime as dt
import re
import sys
import tempfile
from pathlib import Path

from temporalio.client import Client

from activities.search_attributes import REGISTRATION
from service.runtime.scratch import scratch_postgres, scratch_temporal
from service.temporal.client import connect
from states.commands import Command
from states.national import national_calendar
from states.rule_context import RuleContext
from states.stages import Capacity
from states.triggers import Trigger
from store.agency.rule_contexts import keep
from store.database import create_engine
from store.following.repository import CaseToFollow
from store.migrating import upgrade
from tests.fixtures.agency import SmallAgency, build_agency
from tests.replay.paths import HOLIDAY, PATHS, TODAY, Move, Word
from tests.states.builders import CURRENT, NATIONAL
from tests.workflows.running import RunningAppraisal, Stagehand, stage

HISTORIES = Path(__file__).parent / "histories"
NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
DOCUMENT = "0" * 64


def command_for(agency: SmallAgency, number: int, move: Move) -> Command:
    """The command of a move, by the person of the small agency who holds its capacity."""
    people = {
        Capacity.EMPLOYEE: agency.employee,
        Capacity.RATER: agency.rater,
        Capacity.RATER_SUPERIOR: agency.superior,
        Capacity.APPEALS_OFFICER: agency.director,
        Capacity.HR: agency.officer,
    }
    adopts = move.trigger is Trigger.ADOPT_CALENDAR
    return Command(
        id=f"move-{number}",
        calendar=_decreed(agency).calendar.key if adopts else None,
        trigger=move.trigger,
        capacity=move.capacity,
        actor=str(people[move.capacity]),
        document=DOCUMENT,
        **move.fields,
    )


def _decreed(agency: SmallAgency) -> RuleContext:
    """The rules of the agency with the day that the decree closes."""
    calendar = national_calendar(zone="Asia/Jakarta", added=frozenset({HOLIDAY}))
    return RuleContext(agency.rules.book, calendar)


async def play(hand: Stagehand, moves: tuple[Move, ...]) -> RunningAppraisal:
    """Launches an appraisal on 1 January and makes the moves on their days, in virtual time."""
    running = await hand.launch(at=NEW_YEAR)
    late: list[CaseToFollow] = []
    for number, move in enumerate(moves):
        await running.wait_until(NEW_YEAR + dt.timedelta(days=move.day))
        case = await running.record(command_for(hand.agency, number, move))
        match move.word:
            case Word.TOLD:
                await running.tell(case)
            case Word.LOST:
                continue
            case Word.DOUBLED:
                await running.tell(case)
                await running.tell_only(case)
            case Word.LATE:
                late.append(case)
                continue
        for each in late:
            await running.tell_only(each)
        late.clear()
    await running.stands_at((await running.snapshot()).sequence)
    return running


async def _record(client: Client, url: str, names: list[str]) -> None:
    database = create_engine(url)
    await upgrade(database)
    for name in names:
        moves, _ = PATHS[name]
        book = CURRENT if name in TODAY else NATIONAL
        agency = await build_agency(database, name=f"Kota {name}", book=book)
        async with database.begin() as connection:
            await keep(connection, _decreed(agency))
        async with stage(client, database, agency) as hand:
            running = await play(hand, moves)
            history = await running.handle.fetch_history()
        anonymous = re.sub(r'"\d+@[^"]+"', '"worker"', history.to_json())
        (HISTORIES / f"{name}.json").write_text(anonymous + "\n")
    await database.dispose()


def main() -> None:
    """Plays paths on real servers and keeps their histories."""
    HISTORIES.mkdir(exist_ok=True)
    names = sys.argv[1:] or [name for name in PATHS if not (HISTORIES / f"{name}.json").exists()]
    with (
        tempfile.TemporaryDirectory() as directory,
        scratch_postgres(Path(directory) / "postgres") as postgres,
        scratch_temporal(
            Path(directory) / "temporal",
            search_attributes=REGISTRATION,
            dynamic_configuration={"frontend.WorkflowTimeSkippingEnabled": True},
        ) as temporal,
    ):

        async def run() -> None:
            await _record(await connect(temporal.address), postgres.url, names)

        asyncio.run(run())


if __name__ == "__main__":
    main()
