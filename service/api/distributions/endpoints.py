import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.distributions.hinting import organisation_level
from service.distributions.reading import level_page, unit_distribution
from service.distributions.schemas import (
    NewLevel,
    NewReason,
    OrganisationLevel,
    ReasonLine,
    UnitDistribution,
    UnitLevelLine,
    UnitLevelPage,
)
from service.distributions.setting import give_distribution_reason, set_unit_level
from service.idempotency import checked_key

router = APIRouter(tags=["units"])

_UNIT = "/cycles/{cycle_id}/units/{unit_id}"


@router.get(
    f"{_UNIT}/level",
    response_model=UnitLevelPage,
    responses=problems(400, 401, 404, 409, 422, 503),
    operation_id="getUnitLevel",
)
async def level(
    cycle_id: uuid.UUID,
    unit_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The predicate of a unit with its history, for personnel officers and for whoever rates the unit's head."""
    async with shared.reading.connect() as connection:
        page = await level_page(connection, identity, cycle_id, unit_id, locale, cursor=cursor, limit=limit)
    return answer(page)


@router.put(
    f"{_UNIT}/level",
    response_model=UnitLevelLine,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewLevel)},
    operation_id="setUnitLevel",
)
async def set_level(
    request: Request,
    cycle_id: uuid.UUID,
    unit_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
) -> Response:
    """Sets the predicate of a unit, as the leader one level above or as a personnel officer (SE MenPANRB 3/2023).

    The earlier ones stay on record. It makes a distribution of ratings expected and changes no rating.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewLevel)
    return answer(await set_unit_level(shared.database, identity, cycle_id, unit_id, key, body, locale))


@router.get(
    f"{_UNIT}/distribution",
    response_model=UnitDistribution,
    responses=problems(401, 404, 409, 422, 503),
    operation_id="getUnitDistribution",
)
async def distribution(
    cycle_id: uuid.UUID,
    unit_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    subunits: Annotated[bool, Query(description="Count the people of all units below as well.")] = False,
) -> Response:
    """How the ratings of a unit are spread beside what its predicate makes expect, with warnings.

    For personnel officers and for whoever rates the unit's head. No rating is ever changed by it.
    """
    async with shared.reading.connect() as connection:
        found = await unit_distribution(connection, identity, cycle_id, unit_id, locale, subunits=subunits)
    return answer(found)


@router.put(
    f"{_UNIT}/distribution/reason",
    response_model=ReasonLine,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewReason)},
    operation_id="giveDistributionReason",
)
async def reason(
    request: Request, cycle_id: uuid.UUID, unit_id: uuid.UUID, identity: SignedIn, shared: Shared
) -> Response:
    """Says in writing why the ratings of a unit are spread as they are; earlier reasons stay on record."""
    key = checked_key(given_key(request))
    body = await read_body(request, NewReason)
    return answer(await give_distribution_reason(shared.database, identity, cycle_id, unit_id, key, body))


@router.get(
    "/appraisals/{appraisal_id}/organisation-level",
    response_model=OrganisationLevel,
    responses=problems(401, 404, 409, 503),
    operation_id="getOrganisationLevel",
)
async def hint(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The predicate of the unit that the employee leads, for his rater and for personnel officers.

    It becomes his rating of results (SE MenPANRB 3/2023); the rater sets the rating. Nothing is here for an employee
    who leads no unit.
    """
    async with shared.reading.connect() as connection:
        found = await organisation_level(connection, identity, appraisal_id, locale)
    return answer(found)
