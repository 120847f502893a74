"""The scripted people of an agency: who acts, with which temperament, and who takes over from whom."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence

from states.scripted.temperament import USUAL_MIX, Dice, Temperament, temperament_of
from states.stages import Capacity
from store.cycle.rehearsing import RehearsedCase, ScriptedPerson


class Ensemble:
    """The people of one agency. The same roster makes people of the same temperament, whatever ids they get."""

    def __init__(
        self, people: Iterable[ScriptedPerson], mix: Mapping[Temperament, float] = USUAL_MIX
    ) -> None:
        self.people = {person.id: person for person in people}
        self._mix = mix
        self._raters = {person.rater for person in self.people.values() if person.rater is not None}
        self._personnel = tuple(person.id for person in self.people.values() if person.hr)

    @property
    def personnel_officers(self) -> Sequence[uuid.UUID]:
        """The people with the role of HR."""
        return self._personnel

    def actor(
        self, case: RehearsedCase, capacity: Capacity, away: Collection[uuid.UUID] = ()
    ) -> uuid.UUID | None:
        """The person who acts on the case in a capacity; None if nobody can. People ``away`` come last."""
        if capacity is Capacity.EMPLOYEE:
            return case.employee
        if capacity is Capacity.HR:
            able: Sequence[uuid.UUID] = [officer for officer in self._personnel if officer != case.employee]
        else:
            able = sorted(case.holders.get(capacity, ()), key=self._nip)
        return min(able, key=lambda person: person in away) if able else None

    def temperaments(self, case: RehearsedCase) -> dict[Capacity, Temperament]:
        """The temperament of each capacity's holder. A person who stands in for the usual holder is steady."""
        tempers = {Capacity.EMPLOYEE: self.temperament(case.employee), Capacity.HR: Temperament.STEADY}
        official = self._rater(case.employee)
        for capacity in (Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER):
            if capacity is Capacity.RATER_SUPERIOR:
                official = self._rater(official)
            holder = self.actor(case, capacity)
            usual = holder is not None and holder == official
            tempers[capacity] = self.temperament(holder) if usual and holder else Temperament.STEADY
        return tempers

    def temperament(self, person: uuid.UUID) -> Temperament:
        """The person's own temperament."""
        return temperament_of(self._nip(person), self._mix)

    def successor(self, case: RehearsedCase, capacity: Capacity) -> uuid.UUID | None:
        """The person who takes a capacity over: a colleague of the same superior, else the superior.

        HR takes over from a rater where there is nobody else, and never signs or decides above one.
        """
        replaced = self.actor(case, capacity)
        superior = self._rater(replaced)
        barred = {replaced, case.employee} | {
            uuid.UUID(person) for person in (*case.appraisal.result_by, *case.appraisal.conflicted)
        }
        colleagues = [
            person.id
            for person in self.people.values()
            if superior is not None and person.rater == superior and person.id in self._raters
        ]
        dice = Dice(f"{case.id}|{capacity}|{case.appraisal.sequence}")
        able = [person for person in colleagues if person not in barred]
        if able:
            return able[dice.among(0, 0, len(able) - 1)]
        others = (superior, *(self._personnel if capacity is Capacity.RATER else ()))
        return next((each for each in others if each and each not in barred), None)

    def _rater(self, person: uuid.UUID | None) -> uuid.UUID | None:
        found = self.people.get(person) if person is not None else None
        return found.rater if found else None

    def _nip(self, person: uuid.UUID) -> str:
        found = self.people.get(person)
        return found.nip if found else str(person)
