"""The rules of who is responsible once more, in plain Python, to be compared with what the database says."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from states.absences import longer_than_a_month
from states.standing import UNAVAILABLE, LegalStanding
from tests.store.assignment.asking import JUDGES, Answer, Question, Responsible
from tests.store.assignment.organisation import (
    ZONE,
    Appraised,
    Away,
    Letter,
    Organisation,
    Relation,
    moment_of,
)

ACTING_DECIDES = ("of before", "with acting officials")
"""The schemes under which acting officials decide objections."""


def expected(organisation: Organisation, question: Question) -> Answer:
    """What the rules say."""
    case = next(each for each in organisation.cases if each.name == question.case)
    model = Model(organisation, case, question.tick)
    if question.capacity == "appeals_superior":
        told = model.above_who_decides()
        return Answer(None, frozenset() if told is None else frozenset({told.holder}))
    found = model.responsible(question.capacity)
    if found is not None:
        return Answer(found, frozenset({found.holder}))
    if question.capacity == "appeals_officer" or (
        question.capacity == "rater_superior" and model.countersigning
    ):
        return Answer(None, frozenset())
    above = question.capacity in ("rater_superior", "appeals_officer")
    left_out = {case.employee, *(case.signed if above else ())}
    return Answer(None, frozenset(organisation.hr) - left_out)


class Model:
    """One case at one tick."""

    def __init__(self, organisation: Organisation, case: Appraised, tick: int) -> None:
        self.organisation = organisation
        self.case = case
        self.tick = tick
        self.closed = tick if case.frozen is None else min(tick, case.frozen)

    @property
    def countersigning(self) -> bool:
        return self.case.waits_on == "rater_superior"

    def above_who_decides(self) -> Responsible | None:
        deciding = self.responsible("appeals_officer")
        if deciding is None:
            return None
        passed = [deciding.holder, *([deciding.on_behalf_of] if deciding.on_behalf_of else [])]
        next_level = replace(self.case, signed=(*self.case.signed, *passed))
        return Model(self.organisation, next_level, self.tick).responsible("appeals_officer")

    def responsible(self, capacity: str) -> Responsible | None:
        if capacity == "employee":
            return Responsible(self.case.employee, "self")
        if capacity not in JUDGES:
            return None
        decides = capacity == "appeals_officer"
        touched = (
            set(self.case.signed)
            if decides or (capacity == "rater_superior" and self.countersigning)
            else set()
        )
        passed_over = self._passed_over(capacity) | touched
        acting_may = not decides or self.organisation.scheme in ACTING_DECIDES
        relations = self._relations(capacity)
        while relations and relations[0].kind != "definitive":
            acting = relations.pop(0)
            fits = acting_may or acting.kind not in ("plt", "plh")
            if fits and acting.holder not in passed_over and self._can_stand_in(acting.holder):
                official = self._definitive(capacity)
                represented = None if official == acting.holder else official
                if represented in touched:
                    continue
                return Responsible(acting.holder, acting.kind, represented)
        start = relations[0].holder if relations else None
        if start is None and capacity != "rater":
            raters = self._relations("rater")
            start = self._superior(raters[0].holder) if raters else None
        found = self._up_the_line(start, passed_over, acting_may)
        if found is None and (decides or (capacity == "rater_superior" and self.countersigning)):
            return self._top_decider(passed_over)
        return found

    def _top_decider(self, passed_over: set[str]) -> Responsible | None:
        for person in self.organisation.top_deciders:
            if person not in passed_over and self._can_stand_in(person) and not self._is_below(person):
                return Responsible(person, "top_decider")
        return None

    def _is_below(self, person: str) -> bool:
        seen: list[str] = []
        above: str | None = person
        while above is not None and above not in seen:
            seen.append(above)
            above = self._superior(above)
        return self.case.employee in seen

    def _passed_over(self, capacity: str) -> set[str]:
        rater = self.responsible("rater") if capacity == "rater_superior" else None
        return {rater.holder} if rater else set()

    def _up_the_line(self, start: str | None, passed_over: set[str], acting_may: bool) -> Responsible | None:
        line: list[str] = []
        official = start
        while official is not None and official not in line:
            line.append(official)
            official = self._superior(official)
        missing = None
        for official in line:
            if official == self.case.employee or official in passed_over:
                continue
            letter = self._letter(official)
            fits = letter is not None and (acting_may or letter.kind == "delegated")
            if (
                letter
                and fits
                and letter.substitute not in passed_over
                and self._can_stand_in(letter.substitute)
            ):
                return Responsible(letter.substitute, letter.kind, official)
            keeps_the_post = letter is None or letter.kind == "delegated"
            if keeps_the_post and not self._away(official) and self._superior(official) != self.case.employee:
                return Responsible(official, "stepping_in" if missing else "definitive", missing)
            missing = missing or official
        return None

    def _can_stand_in(self, person: str) -> bool:
        replaced = any(
            letter.official == person and letter.kind != "delegated" and letter.holds(self.tick)
            for letter in self.organisation.letters
        )
        judged = self._superior(person) == self.case.employee
        return person != self.case.employee and not self._away(person) and not replaced and not judged

    def _relations(self, capacity: str) -> list[Relation]:
        """First those of the case, then those of the employee; in each, acting ones first and late ones first."""

        def counts(relation: Relation) -> bool:
            if relation.case is not None:
                return relation.case == self.case.name and relation.holds(self.tick)
            return relation.holds(self.closed)

        mine = [
            relation
            for relation in self.organisation.relations
            if relation.employee == self.case.employee and relation.capacity == capacity and counts(relation)
        ]
        return sorted(mine, key=lambda each: (each.case is None, each.kind == "definitive", -each.since))

    def _definitive(self, capacity: str) -> str | None:
        return _first_holder(
            self._relations(capacity), lambda each: each.case is None and each.kind == "definitive"
        )

    def _superior(self, person: str) -> str | None:
        now = [
            relation
            for relation in self.organisation.relations
            if relation.employee == person
            and relation.capacity == "rater"
            and relation.case is None
            and relation.holds(self.tick)
        ]
        return _first_holder(sorted(now, key=lambda each: (each.kind == "definitive", -each.since)))

    def _letter(self, official: str) -> Letter | None:
        """The one that began last; of two that began together, the one written last."""
        now = [
            each for each in self.organisation.letters if each.official == official and each.holds(self.tick)
        ]
        return max(reversed(now), key=lambda each: each.since, default=None)

    def _away(self, person: str) -> bool:
        if self.organisation.standings.get(person, LegalStanding.ACTIVE) in UNAVAILABLE:
            return True
        return any(
            absence.person == person and absence.holds(self.tick) and _empties_the_post(absence)
            for absence in self.organisation.absences
        )


def _first_holder(
    relations: list[Relation], wanted: Callable[[Relation], bool] = lambda _: True
) -> str | None:
    return next((relation.holder for relation in relations if wanted(relation)), None)


def _empties_the_post(absence: Away) -> bool:
    if absence.kind != "leave":
        return True
    return longer_than_a_month(_day(absence.since), None if absence.until is None else _day(absence.until))


def _day(tick: int) -> dt.date:
    return moment_of(tick).astimezone(ZoneInfo(ZONE)).date()
