import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.idempotency import checked_key
from service.teams.creating import create_team
from service.teams.membership import add_member, end_membership
from service.teams.reading import team_page, team_shown, teams_of
from service.teams.resulting import set_team_result
from service.teams.schemas import (
    MembershipEnd,
    NewMember,
    NewTeam,
    NewTeamResult,
    TeamPage,
    TeamShown,
    TeamsOfCase,
)

router = APIRouter(tags=["teams"])

_WRITING = problems(400, 401, 403, 404, 409, 413, 415, 422, 503)


@router.get(
    "/cycles/{cycle_id}/teams",
    response_model=TeamPage,
    responses=problems(400, 401, 404, 409, 422, 503),
    operation_id="listTeams",
)
async def listed(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The teams of a cycle by name: all for personnel officers; else those I belong to, or whose leader I rate."""
    async with shared.reading.connect() as connection:
        page = await team_page(connection, identity, cycle_id, locale, cursor=cursor, limit=limit)
    return answer(page)


@router.post(
    "/cycles/{cycle_id}/teams",
    status_code=201,
    response_model=TeamShown,
    responses=_WRITING,
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewTeam)},
    operation_id="createTeam",
)
async def created(
    request: Request, cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Creates a team, as a personnel officer who does not belong to it. Its result is asked of who rates the leader."""
    key = checked_key(given_key(request))
    body = await read_body(request, NewTeam)
    return answer(await create_team(shared.database, identity, cycle_id, key, body, locale), 201)


@router.get(
    "/teams/{team_id}",
    response_model=TeamShown,
    responses=problems(401, 404, 409, 503),
    operation_id="getTeam",
)
async def one(team_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """A team with its members, and for who may set it its result.

    For personnel officers, whoever rates the leader now, the leader and the members; these read the result in their
    own files.
    """
    async with shared.reading.connect() as connection:
        return answer(await team_shown(connection, identity, team_id, locale))


@router.post(
    "/teams/{team_id}/members",
    status_code=201,
    response_model=TeamShown,
    responses=_WRITING,
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewMember)},
    operation_id="addTeamMember",
)
async def added(
    request: Request, team_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Adds somebody to a team for some days, as a personnel officer; a result that stands is carried at once."""
    key = checked_key(given_key(request))
    body = await read_body(request, NewMember)
    return answer(await add_member(shared.database, identity, team_id, key, body, locale), 201)


@router.post(
    "/teams/{team_id}/members/{person_id}/end",
    response_model=TeamShown,
    responses=_WRITING,
    openapi_extra=documented(MembershipEnd),
    operation_id="endTeamMembership",
)
async def ended(
    request: Request,
    team_id: uuid.UUID,
    person_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
) -> Response:
    """Ends the latest membership of somebody; it stays on record. Needs no key: to repeat it changes nothing."""
    body = await read_body(request, MembershipEnd)
    return answer(await end_membership(shared.database, identity, team_id, person_id, body, locale))


@router.put(
    "/teams/{team_id}/result",
    response_model=TeamShown,
    responses=_WRITING,
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewTeamResult)},
    operation_id="setTeamResult",
)
async def rated(
    request: Request, team_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Sets the result of a team, as whoever rates its leader now or as a personnel officer; never as who belongs to it.

    The earlier ones stay on record. The files of all members carry the latest one, by the days of their membership.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewTeamResult)
    return answer(await set_team_result(shared.database, identity, team_id, key, body, locale))


@router.get(
    "/appraisals/{appraisal_id}/teams",
    response_model=TeamsOfCase,
    responses=problems(401, 404, 409, 503),
    operation_id="listTeamsOfAppraisal",
)
async def carried(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The teams of the employee in the year, their results, and the number that his file carries of them.

    Results are open as the scheme says of inputs of a rating, and to the employee at the latest with his own result.
    """
    async with shared.reading.connect() as connection:
        return answer(await teams_of(connection, identity, appraisal_id, locale))
