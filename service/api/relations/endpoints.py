import datetime as dt
import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.relations.schemas import AbsenceLine, AssignmentLine, Relations, ResponsibleOfficial
from service.api.substitutions.showing import shown_substitution
from service.operations.wording import absence_name, basis_name, responsible_name
from service.problems import NotFound
from service.wording import capacity_name
from store.operation.moments import agency_time
from store.person import relations as store
from store.person.repository import is_hr
from store.substitution.reading import substitutions
from translations import Locale

router = APIRouter(tags=["people"])

_MOST_SUBSTITUTIONS = 50


@router.get(
    "/people/{person_id}/relations",
    response_model=Relations,
    responses=problems(401, 404, 503),
    operation_id="getRelations",
)
async def relations(person_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Who rates a person now and by what right, and how that came about (the person, and personnel officers)."""
    now = dt.datetime.now(dt.UTC)
    async with shared.reading.connect() as connection:
        name = await store.name_in(connection, person_id, identity.agency)
        if name is None:
            raise NotFound
        if person_id != identity.person and not await is_hr(connection, identity.person, identity.agency):
            raise NotFound
        time = await agency_time(connection, identity.agency, now)
        moment = time.moment(now)
        known = await substitutions(
            connection,
            identity.agency,
            person=person_id,
            moment=moment,
            state=None,
            after=None,
            limit=_MOST_SUBSTITUTIONS,
        )
        return answer(
            Relations(
                person_id=person_id,
                name=name,
                business_now=moment,
                responsible=[
                    _responsible(row, locale)
                    for row in await store.responsible_for(connection, person_id, moment)
                ],
                rates=await store.rated_by(connection, person_id, moment),
                substitutions=[shown_substitution(row, time, locale) for row in known if row.state != "past"],
                assignments=[
                    _assignment(row, locale) for row in await store.assignments_of(connection, person_id)
                ],
                absences=[_absence(row, locale) for row in await store.absences_of(connection, person_id)],
            )
        )


def _responsible(row: store.Responsible, locale: Locale) -> ResponsibleOfficial:
    return ResponsibleOfficial(
        capacity=row.capacity,
        capacity_name=capacity_name(row.capacity, locale),
        person_id=row.holder_id,
        name=row.holder,
        basis=row.basis,
        basis_name=basis_name(row.basis, locale),
        on_behalf_of_id=row.on_behalf_of_id,
        on_behalf_of=row.on_behalf_of,
        in_words=responsible_name(row.holder, row.basis, row.on_behalf_of, locale),
    )


def _assignment(row: store.PastAssignment, locale: Locale) -> AssignmentLine:
    return AssignmentLine(
        capacity=row.capacity,
        capacity_name=capacity_name(row.capacity, locale),
        official_id=row.holder_id,
        official=row.holder,
        basis=row.kind,
        basis_name=basis_name(row.kind, locale),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        letter=row.letter,
        reason=row.reason,
        appraisal_id=row.appraisal_id,
        operation_id=row.operation_id,
    )


def _absence(row: store.PastAbsence, locale: Locale) -> AbsenceLine:
    return AbsenceLine(
        kind=row.kind,
        kind_name=absence_name(row.kind, locale),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        letter=row.letter,
        reason=row.reason,
        operation_id=row.operation_id,
    )
