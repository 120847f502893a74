import datetime as dt
import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, cut, decode, plain_text
from service.api.people.schemas import PeoplePage, PersonDetail, PersonLine
from service.problems import FieldError, Invalid, NotFound
from states.nip import mask
from store.person.repository import Colleague, colleague, colleagues, full_name
from translations import mark as _

router = APIRouter(tags=["people"])


@router.get(
    "/people", response_model=PeoplePage, responses=problems(400, 401, 422, 503), operation_id="listPeople"
)
async def people(
    identity: SignedIn,
    shared: Shared,
    name: Annotated[str | None, Query(min_length=1, max_length=100, description="Part of the name.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The people whom I may see: for personnel officers the agency, else myself and those whom I rate."""
    if name is not None and "\0" in name:
        raise Invalid(errors=[FieldError("/name", _("The text must not contain the character NUL."))])
    async with shared.reading.connect() as connection:
        rows = await colleagues(
            connection,
            asker=identity.person,
            agency=identity.agency,
            now=dt.datetime.now(dt.UTC),
            name=name,
            after=None if cursor is None else _after(cursor),
            limit=limit + 1,
        )
    page, following = cut(rows, limit, lambda row: (row.name, row.id))
    return answer(PeoplePage(items=[PersonLine(**_line(row)) for row in page], next=following))


@router.get(
    "/people/{person_id}",
    response_model=PersonDetail,
    responses=problems(401, 404, 503),
    operation_id="getPerson",
)
async def person(person_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """One person whom I may see; the NIP only of myself, or for personnel officers."""
    async with shared.reading.connect() as connection:
        found = await colleague(
            connection,
            person_id,
            asker=identity.person,
            agency=identity.agency,
            now=dt.datetime.now(dt.UTC),
        )
    if found is None:
        raise NotFound
    private = found.to_hr or found.id == identity.person
    return answer(
        PersonDetail(
            **_line(found),
            grade=found.grade,
            employment=found.employment,
            nip=found.nip if private else None,
            email=found.email if private else None,
        )
    )


def _after(cursor: str) -> tuple[str, uuid.UUID]:
    name, row = decode(cursor, plain_text, uuid.UUID)
    return name, row


def _line(row: Colleague) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "full_name": full_name(row.title_before, row.name, row.title_after),
        "post": row.post,
        "nip_masked": mask(row.nip),
        "unit_id": row.unit_id,
        "unit": row.unit,
    }
