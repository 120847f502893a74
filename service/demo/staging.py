"""Prepares what the demonstration shows: its agencies, and their launched cycles."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from schemes.loading import builtin_system
from service.cycles.creating import create_cycle
from service.demo.forming_teams import form_teams
from service.demo.scenes import SCENES, Scene
from service.demo.systems import SYSTEMS, load_system_agency
from service.launches.launching import launch_cycle
from store.cycle.rehearsing import RehearsedCycle, cycle_named, rehearsed_cycle
from store.cycle.showing import is_launched

SETTLING = dt.timedelta(seconds=6)
"""How long all launches together may take before business time runs fast."""


async def prepare(database: AsyncEngine, client: Client) -> list[RehearsedCycle]:
    """Makes the agencies and the launched cycle of each scene. What exists already stays as it is."""
    agencies = {system.scheme: await load_system_agency(database, system) for system in SYSTEMS}
    cycles = [await _cycle(database, agencies[scene.system.scheme], scene) for scene in SCENES]
    async with database.connect() as connection:
        missing = [cycle.id for cycle in cycles if not await is_launched(connection, cycle.id)]
    for launch in [await launch_cycle(client, cycle) for cycle in missing]:
        await launch.result()
    for scene, cycle in zip(SCENES, cycles, strict=True):
        await form_teams(database, scene, cycle)
    return cycles


async def _cycle(database: AsyncEngine, agency: uuid.UUID, scene: Scene) -> RehearsedCycle:
    async with database.connect() as connection:
        found = await cycle_named(connection, agency, scene.name)
    if found is None:
        clock = scene.clock(dt.datetime.now(dt.UTC), settling=SETTLING)
        system = builtin_system(scene.system.scheme)
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
