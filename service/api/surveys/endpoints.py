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
from service.surveys import inviting
from service.surveys.answering import take_answer
from service.surveys.reading import my_surveys, results_of_case, survey_detail, survey_page
from service.surveys.requesting import request_preparation
from service.surveys.schemas import (
    AnswerTaken,
    MySurveys,
    NewAnswer,
    NewInvitation,
    PreparedAnswer,
    PrepareSurveys,
    SurveyDetail,
    SurveyListPage,
    SurveyResults,
)

router = APIRouter(tags=["surveys"])


@router.post(
    "/cycles/{cycle_id}/surveys",
    response_model=PreparedAnswer,
    responses=problems(400, 401, 403, 404, 413, 415, 422, 503),
    openapi_extra=documented(PrepareSurveys),
    operation_id="prepareSurveys",
)
async def prepared(cycle_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared) -> Response:
    """Prepares the surveys of all running cases that lack them (personnel officers), with invitations by the rule.

    They are prepared by themselves two weeks before they open. To repeat it prepares only what is new.
    """
    body = await read_body(request, PrepareSurveys)
    return answer(await request_preparation(shared.database, identity, cycle_id, body))


@router.get(
    "/cycles/{cycle_id}/surveys",
    response_model=SurveyListPage,
    responses=problems(400, 401, 403, 404, 422, 503),
    operation_id="listSurveysOfCycle",
)
async def of_cycle(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The surveys of a cycle with how many take part (personnel officers); never who has answered."""
    async with shared.reading.connect() as connection:
        page = await survey_page(connection, identity, cycle_id, locale, cursor=cursor, limit=limit)
    return answer(page)


@router.get("/surveys", response_model=MySurveys, responses=problems(401, 503), operation_id="listMySurveys")
async def mine(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The surveys that I am asked to answer now."""
    async with shared.reading.connect() as connection:
        found = await my_surveys(connection, identity, locale)
    return answer(found)


@router.get(
    "/surveys/{survey_id}",
    response_model=SurveyDetail,
    responses=problems(401, 404, 503),
    operation_id="getSurvey",
)
async def one(survey_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """A survey: what it asks, for whoever is invited; who is invited, for the rater and personnel officers."""
    return answer(await survey_detail(shared.reading, identity, survey_id, locale))


@router.post(
    "/surveys/{survey_id}/invitations",
    response_model=SurveyDetail,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=documented(NewInvitation),
    operation_id="inviteToSurvey",
)
async def invited(
    survey_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Invites somebody, where the scheme lets me. Needs no key: to repeat it changes nothing."""
    body = await read_body(request, NewInvitation)
    return answer(await inviting.invite(shared.database, identity, survey_id, body, locale))


@router.post(
    "/surveys/{survey_id}/invitations/{person_id}/withdraw",
    response_model=SurveyDetail,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="withdrawInvitation",
)
async def withdrawn(
    survey_id: uuid.UUID, person_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Takes an invitation back; an answer that was given stays, as nobody can tell which one it is."""
    return answer(await inviting.withdraw(shared.database, identity, survey_id, person_id, locale))


@router.post(
    "/surveys/{survey_id}/answer",
    response_model=AnswerTaken,
    responses=problems(400, 401, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewAnswer)},
    operation_id="answerSurvey",
)
async def answered(survey_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared) -> Response:
    """My answer, once. It is sealed at once: nobody can read it back or change it, I neither.

    A repeat with the same key is answered alike and changes nothing, even if it says something else.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewAnswer)
    return answer(await take_answer(shared.database, shared.seals, identity, survey_id, key, body))


@router.get(
    "/appraisals/{appraisal_id}/surveys",
    response_model=SurveyResults,
    responses=problems(401, 404, 503),
    operation_id="listSurveysOfAppraisal",
)
async def of_case(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What the surveys of a case came to as a whole, after they closed; the employee sees it with his result."""
    async with shared.reading.connect() as connection:
        found = await results_of_case(connection, identity, appraisal_id, locale)
    return answer(found)
