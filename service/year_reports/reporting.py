"""Makes the report of a year from its results."""

import uuid
from collections.abc import AsyncIterator, Iterable, Sequence
from itertools import chain

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.follow_up.outcome import FollowUp
from content.parts import Values
from content.rating.places import values_at
from content.rating.rules import FieldPlace
from content.rules import ContentRules
from service.accounts.tokens import Identity
from service.filled.titles import Titles
from service.follow_up.listing import AskedCycle, Listed, asked_cycle, people_of
from service.follow_up.showing import shown_points
from service.meetings.naming import choice_name, said
from service.paging import cut, id_key
from service.ratings.naming import Names
from service.year_reports.schemas import ReportedPart, ReportLine, YearReport
from states.nip import mask
from store.person.repository import full_name
from store.result_history.repository import forms_of
from translations import Locale

ARTICLE = "PP 30/2019 art 51"


async def year_report(
    reading: AsyncEngine,
    cycle: uuid.UUID,
    identity: Identity,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> YearReport:
    """A page of the report. Raises `HrOnly`, `NotFound`, `RatingsInWords` and `CursorInvalid`."""
    after = id_key(cursor)
    async with reading.connect() as connection:
        asked = await asked_cycle(connection, cycle, identity)
        chosen: list[Listed] = []
        async for batch in people_of(connection, asked, after=after, batch=limit + 1):
            chosen += batch.people
            if len(chosen) > limit:
                break
        page, following = cut(chosen, limit, lambda each: (each.found.who.employee_id,))
        lines = await _lines(connection, page, locale)
    return YearReport(cycle_id=cycle, article=ARTICLE, items=lines, next=following)


async def report_lines(
    connection: AsyncConnection, asked: AskedCycle, locale: Locale
) -> AsyncIterator[list[ReportLine]]:
    """The whole report, batch by batch."""
    async for batch in people_of(connection, asked):
        if batch.people:
            yield await _lines(connection, batch.people, locale)


async def _lines(connection: AsyncConnection, people: Sequence[Listed], locale: Locale) -> list[ReportLine]:
    digests = [each.found.last.case.digest for each in people]
    forms = await forms_of(connection, [digest for digest in digests if digest is not None])
    return [
        _line(each, forms.get(digest or "", {}), locale) for each, digest in zip(people, digests, strict=True)
    ]


def _line(each: Listed, form: Values, locale: Locale) -> ReportLine:
    who, last, rules = each.found.who, each.found.last, each.found.rules
    year = each.found.facts.results[who.year]
    predicate = year.predicate or str(last.predicate)
    points = shown_points(each.follows.credit_points, rules, locale)
    places = rules.follow_up.report
    return ReportLine(
        person_id=who.employee_id,
        name=full_name(who.title_before, who.name, who.title_after),
        nip_masked=mask(who.nip),
        post=who.post,
        unit_code=who.unit_code,
        unit=who.unit,
        appraisal_id=who.id,
        score=None if who.score is None else float(who.score),
        predicate=predicate,
        predicate_name=Names(rules, Titles(), locale).predicate(predicate),
        settled=year.settled.value,
        under_objection=year.settled.value == "under_objection",
        changed_after_objection=who.decided,
        problems=_words(form, places.problems, rules, locale),
        recommendation=_words(form, places.recommendation, rules, locale),
        credit_points=None if points is None else points.points,
        nominations=_met(each.follows.nominations, locale),
        awards=_met(each.follows.awards, locale),
    )


def _words(form: Values, place: FieldPlace | None, rules: ContentRules, locale: Locale) -> str | None:
    """What stands at a place; names that were chosen from a list as their labels."""
    if place is None:
        return None
    found = [each.value for each in values_at(form, place)]
    given = chain.from_iterable(value if isinstance(value, list) else [value] for value in found)
    listing = rules.follow_up.weaknesses or ""
    words = [choice_name(rules, listing, str(value), locale) for value in given if value not in (None, "")]
    return "; ".join(words) or None


def _met(found: Iterable[FollowUp], locale: Locale) -> list[ReportedPart]:
    return [ReportedPart(name=each.name, label=said(each.label, locale)) for each in found if each.met]
