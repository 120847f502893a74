"""The list for the rating team (*Tim Penilai Kinerja*) as CSV: those who meet something."""

import uuid
from collections.abc import AsyncIterator, Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.follow_up.cells import MARK, csv_rows
from service.follow_up.listing import AskedCycle, Listed, asked_cycle, is_met, people_of, require_kind
from service.follow_up.showing import shown_line
from translations import Locale, translate
from translations import mark as _

HEADINGS: Sequence[str] = (
    _("Person (id)"),
    _("Name"),
    _("NIP, masked"),
    _("Post"),
    _("Unit code"),
    _("Unit"),
    _("For what"),
    _("What it may lead to"),
    _("Legal basis"),
    _("Why"),
)


async def checked_list(
    reading: AsyncEngine, cycle: uuid.UUID, identity: Identity, kind: str | None
) -> AskedCycle:
    """The cycle, before the first piece leaves. Raises `HrOnly`, `NotFound`, `RatingsInWords` and `Invalid`."""
    async with reading.connect() as connection:
        asked = await asked_cycle(connection, cycle, identity)
    require_kind(asked.rules, kind)
    return asked


async def team_list(
    reading: AsyncEngine, asked: AskedCycle, locale: Locale, *, kind: str | None
) -> AsyncIterator[bytes]:
    """The file piece by piece: a row for each nomination or award that somebody meets."""
    yield MARK + csv_rows([[translate(heading, locale) for heading in HEADINGS]])
    async with reading.connect() as connection:
        async for batch in people_of(connection, asked):
            met = [each for each in batch.people if is_met(each, kind)]
            if met:
                yield csv_rows(row for each in met for row in team_rows(each, locale, kind))


def team_rows(each: Listed, locale: Locale, kind: str | None) -> list[list[str]]:
    """A row for each nomination or award that a person meets."""
    line = shown_line(each.found, each.follows, locale, kind=kind)
    person = [str(line.person_id), line.name, line.nip_masked, line.post, line.unit_code, line.unit]
    return [
        [*person, item.label, item.gives, item.article, " ".join(reason.text for reason in item.reasons)]
        for item in line.items
        if item.met
    ]
