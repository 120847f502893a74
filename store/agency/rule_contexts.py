"""Scheme versions and calendars in the store, and rule_contexts out of them."""

import json

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from states import rule_cache
from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.rule_context import RuleContext
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


class RulesUnknown(LookupError):
    """An appraisal names a scheme version or calendar that the store does not hold."""


async def keep(connection: AsyncConnection, rules: RuleContext) -> None:
    """Stores a rules's scheme version and calendar. Raises `SchemeChanged` for a version that differs."""
    book = json.dumps(rules.book.model_dump(mode="json"))
    same = await connection.scalar(_KEEP_SCHEME, {"key": rules.book.key, "content": book})
    if not same:
        raise SchemeChanged(rules.book.key)
    await connection.execute(
        _KEEP_CALENDAR, {"key": rules.calendar.key, "content": json.dumps(rules.calendar.to_data())}
    )


async def rule_context_of(database: AsyncEngine, appraisal: Appraisal) -> RuleContext:
    """The rules that an appraisal runs under, read once in a process. Raises `RulesUnknown`."""
    found = rule_cache.find(appraisal)
    if found is not None:
        return found
    async with database.connect() as connection:
        return await rule_context_on(connection, appraisal)


async def rule_context_on(connection: AsyncConnection, appraisal: Appraisal) -> RuleContext:
    """The same for a caller that holds a connection already."""
    found = rule_cache.find(appraisal)
    if found is not None:
        return found
    row = (
        await connection.execute(_READ, {"scheme": appraisal.rulebook, "calendar": appraisal.calendar})
    ).one_or_none()
    if row is None:
        raise RulesUnknown(f"{appraisal.rulebook} with calendar {appraisal.calendar}")
    rules = RuleContext(Rulebook.model_validate(row[0]), WorkingCalendar.from_data(row[1]))
    rule_cache.put(rules)
    return rules
