"""Forms a team in each service unit of a demonstration agency whose scheme assesses teams."""

from sqlalchemy.ext.asyncio import AsyncEngine

from content.inputs.rules import TeamRules
from schemes.loading import builtin_system
from service.accounts.tokens import Identity
from service.demo.scenes import Scene
from service.teams.creating import create_team
from service.teams.schemas import NewMember, NewTeam
from store.cycle.rehearsing import RehearsedCycle
from store.database import autocommit
from store.person.roles import people_like
from store.team.leading import Crew, crews
from store.team.writing import team_under
from translations import Locale

TASK = "Memangkas waktu tunggu dan menyelesaikan setiap pengaduan pada hari yang sama"


async def form_teams(database: AsyncEngine, scene: Scene, cycle: RehearsedCycle) -> None:
    """A team of everybody in a unit who rates nobody; the first of them leads it. A repetition changes nothing."""
    content = builtin_system(scene.system.scheme).content
    inputs = {} if content is None else content.inputs
    name = next((name for name, rules in inputs.items() if isinstance(rules, TeamRules)), None)
    if name is None:
        return
    async with autocommit(database).connect() as connection:
        (operator,) = await people_like(connection, nip=scene.system.operator, agency=scene.system.agency)
        crews_found = await crews(connection, cycle.id)
        # Who stands in a unit changes; a team that was formed once stays as it is.
        found = [
            each for each in crews_found if await team_under(connection, operator.id, _key(each)) is None
        ]
    identity = Identity(operator.id, cycle.agency_id)
    for crew in found:
        if operator.id in crew.people:
            continue
        body = NewTeam(
            name=f"Tim {crew.unit}",
            task=TASK,
            unit=crew.unit_id,
            input=name,
            leader=crew.people[0],
            members=[NewMember(person=person) for person in crew.people],
        )
        await create_team(database, identity, cycle.id, _key(crew), body, Locale.INDONESIAN)


def _key(crew: Crew) -> str:
    return f"demo-{crew.unit_id}"
