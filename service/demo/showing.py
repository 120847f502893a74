"""The process of the demonstration: it prepares everything once, then lets the invented people act."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from schemes.loading import builtin_system
from service.accounts.tokens import TokenSigner
from service.configuration.settings import Settings
from service.cycles.creating import create_cycle
from service.demo.cast import cast, journey_plan, others_plan
from service.demo.journeys import Journey
from service.demo.scenes import SCENES, Scene
from service.demo.systems import NASIONAL, load_system_agency
from service.demo.visitors import find_visitors
from service.demo.welcome import Welcome
from service.launches.launching import launch_cycle
from service.rehearsal.api_client import ApiClient
from service.rehearsal.driving import Driver
from service.rehearsal.people import Ensemble
from store.cycle.rehearsing import RehearsedCycle, cycle_named, rehearsed_cycle, scripted_people
from store.cycle.showing import employees_in, is_launched, positions, stages_of

SETTLING = dt.timedelta(seconds=4)
"""How long all launches together may take before business time runs fast."""

_GRACE = dt.timedelta(seconds=15)
"""How long the demonstration waits for late cases on a journey after time has slowed down."""

_LOOK_SECONDS = 0.5

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Show:
    """The present state of the demonstration."""

    ready: bool
    visitors: frozenset[uuid.UUID] = frozenset()
    journeys: dict[uuid.UUID, dict[uuid.UUID, Journey]] = field(default_factory=dict)
    """By cycle and employee."""


async def prepare(database: AsyncEngine, client: Client) -> list[RehearsedCycle]:
    """Makes the agency and its launched cycles. What exists already stays as it is."""
    agency = await load_system_agency(database, NASIONAL)
    cycles = [await _cycle(database, agency, scene) for scene in SCENES]
    async with database.connect() as connection:
        missing = [cycle.id for cycle in cycles if not await is_launched(connection, cycle.id)]
    for launch in [await launch_cycle(client, cycle) for cycle in missing]:
        await launch.result()
    return cycles


async def show(database: AsyncEngine, client: Client, settings: Settings) -> None:
    """Prepares the demonstration, writes its welcome once it is ready, and goes on until it is cancelled."""
    cycles = await prepare(database, client)
    signer = TokenSigner(settings.token_secret())
    async with database.connect() as connection:
        ensemble = Ensemble(await scripted_people(connection, cycles[0].agency_id))
        earlier = Welcome.read(settings.state_directory)
        stage = _Show(ready=earlier is not None and earlier.cycles == _names(cycles))
        for scene, cycle in zip(SCENES, cycles, strict=True):
            stage.journeys[cycle.id] = cast(scene, ensemble, await employees_in(connection, cycle.id))
    # Two clients, so that requests of all the others never hold up a case on its journey.
    api_clients = [ApiClient(settings.public_address, signer, cycles[0].agency_id) for _ in range(2)]

    def away() -> Collection[uuid.UUID]:
        return stage.visitors

    def is_ready() -> bool:
        return stage.ready

    try:
        async with asyncio.TaskGroup() as group:
            for scene, cycle in zip(SCENES, cycles, strict=True):
                journeys = stage.journeys[cycle.id]
                plans = (
                    journey_plan(scene, ensemble, journeys, is_ready),
                    others_plan(ensemble, journeys),
                )
                for plan, api_client in zip(plans, api_clients, strict=True):
                    driver = Driver(database, cycle, ensemble, api_client, plan, away=away)
                    group.create_task(driver.run(lambda: False))
            await _until_in_place(database, cycles, stage)
            stage.ready = True
            await _welcome(database, cycles, settings, signer, stage)
    finally:
        for api_client in api_clients:
            api_client.close()


async def _cycle(database: AsyncEngine, agency: uuid.UUID, scene: Scene) -> RehearsedCycle:
    async with database.connect() as connection:
        found = await cycle_named(connection, agency, scene.name)
    if found is None:
        clock = scene.clock(dt.datetime.now(dt.UTC), settling=SETTLING)
        system = builtin_system("nasional")
        found = await create_cycle(
            database,
            agency=agency,
            name=scene.name,
            year=scene.year,
            book=system.book,
            content=system.content,
            clock=clock,
        )
    async with database.connect() as connection:
        return await rehearsed_cycle(connection, found)


async def _until_in_place(database: AsyncEngine, cycles: list[RehearsedCycle], stage: _Show) -> None:
    """Waits until every clock has its slow pace and every journey has ended, but not longer than the grace."""
    slow_from = max(cycle.clock.segments[-1].real for cycle in cycles)
    while not stage.ready:
        now = dt.datetime.now(dt.UTC)
        if now >= slow_from:
            behind = await _behind(database, stage)
            if behind == 0 or now > slow_from + _GRACE:
                _log.info("demonstration_in_place", behind=behind)
                return
        await asyncio.sleep(_LOOK_SECONDS)


async def _behind(database: AsyncEngine, stage: _Show) -> int:
    """How many cases have not reached the end of their journey."""
    behind = 0
    async with database.connect() as connection:
        for cycle, journeys in stage.journeys.items():
            for employee, appraisal in await positions(connection, cycle, list(journeys)):
                behind += not journeys[employee].has_ended(appraisal)
    return behind


async def _welcome(
    database: AsyncEngine,
    cycles: list[RehearsedCycle],
    settings: Settings,
    signer: TokenSigner,
    stage: _Show,
) -> None:
    ids = [cycle.id for cycle in cycles]
    now = dt.datetime.now(dt.UTC)
    async with database.connect() as connection:
        visitors = await find_visitors(connection, ids, signer, now)
        stages = await stages_of(connection, ids)
    stage.visitors = frozenset(visitors)
    Welcome(now, NASIONAL.agency, _names(cycles), list(visitors.values()), stages).write(
        settings.state_directory
    )
    _log.info("demonstration_ready", stages=stages)


def _names(cycles: list[RehearsedCycle]) -> list[str]:
    return [str(cycle.id) for cycle in cycles]
