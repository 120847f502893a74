"""Scheme versions and calendars in the store, and regimes out of them."""

import json

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from states import shelf
from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.regime import Regime
from states.rules import Rulebook

_KEEP_SCHEME = text("""
    INSERT INTO scheme (key, content, created_at) VALUES (:key, CAST(:content AS jsonb), now())
    ON CONFLICT (key) DO UPDATE SET key = excluded.key
    RETURNING content = CAST(:content AS jsonb)
""")
_KEEP_CALENDAR = text("""
    INSERT INTO calendar (key, content, created_at) VALUES (:key, CAST(:content AS jsonb), now())
    ON CONFLICT (key) DO NOTHING
""")
_READ = text("""
    SELECT scheme.content, calendar.content FROM scheme, calendar
    WHERE scheme.key = :scheme AND calendar.key = :calendar
""")


class SchemeChanged(ValueError):
    """A scheme version is in the store already with other rules: a change needs a new version number."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"scheme {key} is in use with other rules; give the changed file a higher version number"
        )


class RegimeUnknown(LookupError):
    """An appraisal names a scheme version or calendar that the store does not hold."""


async def keep(connection: AsyncConnection, regime: Regime) -> None:
    """Stores a regime's scheme version and calendar. Raises `SchemeChanged` for a version that differs."""
    book = json.dumps(regime.book.model_dump(mode="json"))
    same = await connection.scalar(_KEEP_SCHEME, {"key": regime.book.key, "content": book})
    if not same:
        raise SchemeChanged(regime.book.key)
    await connection.execute(
        _KEEP_CALENDAR, {"key": regime.calendar.key, "content": json.dumps(regime.calendar.to_data())}
    )


async def regime_of(engine: AsyncEngine, appraisal: Appraisal) -> Regime:
    """The regime that an appraisal runs under, read once in a process. Raises `RegimeUnknown`."""
    found = shelf.find(appraisal)
    if found is not None:
        return found
    async with engine.connect() as connection:
        return await regime_on(connection, appraisal)


async def regime_on(connection: AsyncConnection, appraisal: Appraisal) -> Regime:
    """The same for a caller that holds a connection already."""
    found = shelf.find(appraisal)
    if found is not None:
        return found
    row = (
        await connection.execute(_READ, {"scheme": appraisal.rulebook, "calendar": appraisal.calendar})
    ).one_or_none()
    if row is None:
        raise RegimeUnknown(f"{appraisal.rulebook} with calendar {appraisal.calendar}")
    regime = Regime(Rulebook.model_validate(row[0]), WorkingCalendar.from_data(row[1]))
    shelf.put(regime)
    return regime
