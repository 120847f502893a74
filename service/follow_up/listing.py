"""The people of a cycle with what follows for them, page by page: bounded memory for any agency."""

import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.rules import ContentRules
from service.accounts.tokens import Identity
from service.cycles.checking import require_cycle
from service.follow_up.deciding import Followed, followed
from service.follow_up.gathering import Gathered, gathered
from service.follow_up.schemas import FollowUpPage
from service.follow_up.seeing import is_listed
from service.follow_up.showing import shown_line
from service.paging import cut, encode, id_key
from service.problems import FieldError, Invalid, RatingsInWords
from store.agency.content_rules import content_rules_of
from store.result_history.repository import cases_of_cycle
from translations import Locale
from translations import mark as _

BATCH = 500
"""So many people are read at once."""
MOST_READ = 2_000
"""So many people are looked through for one page; a page of few who meet something may be shorter than asked for."""
UNKNOWN_KIND = _("The scheme of this cycle has no nomination or award of this name; known are: {known}.")


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of a list."""

    found: Gathered
    follows: Followed


@dataclass(frozen=True, slots=True)
class Batch:
    """People who were read at once."""

    people: list[Listed]
    """Those whose result stands in the list."""
    last: uuid.UUID
    """The last who was read, listed or not."""


@dataclass(frozen=True, slots=True)
class AskedCycle:
    """A cycle of which a list is made."""

    id: uuid.UUID
    rehearsal: bool
    rules: ContentRules
    asker: uuid.UUID | None
    """The officer who reads it; None for a file that an operator writes."""


async def asked_cycle(connection: AsyncConnection, cycle: uuid.UUID, identity: Identity) -> AskedCycle:
    """The cycle, for personnel officers. Raises `HrOnly`, `NotFound` and `RatingsInWords`."""
    found = await require_cycle(connection, cycle, identity)
    rules = rules_with_ratings(await content_rules_of(connection, found.scheme))
    return AskedCycle(cycle, found.rehearsal, rules, identity.person)


def rules_with_ratings(rules: ContentRules | None) -> ContentRules:
    """The rules. Raises `RatingsInWords` where nothing can follow from results."""
    if rules is None or rules.rating is None:
        raise RatingsInWords
    return rules


async def people_of(
    connection: AsyncConnection, cycle: AskedCycle, *, after: uuid.UUID | None = None, batch: int = BATCH
) -> AsyncIterator[Batch]:
    """Everybody whose result stands in the list, batch by batch in the order of ids."""
    while True:
        cases = await cases_of_cycle(connection, cycle.id, after=after, limit=batch)
        if not cases:
            return
        found = await gathered(connection, cases, rehearsal=cycle.rehearsal)
        after = cases[-1].employee_id
        listed = [Listed(each, followed(each)) for each in found if is_listed(each, cycle.asker)]
        yield Batch(listed, after)


async def follow_up_page(
    reading: AsyncEngine,
    cycle: uuid.UUID,
    identity: Identity,
    locale: Locale,
    *,
    kind: str | None,
    met: bool | None,
    cursor: str | None,
    limit: int,
) -> FollowUpPage:
    """A page of people; with ``kind`` of one nomination or award, with ``met`` only those who meet it or do not.

    Without ``kind``, ``met`` asks whether somebody meets anything at all.
    Raises `HrOnly`, `NotFound`, `RatingsInWords`, `Invalid` and `CursorInvalid`.
    """
    after = id_key(cursor)
    async with reading.connect() as connection:
        asked = await asked_cycle(connection, cycle, identity)
        require_kind(asked.rules, kind)
        chosen: list[Listed] = []
        size, read, reached = max(limit + 1, 100), 0, None
        async for batch in people_of(connection, asked, after=after, batch=size):
            chosen += (each for each in batch.people if met is None or is_met(each, kind) is met)
            read += size
            if len(chosen) > limit:
                break
            if read >= MOST_READ:
                reached = encode((batch.last,))
                break
    page, following = cut(chosen, limit, lambda each: (each.found.who.employee_id,))
    return FollowUpPage(
        cycle_id=cycle,
        items=[shown_line(each.found, each.follows, locale, kind=kind) for each in page],
        next=following or reached,
    )


def require_kind(rules: ContentRules, kind: str | None) -> None:
    """Raises `Invalid` for a name that the scheme does not have."""
    known = known_kinds(rules)
    if kind is not None and kind not in known:
        raise Invalid(errors=[FieldError("kind", UNKNOWN_KIND, {"known": ", ".join(known)})])


def is_met(each: Listed, kind: str | None) -> bool:
    """Whether somebody meets what was asked for, or anything where nothing was."""
    if kind is None:
        return bool(each.follows.met)
    found = each.follows.named(kind)
    return found is not None and found.met


def known_kinds(rules: ContentRules) -> Sequence[str]:
    """The names of all nominations and awards of a scheme."""
    follow_up = rules.follow_up
    return [*(each.name for each in follow_up.nominations), *(each.name for each in follow_up.awards)]
