"""The picture of a unit: how the skills of its people stand together, and what training would help many of them."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.entries import CountedEntries
from content.follow_up.picture import Counted, picture, programmes, shown_count
from content.follow_up.rules import Award
from content.follow_up.suppression import Tally, Tree
from content.rules import ContentRules
from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.problems import NotFound
from service.public_feedback.reading import areas_to_improve
from service.skills.noting import BATCH, SkillNoting
from service.skills.picture_schemas import ServiceArea, ServicePlace, UnitPicture
from service.skills.picture_showing import shown_picture
from store.agency.content_rules import content_rules_of
from store.organisation_rating.units import UnitInCycle, unit_in
from store.skill.awarded import NeededEntries, award_counts
from store.skill.counting import SkillCount, skill_counts, units_below
from store.skill.noting import waiting_in
from store.skill.places import service_units
from store.skill.reading import latest_cycle
from translations import Locale

MOST_SERVICES = 30
"""Of so many units, by name, the public's findings stand in one picture; those of others in their own."""

Counts = dict[str, dict[uuid.UUID, Counted]]


async def unit_picture(
    database: AsyncEngine,
    reading: AsyncEngine,
    identity: Identity,
    cycle: uuid.UUID | None,
    unit: uuid.UUID,
    locale: Locale,
) -> UnitPicture:
    """The picture for personnel officers, for the head of the unit and for whoever rates him. Raises `NotFound`.

    Without a ``cycle`` it is that of the agency's latest one.
    """
    async with reading.connect() as connection:
        asked = cycle or await latest_cycle(connection, identity.agency)
        if asked is None:
            raise NotFound
        found = await _found(connection, asked, unit, identity.agency)
        await _check(connection, identity, found)
    return await _picture(database, reading, found, identity.agency, locale)


async def picture_in(
    database: AsyncEngine,
    reading: AsyncEngine,
    cycle: uuid.UUID,
    unit: uuid.UUID,
    agency: uuid.UUID,
    locale: Locale,
) -> UnitPicture:
    """The picture for whoever may see it. Raises `NotFound` where the agency has no such cycle or unit."""
    async with reading.connect() as connection:
        found = await _found(connection, cycle, unit, agency)
    return await _picture(database, reading, found, agency, locale)


async def _picture(
    database: AsyncEngine, reading: AsyncEngine, found: UnitInCycle, agency: uuid.UUID, locale: Locale
) -> UnitPicture:
    cycle, unit = found.cycle_id, found.unit_id
    async with reading.connect() as connection:
        waiting = await waiting_in(connection, cycle, BATCH + 1)
    if 0 < waiting <= BATCH:
        # The last few that were handed over: they are part of the picture at once.
        waiting -= await SkillNoting(database).note_waiting(cycle)
    async with reading.connect() as connection:
        rules = await content_rules_of(connection, found.scheme) or ContentRules()
        units = await units_below(connection, cycle, unit)
        counts = _by_skill(await skill_counts(connection, cycle, [each.unit for each in units]))
        services = await _services(connection, cycle, [each.unit for each in units], agency, locale)
        tree = Tree.of(unit, [(each.unit, each.parent) for each in units])
        awards = [
            (each, await _awarded(connection, cycle, tree, each, rules)) for each in rules.follow_up.awards
        ]
    skills = picture(rules, tree, counts)
    return shown_picture(
        found,
        rules,
        sum(each.people for each in units),
        skills,
        programmes(rules, skills),
        services,
        awards,
        locale,
        complete=waiting <= 0,
    )


async def _check(connection: AsyncConnection, identity: Identity, found: UnitInCycle) -> None:
    officer = await is_officer(connection, identity)
    superior, head = found.superior_id == identity.person, found.head_id == identity.person
    if not policy.may_see_picture(officer=officer, superior=superior, head=head):
        raise NotFound


async def _found(
    connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID, agency: uuid.UUID
) -> UnitInCycle:
    found = await unit_in(connection, cycle, unit, agency)
    if found is None:
        raise NotFound
    return found


async def _services(
    connection: AsyncConnection, cycle: uuid.UUID, units: list[uuid.UUID], agency: uuid.UUID, locale: Locale
) -> list[ServicePlace]:
    """What the public finds wanting in the service of these units."""
    found = []
    for each in await service_units(connection, cycle, units, MOST_SERVICES):
        areas = await areas_to_improve(connection, each.id, agency, each.year, locale)
        if areas:
            shown = [ServiceArea(element=a.element, label=a.label, index=round(a.index, 2)) for a in areas]
            found.append(ServicePlace(unit_id=each.id, unit=each.name, areas=shown))
    return found


async def _awarded(
    connection: AsyncConnection, cycle: uuid.UUID, tree: Tree[uuid.UUID], award: Award, rules: ContentRules
) -> int | None:
    """To how many people of the tree an award would go; None where that would tell of persons."""
    needs = [_needed(rules, need.entry, need.at_least, counted=need.counted) for need in award.needs]
    found = await award_counts(connection, cycle, [unit for unit, _ in tree.upwards], needs, award.predicates)
    return shown_count(tree, {each.unit: Tally(each.awarded, each.people) for each in found})


def _needed(rules: ContentRules, kind: str, at_least: int, *, counted: bool) -> NeededEntries:
    apart: CountedEntries | None = rules.entries[kind].counted if counted and kind in rules.entries else None
    if apart is None:
        return NeededEntries(kind, at_least)
    return NeededEntries(kind, at_least, apart.field, apart.at_most)


def _by_skill(counts: list[SkillCount]) -> Counts:
    found: Counts = {}
    for each in counts:
        found.setdefault(each.skill, {})[each.unit] = Counted(each.known, each.weak, each.strong)
    return found
