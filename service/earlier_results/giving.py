"""Puts results of earlier years on record. What is corrected later stays on record beside its correction."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.earlier_results.checking import line_errors, lines_of
from service.earlier_results.schemas import EarlierYear, NewEarlierResults, RecordedResults, RecordedYear
from service.problems import FieldError, IdempotencyKeyReused, Invalid
from states.codec import canonical
from store.earlier_result import repository as earlier
from store.earlier_result.repository import EarlierResult, NewEarlierResult

Standing = dict[tuple[uuid.UUID, int], EarlierResult]


class LinesRefused(Exception):
    """Some lines cannot be recorded, so none is; each with its place in the list and its field."""

    def __init__(self, errors: Sequence[tuple[int, str, FieldError]]) -> None:
        super().__init__(f"{len(errors)} lines are refused")
        self.errors = errors


async def give_earlier_results(
    database: AsyncEngine, identity: Identity, key: str, body: NewEarlierResults
) -> RecordedResults:
    """Records a list; the same ``key`` and body record it once. Nothing is recorded unless all of it can be.

    Raises `HrOnly`, `Invalid` and `IdempotencyKeyReused`.
    """
    fingerprint = hashlib.sha256(canonical(body.model_dump(mode="json"))).hexdigest()
    async with database.begin() as connection:
        await require_hr(connection, identity)
        await earlier.hold_lists(connection, identity.agency)
        before = await earlier.list_under(connection, identity.person, key)
        if before is not None and before.fingerprint != fingerprint:
            raise IdempotencyKeyReused
        try:
            lines = await _checked(connection, identity.agency, body.items)
        except LinesRefused as refused:
            raise Invalid(errors=[error for _, _, error in refused.errors]) from refused
        until = None if before is None else before.given_at
        standing = await _standing(connection, lines, until)
        if before is None:
            await earlier.add_list(
                connection, identity.agency, identity.person, key, fingerprint, _new(lines, standing)
            )
    return _recorded(lines, standing)


async def import_earlier_results(
    database: AsyncEngine, agency: uuid.UUID, items: Sequence[EarlierYear]
) -> RecordedResults:
    """The same for the operator; to repeat an import changes nothing. Raises `LinesRefused`."""
    async with database.begin() as connection:
        await earlier.hold_lists(connection, agency)
        lines = await _checked(connection, agency, items)
        standing = await _standing(connection, lines, None)
        added = _new(lines, standing)
        if added:
            body = [each.model_dump(mode="json") for each in items]
            fingerprint = hashlib.sha256(canonical({"items": body})).hexdigest()
            await earlier.add_list(connection, agency, None, uuid.uuid4().hex, fingerprint, added)
    return _recorded(lines, standing)


async def _checked(
    connection: AsyncConnection, agency: uuid.UUID, items: Sequence[EarlierYear]
) -> list[NewEarlierResult]:
    nips = await earlier.people_by_nip(connection, agency, {each.nip for each in items if each.nip})
    people = await earlier.people_among(connection, agency, {each.person for each in items if each.person})
    errors = list(line_errors(items, nips, people, await earlier.latest_cycle_year(connection, agency)))
    if errors:
        raise LinesRefused(errors)
    return lines_of(items, nips, people)


async def _standing(
    connection: AsyncConnection, lines: Sequence[NewEarlierResult], until: dt.datetime | None
) -> Standing:
    if not lines:
        return {}
    years = [each.year for each in lines]
    found = await earlier.standing_results(
        connection, {each.person_id for each in lines}, first=min(years), last=max(years), until=until
    )
    return {(each.person_id, each.year): each for each in found}


def _new(lines: Sequence[NewEarlierResult], standing: Standing) -> list[NewEarlierResult]:
    return [each for each in lines if _state(each, standing) != "unchanged"]


def _state(line: NewEarlierResult, standing: Standing) -> str:
    before = standing.get((line.person_id, line.year))
    if before is None:
        return "recorded"
    return "unchanged" if (before.code, before.source) == (line.code, line.source) else "corrected"


def _recorded(lines: Sequence[NewEarlierResult], standing: Standing) -> RecordedResults:
    items = [
        RecordedYear.model_validate(
            {
                "person_id": line.person_id,
                "year": line.year,
                "predicate": line.code,
                "before": None if before is None else before.code,
                "state": _state(line, standing),
            }
        )
        for line in lines
        for before in (standing.get((line.person_id, line.year)),)
    ]
    states = [each.state for each in items]
    return RecordedResults(
        recorded=states.count("recorded"),
        corrected=states.count("corrected"),
        unchanged=states.count("unchanged"),
        items=items,
    )
