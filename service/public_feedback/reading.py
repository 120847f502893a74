"""What the public says of a unit: figures for everybody of the agency, cleared texts for those who answer for it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from content.public.index import StepCount, counted, figures
from content.public.periods import period_of, shown_since
from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.problems import NoPublicFeedback, NotFound
from service.public_feedback.asking import Asked, asked_about
from service.public_feedback.names import Names
from service.public_feedback.schemas import PeriodResult, UnitFeedback
from service.public_feedback.showing import element_labels, in_words, shown_period, shown_texts
from store.agency.content_rules import content_rules_of
from store.organisation_rating.units import unit_in
from store.person.repository import exists
from store.public_feedback.counts import Counted, Window, counts_of
from store.public_feedback.superiors import stands_above
from store.public_feedback.texts import cleared_texts, names_of
from translations import Locale, translate
from translations import mark as _

MOST_TEXTS = 100

NOTE = _(
    "Periods with fewer than {minimum} answers are not shown. Of the running period the last answers are kept back, so "
    "that nobody's answer can be told from the difference. None of this enters the result of a person."
)


@dataclass(frozen=True, slots=True)
class AreaToImprove:
    """An element of a unit's service that should improve."""

    element: str
    label: str
    index: float


async def public_feedback_of(
    connection: AsyncConnection, identity: Identity, unit: uuid.UUID, locale: Locale
) -> UnitFeedback:
    """The figures of a unit by period, and its texts where they are open. Raises `NotFound` and `NoPublicFeedback`."""
    if not await exists(connection, identity.person, identity.agency):
        raise NotFound
    asked = await asked_about(connection, unit, identity.agency)
    rules = asked.rules
    texts = None
    if await _may_read_texts(connection, asked, identity):
        names = Names(await names_of(connection, identity.agency))
        texts = shown_texts(await cleared_texts(connection, unit, MOST_TEXTS), names)
    return UnitFeedback(
        unit_id=unit,
        unit=asked.place.unit,
        label=in_words(rules.label, locale),
        article=rules.article,
        minimum=rules.minimum,
        periods=await periods_of(connection, asked, locale),
        texts=texts,
        note=translate(NOTE, locale, minimum=rules.minimum),
    )


async def periods_of(connection: AsyncConnection, asked: Asked, locale: Locale) -> list[PeriodResult]:
    """Every period that may be shown, the latest first."""
    kind, today = asked.rules.period, asked.place.today
    running = period_of(kind, today)
    found = []
    for begins, rows in groupby(await _counts(connection, asked), lambda row: row.begins):
        theirs = list(rows)
        result = figures(asked.rules, _elements(asked), await _named(connection, theirs))
        if result is not None:
            period = period_of(kind, begins)
            found.append(
                shown_period(
                    asked, period, result, _answers(theirs), locale, finished=period.begins < running.begins
                )
            )
    return found[::-1]


async def areas_to_improve(
    connection: AsyncConnection, unit: uuid.UUID, agency: uuid.UUID, year: int, locale: Locale
) -> list[AreaToImprove]:
    """The areas to improve of a unit in a year, the worst first; none where the public is not asked.

    They are of the periods of the year that are shown: from anything else what is hidden could be worked out.
    """
    try:
        asked = await asked_about(connection, unit, agency)
    except (NotFound, NoPublicFeedback):
        return []
    rows = [row for row in await _counts(connection, asked) if row.begins.year == year]
    result = figures(asked.rules, _elements(asked), await _named(connection, rows))
    labels = element_labels(asked.content, locale)
    return [
        AreaToImprove(each.element, labels.get(each.element, each.element), float(each.index))
        for each in (() if result is None else result.to_improve)
    ]


async def _counts(connection: AsyncConnection, asked: Asked) -> list[Counted]:
    rules, place = asked.rules, asked.place
    window = Window(
        kind=rules.period,
        since=shown_since(place.today),
        today=place.today,
        running=period_of(rules.period, place.today).begins,
        minimum=rules.minimum,
    )
    return await counts_of(connection, place.unit_id, window)


async def _named(connection: AsyncConnection, rows: Iterable[Counted]) -> list[StepCount]:
    """Counts by names: each version of the scheme says itself what the places in its answers stand for."""
    found: list[StepCount] = []
    for scheme, theirs in groupby(rows, lambda row: row.scheme):
        content = await content_rules_of(connection, scheme)
        if content is not None:
            found += counted(content, ((row.element, row.step, row.answers) for row in theirs))
    return found


def _answers(rows: Iterable[Counted]) -> int:
    """How many people answered: each chose one step for the first element."""
    return sum(row.answers for row in rows if row.element == 0)


def _elements(asked: Asked) -> tuple[str, ...]:
    return asked.content.lists[asked.rules.elements].names


async def _may_read_texts(connection: AsyncConnection, asked: Asked, identity: Identity) -> bool:
    if await is_officer(connection, identity):
        return policy.may_read_public_texts(officer=True, head=False, above=False)
    place = asked.place
    found = await unit_in(connection, place.cycle_id, place.unit_id, identity.agency)
    if found is None or found.head_id is None:
        return False
    above = found.superior_id == identity.person or await stands_above(
        connection, identity.person, found.head_id, place.cycle_id
    )
    head = found.head_id == identity.person
    return policy.may_read_public_texts(officer=False, head=head, above=above)
