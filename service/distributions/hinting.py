"""The predicate of the unit that an employee leads, for whoever rates him."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from content.sight.rules import Role
from service.accounts.tokens import Identity
from service.distributions.checking import level_rules
from service.distributions.schemas import OrganisationLevel
from service.distributions.showing import step_name
from service.distributions.wording import level_hint
from service.problems import NotFound
from service.sight.seeing import content_sight
from store.organisation_rating.repository import present_level
from store.organisation_rating.units import unit_in
from translations import Locale


async def organisation_level(
    connection: AsyncConnection, identity: Identity, appraisal: uuid.UUID, locale: Locale
) -> OrganisationLevel:
    """The predicate of the unit that the employee leads, which becomes his rating of results (SE MenPANRB 3/2023).

    A hint for his rater and for HR: it rates nobody. Raises `NotFound` for everybody else and for an employee who
    leads no unit, and `NoUnitLevels`.
    """
    seen = await content_sight(connection, appraisal, identity)
    case = seen.sight.case
    if seen.roles.isdisjoint({Role.RATER, Role.HR}):
        raise NotFound
    unit = await unit_in(connection, case.cycle_id, case.unit_id, identity.agency)
    if unit is None or unit.head_id != case.employee_id:
        raise NotFound
    content, rules, _scale = level_rules(seen.rules)
    present = await present_level(connection, case.cycle_id, case.unit_id)
    name = None if present is None else step_name(content, rules.levels, present.level, locale)
    return OrganisationLevel(
        appraisal_id=appraisal,
        cycle_id=case.cycle_id,
        unit_id=case.unit_id,
        unit=case.unit,
        level=None if present is None else present.level,
        level_name=name,
        set_at=None if present is None else present.set_at,
        article=rules.article,
        hint=level_hint(case.unit, name, locale),
    )
