"""Takes a personnel officer's request for a cycle: checks it field by field, then creates the cycle."""

from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.loading import UnknownScheme, builtin_system
from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.cycles.checking import cycle_of
from service.cycles.creating import CycleRefused, WorkingDaysRefused, create_cycle
from service.cycles.schemas import CycleDetail, NewCycle
from service.cycles.showing import shown_detail
from service.problems import CycleExists, FieldError, Invalid
from store.cycle.keeping import zones_of
from store.database import autocommit
from translations import Locale
from translations import mark as _


async def request_cycle(
    database: AsyncEngine, identity: Identity, wanted: NewCycle, locale: Locale
) -> CycleDetail:
    """The new cycle. Raises `HrOnly`, `Invalid` with the field that does not fit, and `CycleExists`."""
    reading = autocommit(database)
    async with reading.connect() as connection:
        await require_hr(connection, identity)
        zones = await zones_of(connection, identity.agency)
    if not zones:
        raise Invalid(errors=[FieldError("", _("The agency has no units yet. Import its roster first."))])
    try:
        system = builtin_system(wanted.scheme)
    except UnknownScheme:
        raise Invalid(errors=[FieldError("/scheme", _("There is no such scheme."))]) from None
    try:
        created = await create_cycle(
            database,
            agency=identity.agency,
            name=wanted.name,
            year=wanted.year,
            book=system.book,
            content=system.content,
            working_days=wanted.working_days,
        )
    except WorkingDaysRefused as refused:
        raise Invalid(errors=_outside(refused)) from None
    except CycleRefused as refused:
        raise CycleExists from refused
    async with reading.connect() as connection:
        return shown_detail(await cycle_of(connection, created, identity), [], locale)


def _outside(refused: WorkingDaysRefused) -> list[FieldError]:
    message = _("The calendar of this cycle covers the years {first} to {last}; check this day.")
    years = {"first": str(refused.years[0]), "last": str(refused.years[-1])}
    return [
        FieldError(f"/working_days/{name}/{position}", message, years)
        for name, position, _day in refused.days
    ]
