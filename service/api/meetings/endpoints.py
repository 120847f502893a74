import uuid
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from notifications.invitation import MEDIA_TYPE
from notifications.mail import file_name
from service.agendas.reading import agenda_of
from service.agendas.schemas import Agenda
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.idempotency import checked_key
from service.meetings.agreed import agreed_of
from service.meetings.arranging import arrange, cancel
from service.meetings.reading import my_calendar_file, my_meeting
from service.meetings.schemas import AgreedActions, Meeting, NewMeeting

router = APIRouter(tags=["appraisals"])

_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The appointment for a calendar (RFC 5545).",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}


@router.put(
    "/appraisals/{appraisal_id}/meeting",
    response_model=Meeting,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewMeeting)},
    operation_id="arrangeMeeting",
)
async def arranged(appraisal_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared) -> Response:
    """Makes or changes the appointment at which I hand over a result (PP 30/2019 art 49), as the rater.

    The employee is told, with a file for the calendar, and so am I. One after the due day is accepted and marked
    with `after_due`.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewMeeting)
    return answer(await arrange(shared.database, identity, appraisal_id, key, body))


@router.delete(
    "/appraisals/{appraisal_id}/meeting",
    response_model=Meeting,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="cancelMeeting",
)
async def cancelled(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """Cancels the appointment; what it was stays on record. Needs no key: to repeat it changes nothing."""
    return answer(await cancel(shared.database, identity, appraisal_id))


@router.get(
    "/appraisals/{appraisal_id}/meeting",
    response_model=Meeting,
    responses=problems(401, 404, 503),
    operation_id="getMeeting",
)
async def shown(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """The appointment with its earlier versions, for the employee, the rater and personnel officers."""
    async with shared.reading.connect() as connection:
        return answer(await my_meeting(connection, appraisal_id, identity))


@router.get(
    "/appraisals/{appraisal_id}/meeting.ics",
    responses={**_CALENDAR, **problems(401, 404, 503)},
    response_class=Response,
    operation_id="getMeetingCalendar",
)
async def calendar(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The appointment as a file for calendars. It names neither a person nor a result."""
    async with shared.reading.connect() as connection:
        method, content = await my_calendar_file(
            connection, appraisal_id, identity, locale, organizer=shared.mail_sender
        )
    return Response(
        content,
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{file_name(locale)}"',
        },
        media_type=f"{MEDIA_TYPE}; method={method}; charset=utf-8",
    )


@router.get(
    "/appraisals/{appraisal_id}/meeting/agenda",
    response_model=Agenda,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="getMeetingAgenda",
)
async def agenda(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What is to be talked about when the result is handed over, drawn from the ratings and the year.

    Before that for whoever acts as the rater alone; then for the employee and personnel officers as well. To read
    my own notes that I have seen the result, as `POST /api/v1/appraisals/{appraisal_id}/seen` does.
    """
    return answer(await agenda_of(shared.reading, shared.acting, appraisal_id, identity, locale))


@router.get(
    "/appraisals/{appraisal_id}/agreed",
    response_model=AgreedActions,
    responses=problems(401, 404, 503),
    operation_id="listAgreedActions",
)
async def agreed(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What was agreed when the employee's last result was handed over, and comes back in this year.

    It tells of that result: if it is mine and waits to be seen, it is noted that I have seen it.
    """
    return answer(await agreed_of(shared.reading, shared.acting, appraisal_id, identity, locale))
