"""The process of the demonstration: it prepares everything once, then lets the invented people act."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from service.accounts.tokens import TokenSigner
from service.configuration.settings import Settings
from service.demo.asking_the_public import ask_the_public
from service.demo.cast import cast, journey_plan, others_plan, whole_plan
from service.demo.journeys import Journey
from service.demo.scenes import SCENES, Scene
from service.demo.staging import prepare
from service.demo.systems import NASIONAL, SYSTEMS, DemoSystem
from service.demo.visitors import find_officer, find_visitors
from service.demo.welcome import Welcome
from service.public_feedback.linking import Linking
from service.public_feedback.sealing import PublicSeals
from service.rehearsal.api_client import ApiClient
from service.rehearsal.driving import Driver
from service.rehearsal.people import Ensemble
from states.scripted.temperament import USUAL_MIX, Temperament
from store.cycle.rehearsing import RehearsedCycle, scripted_people
from store.cycle.showing import employees_in, positions, stages_of

_GRACE = dt.timedelta(seconds=20)
"""How long the demonstration waits for late cases on a journey after time has slowed down."""

_LOOK_SECONDS = 0.5

_LOOKS_EACH = dt.timedelta(hours=16)
"""Business time between two looks at a small agency: each look costs the database as much as one at a large one."""

_KEEN: Mapping[Temperament, float] = {Temperament.PROMPT: 0.7, Temperament.STEADY: 0.3}
"""Of the small agencies, what is special to their systems is to be seen, and not how people miss deadlines."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Company:
    """The people of one agency, and how they reach the API."""

    ensemble: Ensemble
    clients: Sequence[ApiClient]
    """Two for a large agency, so that requests of all the others never hold up a case on its journey; else one."""


@dataclass(slots=True)
class _Show:
    """The present state of the demonstration."""

    cycles: Sequence[RehearsedCycle]
    """By scene."""
    ready: bool
    visitors: frozenset[uuid.UUID] = frozenset()
    journeys: dict[uuid.UUID, dict[uuid.UUID, Journey]] = field(default_factory=dict)
    """By cycle and employee."""

    @property
    def names(self) -> list[str]:
        """The ids of the cycles as texts."""
        return [str(cycle.id) for cycle in self.cycles]

    def cycles_of(self, system: DemoSystem) -> list[RehearsedCycle]:
        """The cycles of one agency."""
        return [cycle for scene, cycle in zip(SCENES, self.cycles, strict=True) if scene.system is system]


async def show(database: AsyncEngine, client: Client, settings: Settings) -> None:
    """Prepares the demonstration, writes its welcome once it is ready, and goes on until it is cancelled."""
    cycles = await prepare(database, client)
    signer = TokenSigner(settings.token_secret())
    linking = Linking(database, PublicSeals(settings.token_secret()), settings.public_address)
    public_links = await ask_the_public(database, linking, list(zip(SCENES, cycles, strict=True)))
    earlier = Welcome.read(settings.state_directory)
    stage = _Show(cycles, ready=False)
    stage.ready = earlier is not None and earlier.cycles == stage.names
    companies: dict[uuid.UUID, _Company] = {}
    try:
        async with database.connect() as connection:
            for scene, cycle in zip(SCENES, cycles, strict=True):
                if cycle.agency_id not in companies:
                    people = await scripted_people(connection, cycle.agency_id)
                    clients = [ApiClient(settings.public_address, signer, cycle.agency_id) for _ in range(2)]
                    mix = USUAL_MIX if scene.system is NASIONAL else _KEEN
                    companies[cycle.agency_id] = _Company(Ensemble(people, mix), clients)
                ensemble = companies[cycle.agency_id].ensemble
                stage.journeys[cycle.id] = cast(scene, ensemble, await employees_in(connection, cycle.id))
        async with asyncio.TaskGroup() as group:
            for scene, cycle in zip(SCENES, cycles, strict=True):
                for driver in _drivers(database, scene, cycle, companies[cycle.agency_id], stage):
                    group.create_task(driver.run(lambda: False))
            await _until_in_place(database, stage)
            stage.ready = True
            await _welcome(database, settings, signer, stage, public_links)
    finally:
        for company in companies.values():
            for api_client in company.clients:
                api_client.close()


def _drivers(
    database: AsyncEngine, scene: Scene, cycle: RehearsedCycle, company: _Company, stage: _Show
) -> list[Driver]:
    """One for the cases on a journey, and one for all others; in a small agency one that looks less often."""

    def away() -> Collection[uuid.UUID]:
        return stage.visitors

    def is_ready() -> bool:
        return stage.ready

    ensemble, journeys = company.ensemble, stage.journeys[cycle.id]
    if len(company.clients) == 1:
        plan = whole_plan(scene, ensemble, journeys, is_ready)
        (client,) = company.clients
        return [Driver(database, cycle, ensemble, client, plan, away=away, looks_each=_LOOKS_EACH)]
    plans = journey_plan(scene, ensemble, journeys, is_ready), others_plan(ensemble, journeys)
    return [
        Driver(database, cycle, ensemble, client, plan, away=away)
        for plan, client in zip(plans, company.clients, strict=True)
    ]


async def _until_in_place(database: AsyncEngine, stage: _Show) -> None:
    """Waits until every clock has its slow pace and every journey has ended, but not longer than the grace."""
    slow_from = max(cycle.clock.segments[-1].real for cycle in stage.cycles)
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
    settings: Settings,
    signer: TokenSigner,
    stage: _Show,
    public_links: Sequence[str],
) -> None:
    now = dt.datetime.now(dt.UTC)
    national = stage.cycles_of(NASIONAL)
    ids = [cycle.id for cycle in national]
    async with database.connect() as connection:
        visitors = await find_visitors(connection, national[0].agency_id, ids, signer, now)
        stages = await stages_of(connection, ids)
        elsewhere = {}
        for system in SYSTEMS:
            if system is not NASIONAL:
                own = [cycle.id for cycle in stage.cycles_of(system)]
                officer, visitor = await find_officer(connection, system, own, signer, now)
                elsewhere[officer] = visitor
    stage.visitors = frozenset(visitors) | frozenset(elsewhere)
    welcome = Welcome(
        now,
        NASIONAL.agency,
        stage.names,
        list(visitors.values()),
        stages,
        list(elsewhere.values()),
        public_links,
    )
    welcome.write(settings.state_directory)
    _log.info("demonstration_ready", stages=stages)
