"""Records the golden histories anew: ``python -m tests.replay.record``.

Do so only for a change of the workflow that is meant to break replay, and only after `docs/versioning.md` has
been followed for the appraisals that are under way.
"""

import asyncio
import datetime as dt
import re
import tempfile
from pathlib import Path

from temporalio.client import Client

from activities.search_attributes import REGISTRATION
from service.runtime.scratch import scratch_postgres, scratch_temporal
from service.temporal.client import connect
from states.commands import Command
from states.stages import Capacity
from store.database import create_engine
from store.following.repository import CaseToFollow
from store.migrating import upgrade
from tests.fixtures.agency import SmallAgency, build_agency
from tests.replay.paths import PATHS, Move, Word
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
        Capacity.APPEALS_OFFICER: agency.superior,
        Capacity.HR: agency.officer,
    }
    return Command(
        id=f"move-{number}",
        trigger=move.trigger,
        capacity=move.capacity,
        actor=str(people[move.capacity]),
        document=DOCUMENT,
        **move.fields,
    )


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


async def _record(client: Client, url: str) -> None:
    database = create_engine(url)
    await upgrade(database)
    for name, (moves, _) in PATHS.items():
        agency = await build_agency(database, name=f"Kota {name}")
        async with stage(client, database, agency) as hand:
            running = await play(hand, moves)
            history = await running.handle.fetch_history()
        anonymous = re.sub(r'"\d+@[^"]+"', '"worker"', history.to_json())
        (HISTORIES / f"{name}.json").write_text(anonymous + "\n")
    await database.dispose()


def main() -> None:
    """Plays every path on real servers and keeps its history."""
    HISTORIES.mkdir(exist_ok=True)
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
            await _record(await connect(temporal.address), postgres.url)

        asyncio.run(run())


if __name__ == "__main__":
    main()
