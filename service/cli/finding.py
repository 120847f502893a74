"""Finds the agency, the person, the cycle and the operation that an operator means."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.cli.problems import CommandFailed
from store.cycle.keeping import AgencyLine, CycleLine, agencies, cycles
from store.operation import repository as operations
from store.operation.repository import Operation
from store.person.roles import FoundPerson, people_like
from translations import mark as _


async def the_agency(connection: AsyncConnection, name: str | None) -> AgencyLine:
    """The agency of this name, or the only one when no name is given."""
    known = await agencies(connection)
    if not known:
        raise CommandFailed(_("There is no agency yet; import a roster with `kinerja import-roster`."))
    listed = ", ".join(agency.name for agency in known)
    if name is None:
        if len(known) > 1:
            raise CommandFailed(
                _("There are several agencies; name one with --agency: {names}."), names=listed
            )
        return known[0]
    for agency in known:
        if agency.name.casefold() == name.casefold():
            return agency
    raise CommandFailed(_("There is no agency called {name}; known are: {names}."), name=name, names=listed)


async def the_person(
    connection: AsyncConnection, *, nip: str | None, email: str | None, agency: str | None
) -> FoundPerson:
    """The only person with this NIP or e-mail address."""
    if (nip is None) == (email is None):
        raise CommandFailed(_("Name the person by either --nip or --email."))
    digits = None if nip is None else "".join(nip.split())
    found = await people_like(connection, nip=digits, email=email, agency=agency)
    if not found:
        raise CommandFailed(_("Nobody with this NIP or e-mail address is known; check it."))
    if len(found) > 1:
        raise CommandFailed(
            _("Several people have this NIP or e-mail address; name the agency with --agency, or use --nip.")
        )
    return found[0]


async def the_cycle(connection: AsyncConnection, cycle: str | None, agency: str | None) -> CycleLine:
    """The cycle of this name or id, or the only one when none is given."""
    found = await cycles(connection, agency=agency, cycle=cycle)
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandFailed(
            _("Several cycles fit; name one by its id: {names}."),
            names=", ".join(f"{line.name} ({line.agency}): {line.id}" for line in found),
        )
    if cycle is None:
        raise CommandFailed(_("There is no cycle yet; create one with `kinerja cycle create`."))
    raise CommandFailed(
        _("There is no cycle called {name}; `kinerja cycle list` shows the known ones."), name=cycle
    )


async def the_operation(connection: AsyncConnection, operation: uuid.UUID) -> Operation:
    """The operation with this id."""
    found = await operations.one(connection, operation)
    if found is None:
        raise CommandFailed(_("There is no such order; `kinerja change list` shows the known ones."))
    return found
