"""Stores scheme versions and calendars, and makes rule contexts of them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from content.rules import ContentRules
from states import rule_cache
from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.rule_context import RuleContext
from states.rules import Rulebook
from store.agency.table import CalendarVersion, SchemeVersion

_NAME = bindparam("name", type_=Text())
_CONTENT = bindparam("given", type_=JSONB())
_SCHEME = insert(SchemeVersion).values(
    {
        col(SchemeVersion.key): _NAME,
        col(SchemeVersion.content): _CONTENT,
        col(SchemeVersion.created_at): func.now(),
    }
)
# An update that changes nothing makes the statement return the row that exists.
_KEEP_SCHEME = _SCHEME.on_conflict_do_update(
    index_elements=[col(SchemeVersion.key)], set_={col(SchemeVersion.key): _SCHEME.excluded.key}
).returning(col(SchemeVersion.content) == _CONTENT)
_APPRAISED = bindparam("appraised", type_=JSONB(none_as_null=True))
_SYSTEM = _SCHEME.values({col(SchemeVersion.content_rules): _APPRAISED})
_KEEP_SYSTEM = _SYSTEM.on_conflict_do_update(
    index_elements=[col(SchemeVersion.key)], set_={col(SchemeVersion.key): _SYSTEM.excluded.key}
).returning(
    and_(
        col(SchemeVersion.content) == _CONTENT,
        col(SchemeVersion.content_rules).is_not_distinct_from(_APPRAISED),
    )
)
_KEEP_CALENDAR = (
    insert(CalendarVersion)
    .values(
        {
            col(CalendarVersion.key): _NAME,
            col(CalendarVersion.content): _CONTENT,
            col(CalendarVersion.created_at): func.now(),
        }
    )
    .on_conflict_do_nothing(index_elements=[col(CalendarVersion.key)])
)
_READ: Select[*tuple[Any, ...]] = (
    select(col(SchemeVersion.content).label("scheme"), col(CalendarVersion.content).label("calendar"))
    .select_from(SchemeVersion)
    .join(CalendarVersion, col(CalendarVersion.key) == bindparam("calendar"))
    .where(col(SchemeVersion.key) == bindparam("scheme"))
)


class SchemeChanged(ValueError):
    """The store already holds this scheme version with other rules: changed rules need a new version number."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"scheme {key} is in use with other rules; give the changed file a higher version number"
        )


class RulesUnknown(LookupError):
    """An appraisal names a scheme version or calendar that the store does not hold."""


async def keep(connection: AsyncConnection, rules: RuleContext) -> None:
    """Stores the scheme version and the calendar of ``rules``. Raises `SchemeChanged` if the stored version differs."""
    await keep_scheme(connection, rules.book)
    await keep_calendars(connection, [rules.calendar])


async def keep_scheme(connection: AsyncConnection, book: Rulebook) -> None:
    """Stores the process of the scheme version; what is stored of its content stays.

    Raises `SchemeChanged` if the stored process differs.
    """
    given = book.model_dump(mode="json")
    if not await connection.scalar(_KEEP_SCHEME, {"name": book.key, "given": given}):
        raise SchemeChanged(book.key)


async def keep_system(connection: AsyncConnection, book: Rulebook, content: ContentRules | None) -> None:
    """Stores the scheme version with what it says of content. Raises `SchemeChanged` if the stored one differs."""
    given = {
        "name": book.key,
        "given": book.model_dump(mode="json"),
        # What stands at its default is left out, so that a field that comes later changes no stored version.
        "appraised": None if content is None else content.model_dump(mode="json", exclude_defaults=True),
    }
    if not await connection.scalar(_KEEP_SYSTEM, given):
        raise SchemeChanged(book.key)


async def keep_calendars(connection: AsyncConnection, calendars: Iterable[WorkingCalendar]) -> None:
    """Stores calendars; those that are stored already stay."""
    distinct = {calendar.key: calendar.to_data() for calendar in calendars}
    if distinct:
        await connection.execute(
            _KEEP_CALENDAR, [{"name": key, "given": content} for key, content in distinct.items()]
        )


async def rule_context_of(database: AsyncEngine, appraisal: Appraisal) -> RuleContext:
    """The rules that an appraisal runs under, read once in each process. Raises `RulesUnknown`."""
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
    rules = RuleContext(Rulebook.model_validate(row.scheme), WorkingCalendar.from_data(row.calendar))
    rule_cache.put(rules)
    return rules
