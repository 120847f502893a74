"""An organisation as plain data, in ticks of twenty days, and how it gets into the database.

Two ticks are longer than a month, one is not.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from schemes.loading import builtin_scheme
from states.national import national_calendar
from states.rule_context import RuleContext
from store.absence.table import AbsenceRow
from store.agency.rule_contexts import keep
from store.agency.table import Agency, OrganisationUnit, SchemeVersion
from store.appraisal.table import AppraisalRow, TaskRow
from store.assignment.table import Assignment
from store.cycle.table import Cycle
from store.person.table import Person, RoleGrant
from store.substitution.table import SubstitutionRow
from tests.fixtures.agency import nip

BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
TICK = dt.timedelta(days=20)
ZONE = "Asia/Jakarta"
RULES = RuleContext(builtin_scheme("nasional"), national_calendar(zone=ZONE))

SCHEMES: Mapping[str, dict[str, object]] = {
    "of before": {},
    "without acting officials": {"objection": {"acting_official_decides": False}},
    "silent": {"objection": {}},
    "with acting officials": {"objection": {"acting_official_decides": True}},
}
"""What the resolver reads of a scheme; versions of before say nothing of objections."""

STAGES = {
    "employee": "plan_drafting",
    "rater": "plan_review",
    "rater_superior": "countersign",
    "appeals_officer": "objection_review",
    "hr": "moderation",
}
"""A stage that waits on each capacity."""


def moment_of(tick: int) -> dt.datetime:
    """The moment at which a tick begins."""
    return BEGINNING + tick * TICK


@dataclass(frozen=True)
class Period:
    """Half open; without an end it lasts."""

    since: int = 0
    until: int | None = None

    def holds(self, tick: int) -> bool:
        return self.since <= tick and (self.until is None or tick < self.until)


@dataclass(frozen=True)
class Relation(Period):
    """Somebody holds a capacity towards an employee, or towards one case of his."""

    employee: str = ""
    holder: str = ""
    capacity: str = "rater"
    kind: str = "definitive"
    case: str | None = None


@dataclass(frozen=True)
class Letter(Period):
    """Somebody stands in for an official."""

    official: str = ""
    substitute: str = ""
    kind: str = "plh"


@dataclass(frozen=True)
class Away(Period):
    """Somebody does not hold his post."""

    person: str = ""
    kind: str = "suspended"


@dataclass(frozen=True)
class Appraised:
    """An appraisal: whose, on which capacity it waits, who has signed it, the last tick of a closed period, and who
    declared a conflict of interest.
    """

    name: str
    employee: str
    waits_on: str = "rater"
    signed: tuple[str, ...] = ()
    frozen: int | None = None
    conflicted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Organisation:
    """Everybody by name, and everything that tells who is responsible."""

    people: tuple[str, ...]
    hr: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    letters: tuple[Letter, ...] = ()
    absences: tuple[Away, ...] = ()
    standings: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[Appraised, ...] = ()
    top_deciders: tuple[str, ...] = ()
    """In the order in which they were named."""
    scheme: str = "of before"

    def having(self, *facts: Relation | Letter | Away | Appraised) -> "Organisation":
        """The same with more facts; a case replaces the one of its name."""
        named = {case.name for case in facts if isinstance(case, Appraised)}
        return replace(
            self,
            relations=(*self.relations, *(fact for fact in facts if isinstance(fact, Relation))),
            letters=(*self.letters, *(fact for fact in facts if isinstance(fact, Letter))),
            absences=(*self.absences, *(fact for fact in facts if isinstance(fact, Away))),
            cases=(
                *(case for case in self.cases if case.name not in named),
                *(fact for fact in facts if isinstance(fact, Appraised)),
            ),
        )


@dataclass(frozen=True)
class Stored:
    """Where an organisation was written."""

    organisation: Organisation
    agency: uuid.UUID
    cycle: uuid.UUID
    people: Mapping[str, uuid.UUID]
    cases: Mapping[str, uuid.UUID]

    def name_of(self, person: uuid.UUID | None) -> str | None:
        """Who it is."""
        return next((name for name, id_ in self.people.items() if id_ == person), None)

    def case_of(self, appraisal: uuid.UUID) -> str:
        """Which case it is."""
        return next(name for name, id_ in self.cases.items() if id_ == appraisal)


async def store(database: AsyncEngine, organisation: Organisation) -> Stored:
    """Writes an agency of its own; where rows are alike but for their ids, the later has the greater one."""
    ids = itertools.count(uuid.uuid4().int >> 16 << 16)

    def new() -> uuid.UUID:
        return uuid.UUID(int=next(ids))

    now = dt.datetime.now(dt.UTC)
    agency, unit, cycle = new(), new(), new()
    people = {name: new() for name in organisation.people}
    cases = {case.name: new() for case in organisation.cases}

    def period(fact: Period) -> dict[str, object]:
        until = None if fact.until is None else moment_of(fact.until)
        return {"id": new(), "valid_from": moment_of(fact.since), "valid_until": until, "recorded_at": now}

    rows: list[tuple[type, list[dict[str, object]]]] = [
        (Agency, [{"id": agency, "name": f"Kota {agency}", "zone": ZONE, "created_at": now}]),
        (
            OrganisationUnit,
            [{"id": unit, "agency_id": agency, "code": "U", "name": "U", "kind": "", "zone": ZONE}],
        ),
        (
            Person,
            [
                {"id": id_, "agency_id": agency, "unit_id": unit, "nip": nip(number), "name": name}
                | dict.fromkeys(("title_before", "title_after", "post", "post_kind", "echelon", "grade"), "")
                | {"employment": "PNS", "email": f"{id_}@contoh.example", "phone": ""}
                | {"legal_standing": organisation.standings.get(name, "01")}
                for number, (name, id_) in enumerate(people.items())
            ],
        ),
        (
            RoleGrant,
            [
                {"person_id": people[name], "role": role, "agency_id": agency}
                | {"granted_at": now + number * dt.timedelta(seconds=1)}
                for role, names in (("hr", organisation.hr), ("top_decider", organisation.top_deciders))
                for number, name in enumerate(names)
            ],
        ),
        (
            Cycle,
            [
                {"id": cycle, "agency_id": agency, "name": "2026", "year": 2026, "scheme": RULES.book.key}
                | {"clock": [], "rehearsal": False, "working_days": {}, "created_at": now}
            ],
        ),
        (
            AppraisalRow,
            [
                {"id": cases[case.name], "cycle_id": cycle, "employee_id": people[case.employee]}
                | {
                    "unit_id": unit,
                    "period": number,
                    "stage": STAGES[case.waits_on],
                    "sequence": 1,
                    "revision": 1,
                }
                | {"relations_until": None if case.frozen is None else moment_of(case.frozen)}
                | {"holder": case.waits_on, "head": "0" * 64, "calendar": RULES.calendar.key}
                | {
                    "snapshot": {
                        "rulebook": organisation.scheme,
                        "result_by": [str(people[name]) for name in case.signed],
                        "conflicted": [str(people[name]) for name in case.conflicted],
                    }
                }
                | {"entered_at": now, "updated_at": now, "started_at": now}
                for number, case in enumerate(organisation.cases, 1)
            ],
        ),
        (
            TaskRow,
            [
                {"id": new(), "appraisal_id": cases[case.name], "stage": STAGES[case.waits_on]}
                | {"capacity": case.waits_on, "opened_at": now, "opened_sequence": 1}
                for case in organisation.cases
            ],
        ),
        (
            Assignment,
            [
                period(fact)
                | {"employee_id": people[fact.employee], "holder_id": people[fact.holder]}
                | {"capacity": fact.capacity, "kind": fact.kind, "letter": "", "reason": ""}
                | {"appraisal_id": None if fact.case is None else cases[fact.case]}
                for fact in organisation.relations
            ],
        ),
        (
            SubstitutionRow,
            [
                period(fact)
                | {"official_id": people[fact.official], "substitute_id": people[fact.substitute]}
                | {"agency_id": agency, "kind": fact.kind, "letter": "SPT 1", "reason": ""}
                for fact in organisation.letters
            ],
        ),
        (
            AbsenceRow,
            [
                period(fact)
                | {"person_id": people[fact.person], "kind": fact.kind, "letter": "", "reason": ""}
                for fact in organisation.absences
            ],
        ),
    ]
    async with database.begin() as connection:
        await keep(connection, RULES)
        await connection.execute(
            upsert(SchemeVersion).on_conflict_do_nothing(),
            [{"key": key, "content": each, "created_at": now} for key, each in SCHEMES.items()],
        )
        for table, given in rows:
            if given:
                await connection.execute(insert(table), given)
    return Stored(organisation, agency, cycle, people, cases)
