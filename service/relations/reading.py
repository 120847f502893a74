"""The officials responsible for a person, shown to that person and to personnel officers."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.problems import NotFound
from service.relations.schemas import Relations
from service.relations.showing import shown_absence, shown_assignment, shown_responsible
from service.substitutions.showing import shown_substitution
from store.operation.moments import agency_time
from store.person import relations as store
from store.substitution.reading import substitutions
from translations import Locale

_MOST_SUBSTITUTIONS = 50


async def relations_of(
    connection: AsyncConnection, person: uuid.UUID, identity: Identity, locale: Locale
) -> Relations:
    """One person's place in the line of superiors now, and its history. Raises `NotFound` for other askers."""
    now = dt.datetime.now(dt.UTC)
    name = await store.name_in(connection, person, identity.agency)
    if name is None:
        raise NotFound
    if person != identity.person and not await is_officer(connection, identity):
        raise NotFound
    time = await agency_time(connection, identity.agency, now)
    moment = time.moment(now)
    known = await substitutions(
        connection,
        identity.agency,
        person=person,
        moment=moment,
        state=None,
        after=None,
        limit=_MOST_SUBSTITUTIONS,
    )
    responsible = await store.responsible_for(connection, person, moment)
    return Relations(
        person_id=person,
        name=name,
        business_now=moment,
        responsible=[shown_responsible(row, locale) for row in responsible],
        rates=await store.rated_by(connection, person, moment),
        substitutions=[shown_substitution(row, time, locale) for row in known if row.state != "past"],
        assignments=[shown_assignment(row, locale) for row in await store.assignments_of(connection, person)],
        absences=[shown_absence(row, locale) for row in await store.absences_of(connection, person)],
    )
