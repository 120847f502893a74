"""Gathers what is known of a page of people, in as many statements for one as for a thousand."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from content.follow_up.facts import Counted, Facts, Settled, Source, YearResult
from content.follow_up.rules import FollowUpRules
from content.rules import ContentRules
from service.follow_up.results import ReadCase, read_case, same_step, step_of, year_result
from store.agency.content_rules import content_rules_of
from store.earlier_result.repository import EarlierResult, standing_results
from store.result_history.repository import (
    CaseOfCycle,
    CountedKind,
    RatedCase,
    cases_before,
    entries_of,
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Somebody's appraised year, with what is known of the years before."""

    who: CaseOfCycle
    """His last period of the year."""
    periods: Sequence[ReadCase]
    rules: ContentRules
    facts: Facts

    @property
    def last(self) -> ReadCase:
        """The last period of the year."""
        return self.periods[-1]


async def gathered(
    connection: AsyncConnection, cases: Sequence[CaseOfCycle], *, rehearsal: bool
) -> list[Gathered]:
    """What is known of each person of these cases, which stand in the order of people and periods.

    Whose case has no content rules is left out: nothing follows from words.
    """
    people = [list(group) for _, group in groupby(cases, key=lambda case: case.employee_id)]
    rules = await _rules_of(connection, cases)
    years = _years(each[-1].year for each in people)
    deep = max((_depth(found.follow_up) for found in rules.values() if found), default=1)
    before = await _before(
        connection, [each[-1].employee_id for each in people], years, deep, rehearsal=rehearsal
    )
    entries = await _entries(connection, cases, rules)
    found = []
    for each in people:
        who = each[-1]
        by = rules.get(_key(who))
        if by is None or by.rating is None:
            continue
        periods = [read_case(case) for case in each]
        results = dict(before.results(who.employee_id, who.year, deep, by))
        own = year_result(periods, by)
        if own is not None:
            results[who.year] = own
        noted = _summed(entries.get(case.id, {}) for case in each)
        found.append(Gathered(who, periods, by, Facts(who.year, results, noted)))
    return found


class _Before:
    """The years before, by person."""

    def __init__(
        self,
        cases: Iterable[RatedCase],
        rules: Mapping[str, ContentRules | None],
        given: Iterable[EarlierResult],
    ) -> None:
        self._rules = rules
        self._cases: defaultdict[tuple[uuid.UUID, int], list[RatedCase]] = defaultdict(list)
        for case in cases:
            self._cases[case.employee_id, case.year].append(case)
        self._given = {(each.person_id, each.year): each for each in given}

    def results(
        self, person: uuid.UUID, year: int, deep: int, rules: ContentRules
    ) -> Iterator[tuple[int, YearResult]]:
        """What is known of the years before ``year``. A final result here comes before one that was handed in."""
        for before in range(year - 1, year - deep, -1):
            found = self._appraised(person, before, rules)
            given = self._given.get((person, before))
            if given is not None and (found is None or found.settled is not Settled.FINAL):
                found = YearResult(step_of(given.code, rules), Settled.FINAL, Source.EARLIER_RESULT)
            if found is not None:
                yield before, found

    def _appraised(self, person: uuid.UUID, year: int, rules: ContentRules) -> YearResult | None:
        cases = self._cases.get((person, year))
        if not cases:
            return None
        there = self._rules.get(_key(cases[-1]))
        found = None if there is None else year_result([read_case(case) for case in cases], there)
        if found is None:
            return None
        return YearResult(same_step(found.predicate, there, rules), found.settled, found.source)


async def _before(
    connection: AsyncConnection, people: Sequence[uuid.UUID], years: range, deep: int, *, rehearsal: bool
) -> _Before:
    first, last = years.start - deep + 1, years.stop - 1
    if deep < 2 or not people:
        return _Before((), {}, ())
    cases = await cases_before(connection, people, first=first, last=last, rehearsal=rehearsal)
    given = await standing_results(connection, people, first=first, last=last)
    return _Before(cases, await _rules_of(connection, cases), given)


async def _rules_of(
    connection: AsyncConnection, cases: Iterable[RatedCase]
) -> dict[str, ContentRules | None]:
    return {key: await content_rules_of(connection, key) for key in {_key(case) for case in cases}}


async def _entries(
    connection: AsyncConnection, cases: Sequence[CaseOfCycle], rules: Mapping[str, ContentRules | None]
) -> dict[uuid.UUID, dict[str, Counted]]:
    """By case and kind; a statement for each version of a scheme, since each counts by its own rules."""
    found: defaultdict[uuid.UUID, dict[str, Counted]] = defaultdict(dict)
    for key, by in rules.items():
        kinds = [] if by is None else _kinds(by)
        if not kinds:
            continue
        own = [case.id for case in cases if _key(case) == key]
        for line in await entries_of(connection, own, kinds):
            found[line.appraisal_id][line.kind] = Counted(line.entries, line.within)
    return found


def _kinds(rules: ContentRules) -> list[CountedKind]:
    follow_up = rules.follow_up
    needs = [need for rule in follow_up.nominations for need in rule.needs]
    needs += (need for rule in follow_up.awards for need in rule.needs)
    kinds = []
    for name in sorted({need.entry for need in needs}):
        kind = rules.entries.get(name)
        if kind is None:
            continue
        counted = kind.counted
        kinds.append(
            CountedKind(name) if counted is None else CountedKind(name, counted.field, counted.at_most)
        )
    return kinds


def _summed(periods: Iterable[Mapping[str, Counted]]) -> dict[str, Counted]:
    summed: dict[str, Counted] = {}
    for period in periods:
        for kind, counted in period.items():
            before = summed.get(kind, Counted())
            summed[kind] = Counted(before.entries + counted.entries, before.within + counted.within)
    return summed


def _depth(rules: FollowUpRules) -> int:
    return max((each.years for each in rules.nominations), default=1)


def _years(years: Iterable[int]) -> range:
    found = sorted(years)
    return range(found[0], found[-1] + 1) if found else range(0)


def _key(case: RatedCase) -> str:
    return str(case.snapshot["rulebook"])
