"""What is wrong with a cycle before it is launched: one scenario for each cause."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from states.absences import AbsenceKind
from states.decide import launched
from store.appraisal.launching import Entrant, appraisal_id, create
from store.cycle.causes import CAUSES, Cause, Concern, Severity, severity_of
from store.cycle.launching import candidates
from store.cycle.obstacles import SkipReason
from store.cycle.preflight import Finding, Look, Preflight, every_finding, findings, preflight
from store.cycle.selection import Selection
from store.tables import AbsenceRow, Assignment, OrganisationUnit, SubstitutionRow
from tests.fixtures.agency import LONG_AGO, SmallAgency, build_agency

NOW = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.database


class Scene:
    """A small agency in order, in which something is then made wrong."""

    def __init__(self, database: AsyncEngine, agency: SmallAgency) -> None:
        self.engine = database
        self.agency = agency

    def look(self, **fields: Any) -> Look:
        return replace(Look(self.agency.cycle, self.agency.agency, 2026, NOW), **fields)

    async def run(self, statement: str, **parameters: Any) -> None:
        async with self.engine.begin() as transaction:
            await transaction.execute(text(statement), parameters)

    async def person(self, person: uuid.UUID, **fields: Any) -> None:
        changes = ", ".join(f"{name} = :{name}" for name in fields)
        await self.run(f"UPDATE person SET {changes} WHERE id = :id", id=person, **fields)

    async def add(self, *rows: Any) -> None:
        async with AsyncSession(self.engine) as session:
            session.add_all(rows)
            await session.commit()

    async def absent(
        self, person: uuid.UUID, kind: AbsenceKind, days: int | None = None, since: int = 1
    ) -> None:
        start = NOW - since * DAY
        end = None if days is None else start + days * DAY
        await self.add(AbsenceRow(person_id=person, kind=kind, valid_from=start, valid_until=end))

    async def substituted(self, official: uuid.UUID, substitute: uuid.UUID, kind: str = "plh") -> None:
        await self.add(
            SubstitutionRow(
                agency_id=self.agency.agency,
                official_id=official,
                substitute_id=substitute,
                kind=kind,
                valid_from=NOW - DAY,
                valid_until=NOW + 30 * DAY,
                letter="SP-1/2026",
            )
        )

    async def roster_said(self, person: uuid.UUID, cause: str) -> None:
        await self.run(
            """
            WITH import AS (
                INSERT INTO roster_import (id, agency_id, digest, counts, applied_at)
                VALUES (gen_random_uuid(), :agency, repeat('0', 64), '{}', now()) RETURNING id
            )
            INSERT INTO roster_finding (id, agency_id, person_id, import_id, cause, line, parameters, found_at)
            SELECT gen_random_uuid(), :agency, :person, id, :cause, 2, '{}', now() FROM import
            """,
            agency=self.agency.agency,
            person=person,
            cause=cause,
        )

    async def record(self, *employees: uuid.UUID) -> None:
        """Puts appraisals on record, with which they are started."""
        entrants = [
            Entrant(
                employee,
                self.agency.unit,
                launched(employee=str(employee), year=2026, now=NOW, rules=self.agency.rules),
            )
            for employee in employees
        ]
        async with self.engine.begin() as transaction:
            await create(transaction, self.agency.cycle, entrants)

    async def summary(self, **fields: Any) -> Preflight:
        async with self.engine.connect() as connection:
            return await preflight(connection, self.look(**fields))

    async def causes(self, **fields: Any) -> dict[Cause, tuple[int, int]]:
        return {total.cause: (total.count, total.people) for total in (await self.summary(**fields)).causes}

    async def of(self, cause: Cause, **fields: Any) -> list[Finding]:
        async with self.engine.connect() as connection:
            return await findings(connection, self.look(**fields), cause, after=None, limit=100)

    async def named(self, cause: Cause, **fields: Any) -> list[uuid.UUID]:
        return [finding.subject for finding in await self.of(cause, **fields)]


@pytest.fixture
async def scene(database: AsyncEngine) -> Scene:
    """Nothing is wrong in it but that its topmost official has no rater."""
    scene = Scene(database, await build_agency(database, employees=4))
    agency = scene.agency
    for official, echelon in ((agency.head, "21"), (agency.director, "31"), (agency.superior, "32")):
        await scene.person(official, post_kind="1", echelon=echelon)
    await scene.person(agency.rater, post_kind="1", echelon="41")
    return scene


async def test_an_agency_in_order_can_be_launched_but_for_its_head(scene: Scene) -> None:
    found = await scene.summary()
    assert (found.people, found.running, found.ready, found.exempt, found.blocked) == (9, 0, 8, 0, 1)
    assert [(total.cause, total.count, total.people) for total in found.causes] == [
        (SkipReason.NO_RATER, 1, 1)
    ]


async def test_the_head_without_a_rater_is_named(scene: Scene) -> None:
    (finding,) = await scene.of(SkipReason.NO_RATER)
    assert (finding.subject, finding.rater, finding.stand_in) == (scene.agency.head, None, None)
    assert finding.person is not None
    assert finding.person.name.startswith("Head")


@pytest.mark.parametrize("cause", ("own_superior", "superior_unknown", "superior_loop", "superior_damaged"))
async def test_what_the_roster_said_of_the_superior_is_why_there_is_no_rater(
    scene: Scene, cause: str
) -> None:
    await scene.run("DELETE FROM assignment WHERE employee_id = :id", id=scene.agency.employee)
    await scene.roster_said(scene.agency.employee, cause)
    assert await scene.named(SkipReason(cause)) == [scene.agency.employee]


async def test_what_the_roster_said_is_settled_once_there_is_a_rater(scene: Scene) -> None:
    await scene.roster_said(scene.agency.employee, "superior_unknown")
    assert SkipReason.SUPERIOR_UNKNOWN not in await scene.causes()


async def test_a_unit_without_a_zone_keeps_its_people_out(scene: Scene) -> None:
    await scene.run("UPDATE unit SET zone = '' WHERE id = :id", id=scene.agency.unit)
    assert await scene.causes() == {SkipReason.NO_CALENDAR: (9, 9)}
    assert (await scene.summary()).ready == 0


async def test_a_merged_unit_keeps_its_people_out(scene: Scene) -> None:
    await scene.run(
        "UPDATE unit SET merged_into = id, merged_at = :at WHERE id = :id", id=scene.agency.unit, at=NOW - DAY
    )
    assert await scene.causes() == {SkipReason.UNIT_MERGED: (9, 9)}


@pytest.mark.parametrize(
    ("standing", "cause"),
    (
        ("02", SkipReason.UNPAID_LEAVE),
        ("04", SkipReason.SUSPENDED),
        ("07", SkipReason.STATE_OFFICIAL),
        ("13", SkipReason.UNPAID_LEAVE),
        ("20", SkipReason.PRE_RETIREMENT),
    ),
)
async def test_whom_the_law_exempts_is_exempt_and_no_fault(
    scene: Scene, standing: str, cause: SkipReason
) -> None:
    """PP 30/2019 art 23, and whoever is out of service."""
    await scene.person(scene.agency.employee, legal_standing=standing, email="")
    found = await scene.summary()
    assert (found.exempt, found.blocked, found.ready) == (1, 1, 7)
    assert await scene.named(cause) == [scene.agency.employee]
    assert Concern.EMAIL_MISSING not in {total.cause for total in found.causes}


@pytest.mark.parametrize("standing", ("98", "99"))
async def test_whoever_has_left_is_not_in_service_and_not_exempt(scene: Scene, standing: str) -> None:
    """PP 30/2019 art 23 lists nobody who has left."""
    await scene.person(scene.agency.employee, legal_standing=standing, email="")
    found = await scene.summary()
    assert (found.exempt, found.not_in_service, found.blocked, found.ready) == (0, 1, 1, 7)
    assert await scene.named(SkipReason.LEFT_SERVICE) == [scene.agency.employee]
    assert Concern.EMAIL_MISSING not in {total.cause for total in found.causes}


async def test_when_a_rater_is_away_the_one_who_steps_in_is_named(scene: Scene) -> None:
    """PP 30/2019 art 46(3)."""
    await scene.absent(scene.agency.rater, AbsenceKind.STUDY)
    found = await scene.of(Concern.RATER_AWAY)
    assert {finding.subject for finding in found} == set(scene.agency.employees)
    first = found[0]
    assert first.rater is not None
    assert first.stand_in is not None
    assert (first.rater.id, first.stand_in.id) == (scene.agency.rater, scene.agency.superior)
    assert first.basis == "stepping_in"


async def test_when_a_rater_is_away_with_a_substitute_the_substitute_is_named(scene: Scene) -> None:
    await scene.absent(scene.agency.rater, AbsenceKind.LEAVE, days=60)
    await scene.substituted(scene.agency.rater, scene.agency.officer)
    found = await scene.of(Concern.RATER_AWAY)
    assert {(finding.stand_in and finding.stand_in.id, finding.basis) for finding in found} == {
        (scene.agency.officer, "plh")
    }


@pytest.mark.parametrize("standing", ("02", "04", "20", "98", "99"))
async def test_a_rater_whose_standing_keeps_him_from_acting_is_away(scene: Scene, standing: str) -> None:
    await scene.person(scene.agency.rater, legal_standing=standing)
    assert (await scene.causes())[Concern.RATER_AWAY] == (4, 4)


async def test_a_leave_of_up_to_a_month_leaves_the_rater_in_place(scene: Scene) -> None:
    await scene.absent(scene.agency.rater, AbsenceKind.LEAVE, days=20)
    assert Concern.RATER_AWAY not in await scene.causes()


async def test_where_nobody_above_can_act_the_line_ends(scene: Scene) -> None:
    await scene.absent(scene.agency.head, AbsenceKind.DIED)
    found = await scene.of(Concern.LINE_ENDS)
    assert [finding.subject for finding in found] == [scene.agency.director]
    assert found[0].rater is not None
    assert found[0].rater.id == scene.agency.head


async def test_a_rater_on_leave_without_substitute_is_named_with_the_number_of_people(scene: Scene) -> None:
    await scene.absent(scene.agency.rater, AbsenceKind.LEAVE, days=20)
    (finding,) = await scene.of(Concern.NO_SUBSTITUTE)
    assert (finding.subject, finding.people) == (scene.agency.rater, 4)


async def test_a_rater_on_leave_with_a_substitute_is_in_order(scene: Scene) -> None:
    await scene.absent(scene.agency.rater, AbsenceKind.LEAVE, days=20)
    await scene.substituted(scene.agency.rater, scene.agency.officer)
    assert Concern.NO_SUBSTITUTE not in await scene.causes()


async def test_a_substitute_who_is_away_is_none(scene: Scene) -> None:
    await scene.absent(scene.agency.rater, AbsenceKind.LEAVE, days=20)
    await scene.substituted(scene.agency.rater, scene.agency.officer)
    await scene.absent(scene.agency.officer, AbsenceKind.STUDY)
    assert await scene.named(Concern.NO_SUBSTITUTE) == [scene.agency.rater]


async def test_somebody_on_leave_who_rates_nobody_needs_no_substitute(scene: Scene) -> None:
    await scene.absent(scene.agency.employee, AbsenceKind.LEAVE, days=20)
    assert Concern.NO_SUBSTITUTE not in await scene.causes()


@pytest.mark.parametrize("echelon", ("", "51"))
async def test_a_rater_below_pengawas_without_a_letter_is_named(scene: Scene, echelon: str) -> None:
    """PP 30/2019 art 1(8)."""
    await scene.person(scene.agency.rater, echelon=echelon)
    (finding,) = await scene.of(Concern.RATER_BELOW_PENGAWAS)
    assert (finding.subject, finding.people) == (scene.agency.rater, 4)


async def test_a_delegation_by_letter_makes_anybody_a_rater(scene: Scene) -> None:
    """PP 30/2019 art 1(8)."""
    await scene.add(
        Assignment(
            employee_id=scene.agency.employee,
            capacity="rater",
            holder_id=scene.agency.officer,
            kind="delegated",
            letter="SK-7/2026",
            valid_from=LONG_AGO,
        )
    )
    assert Concern.RATER_BELOW_PENGAWAS not in await scene.causes()


async def test_a_delegation_without_a_letter_does_not(scene: Scene) -> None:
    await scene.add(
        Assignment(
            employee_id=scene.agency.employee,
            capacity="rater",
            holder_id=scene.agency.officer,
            kind="delegated",
            valid_from=LONG_AGO,
        )
    )
    (finding,) = await scene.of(Concern.RATER_BELOW_PENGAWAS)
    assert (finding.subject, finding.people) == (scene.agency.officer, 1)


async def test_a_span_at_the_limit_is_in_order_and_one_above_it_is_not(scene: Scene) -> None:
    assert Concern.SPAN_OVER_LIMIT not in await scene.causes(span=4)
    (finding,) = await scene.of(Concern.SPAN_OVER_LIMIT, span=3)
    assert (finding.subject, finding.people) == (scene.agency.rater, 4)


@pytest.mark.parametrize(
    ("echelon", "born", "retires"),
    (
        ("41", 1968, True),
        ("41", 1966, False),
        ("41", 1969, False),
        ("31", 1968, True),
        ("22", 1966, True),
        ("22", 1968, False),
    ),
)
async def test_a_rater_who_reaches_the_age_of_retirement_in_the_year_is_named(
    scene: Scene, echelon: str, born: int, retires: bool
) -> None:
    """UU 20/2023 art 55: 60 for high offices, 58 for the other structural posts."""
    await scene.person(scene.agency.rater, echelon=echelon, nip=f"{born}04162000011001")
    expected = [scene.agency.rater] if retires else []
    assert await scene.named(Concern.RATER_RETIRES) == expected


@pytest.mark.parametrize(
    ("employment", "until", "named"),
    (
        ("PPPK", dt.date(2026, 12, 30), True),
        ("PPPK", dt.date(2026, 12, 31), False),
        ("PPPK", None, False),
        ("PNS", dt.date(2026, 6, 30), False),
    ),
)
async def test_a_pppk_whose_contract_ends_before_the_year_does_is_named(
    scene: Scene, employment: str, until: dt.date | None, named: bool
) -> None:
    """PP 49/2018 art 37: a contract is extended by performance, so that it may not be."""
    employee = scene.agency.employee
    await scene.person(employee, employment=employment, contract_until=until)
    assert await scene.named(Concern.CONTRACT_ENDS) == ([employee] if named else [])


async def test_a_contract_of_somebody_who_is_exempt_is_of_no_concern(scene: Scene) -> None:
    await scene.person(
        scene.agency.employee,
        employment="PPPK",
        contract_until=dt.date(2026, 6, 30),
        legal_standing="02",
    )
    assert await scene.named(Concern.CONTRACT_ENDS) == []


async def test_a_unit_in_which_nobody_holds_a_structural_post_is_named(scene: Scene) -> None:
    unit = OrganisationUnit(agency_id=scene.agency.agency, code="U2", name="Seksi", zone="Asia/Jakarta")
    await scene.add(unit)
    await scene.run(
        "UPDATE person SET unit_id = (SELECT id FROM unit WHERE code = 'U2') WHERE id = ANY(:ids)",
        ids=list(scene.agency.employees[:3]),
    )
    (finding,) = await scene.of(Concern.VACANT_POST)
    assert (finding.person, finding.unit_code, finding.people) == (None, "U2", 3)


async def test_a_unit_whose_only_official_is_away_is_vacant_until_somebody_acts_for_him(scene: Scene) -> None:
    agency = scene.agency
    await scene.run("UPDATE person SET echelon = '' WHERE id <> :rater", rater=agency.rater)
    assert Concern.VACANT_POST not in await scene.causes()
    await scene.absent(agency.rater, AbsenceKind.STUDY)
    assert await scene.named(Concern.VACANT_POST) == [agency.unit]
    await scene.substituted(agency.rater, agency.officer, "plt")
    assert Concern.VACANT_POST not in await scene.causes()


async def test_a_person_without_an_address_is_named(scene: Scene) -> None:
    await scene.person(scene.agency.employee, email="")
    (finding,) = await scene.of(Concern.EMAIL_MISSING)
    assert finding.subject == scene.agency.employee
    assert finding.rater is not None
    assert finding.rater.id == scene.agency.rater


async def test_a_rater_without_an_address_is_named_even_if_nobody_rates_him(scene: Scene) -> None:
    await scene.person(scene.agency.head, email="", legal_standing="07")
    assert await scene.named(Concern.EMAIL_MISSING) == [scene.agency.head]


async def test_whom_the_roster_names_in_two_units_is_named(scene: Scene) -> None:
    await scene.roster_said(scene.agency.employee, "two_units")
    await scene.roster_said(scene.agency.employee, "two_units")
    assert await scene.causes() == {SkipReason.NO_RATER: (1, 1), Concern.TWO_UNITS: (1, 1)}
    assert await scene.named(Concern.TWO_UNITS) == [scene.agency.employee]


async def test_whoever_runs_already_is_no_more_to_be_launched(scene: Scene) -> None:
    await scene.record(*scene.agency.employees[:2])
    found = await scene.summary()
    assert (found.people, found.running, found.ready, found.blocked) == (9, 2, 6, 1)


async def test_whoever_is_on_record_runs_whatever_became_of_him(scene: Scene) -> None:
    await scene.record(scene.agency.employee)
    await scene.person(scene.agency.employee, legal_standing="98")
    found = await scene.summary()
    assert (found.running, found.ready, found.exempt) == (1, 7, 0)


async def test_a_case_on_record_that_lost_its_rater_is_one_whose_line_ends(scene: Scene) -> None:
    await scene.record(scene.agency.employee)
    await scene.run("DELETE FROM assignment WHERE employee_id = :id", id=scene.agency.employee)
    (finding,) = await scene.of(Concern.LINE_ENDS)
    assert (finding.subject, finding.rater) == (scene.agency.employee, None)


async def test_an_official_of_one_case_alone_is_the_rater_that_is_looked_at(scene: Scene) -> None:
    employee, other = scene.agency.employees[:2]
    await scene.record(employee, other)
    await scene.add(
        Assignment(
            employee_id=employee,
            capacity="rater",
            holder_id=scene.agency.officer,
            valid_from=LONG_AGO,
            appraisal_id=appraisal_id(scene.agency.cycle, employee),
        )
    )
    (finding,) = await scene.of(Concern.RATER_BELOW_PENGAWAS)
    assert (finding.subject, finding.people) == (scene.agency.officer, 1)


async def test_a_closed_period_keeps_the_rater_of_its_time(scene: Scene) -> None:
    """PP 30/2019 art 36."""
    employee = scene.agency.employee
    await scene.record(employee)
    await scene.run(
        "UPDATE assignment SET valid_until = :at WHERE employee_id = :id", id=employee, at=NOW - 2 * DAY
    )
    await scene.add(
        Assignment(
            employee_id=employee, capacity="rater", holder_id=scene.agency.officer, valid_from=NOW - 2 * DAY
        )
    )
    assert await scene.named(Concern.RATER_BELOW_PENGAWAS) == [scene.agency.officer]
    await scene.run("UPDATE appraisal SET relations_until = :at", at=NOW - 3 * DAY)
    assert await scene.named(Concern.RATER_BELOW_PENGAWAS) == []


async def test_the_moment_decides_who_is_away(scene: Scene) -> None:
    await scene.absent(scene.agency.rater, AbsenceKind.LEAVE, days=60)
    assert Concern.RATER_AWAY in await scene.causes()
    assert Concern.RATER_AWAY not in await scene.causes(moment=NOW + 90 * DAY)


async def test_a_selection_is_looked_at_alone(scene: Scene) -> None:
    await scene.person(scene.agency.employee, email="")
    found = await scene.summary(who=Selection(people=scene.agency.employees[1:]))
    assert (found.people, found.ready, found.causes) == (3, 3, ())


async def test_a_unit_is_looked_at_with_all_below_it(scene: Scene) -> None:
    await scene.add(
        OrganisationUnit(
            agency_id=scene.agency.agency,
            code="U2",
            name="S",
            zone="Asia/Jakarta",
            parent_id=scene.agency.unit,
        )
    )
    await scene.run(
        "UPDATE person SET unit_id = (SELECT id FROM unit WHERE code = 'U2') WHERE id = :id",
        id=scene.agency.employee,
    )
    assert (await scene.summary(who=Selection(units=(scene.agency.unit,)))).people == 9


async def test_another_agency_is_not_looked_at(scene: Scene) -> None:
    await build_agency(scene.engine, name="Kabupaten Lain", employees=3)
    assert (await scene.summary()).people == 9


async def test_pages_of_a_cause_show_everybody_once_in_order(scene: Scene) -> None:
    await scene.run("UPDATE person SET email = ''")
    seen: list[uuid.UUID] = []
    async with scene.engine.connect() as connection:
        while page := await findings(
            connection, scene.look(), Concern.EMAIL_MISSING, after=seen[-1] if seen else None, limit=4
        ):
            seen += [finding.subject for finding in page]
    assert seen == sorted(seen)
    assert len(set(seen)) == len(seen) == 9


async def make_everything_wrong(scene: Scene) -> None:
    """Something of nearly every cause, with causes that meet in one person."""
    agency = scene.agency
    await scene.absent(agency.rater, AbsenceKind.LEAVE, days=60)
    await scene.absent(agency.head, AbsenceKind.RETIRED)
    await scene.absent(agency.superior, AbsenceKind.LEAVE, days=3)
    await scene.person(agency.employees[0], legal_standing="04")
    await scene.person(agency.employees[1], email="")
    await scene.run("DELETE FROM assignment WHERE employee_id = :id", id=agency.employees[2])
    await scene.roster_said(agency.employees[2], "superior_damaged")
    await scene.roster_said(agency.employees[3], "two_units")
    await scene.person(agency.superior, echelon="", nip="196804162000011001")


async def test_the_report_holds_what_the_summary_counts(scene: Scene) -> None:
    await make_everything_wrong(scene)
    for cause in CAUSES:
        assert len(await scene.of(cause, span=3)) == (await scene.causes(span=3)).get(cause, (0, 0))[0]
    reported: dict[Cause, list[int]] = {}
    async with scene.engine.connect() as connection:
        async for part in every_finding(connection, scene.look(span=3)):
            for finding in part:
                reported.setdefault(finding.cause, []).append(finding.people)
    summed = {cause: (len(people), sum(people)) for cause, people in reported.items()}
    assert summed == await scene.causes(span=3)
    assert list(reported) == [cause for cause in CAUSES if cause in reported]
    assert len(reported) >= 9


async def test_exactly_those_are_kept_out_whom_the_launch_would_skip(scene: Scene) -> None:
    await make_everything_wrong(scene)
    await scene.record(scene.agency.employees[0])
    async with scene.engine.connect() as connection:
        page = await candidates(connection, scene.agency.cycle, after=None, limit=100, moment=NOW)
    skipped = {(each.employee, each.skip) for each in page if each.skip is not None}
    kept_out = {
        (subject, cause)
        for cause in CAUSES
        if severity_of(cause) is not Severity.WARNS
        for subject in await scene.named(cause)
    }
    assert kept_out == skipped
    assert (await scene.summary()).ready == len(page) - len(skipped)


async def test_the_official_who_is_shown_is_the_one_whom_the_resolver_knows(scene: Scene) -> None:
    await make_everything_wrong(scene)
    async with scene.engine.connect() as connection:
        found = [
            finding
            for cause in (Concern.RATER_AWAY, Concern.LINE_ENDS)
            for finding in await findings(connection, scene.look(), cause, after=None, limit=100)
        ]
        assert found
        for finding in found:
            rater, resolved = (
                await connection.execute(
                    text("""
                        SELECT official_of(:employee, NULL, NULL, 'rater', :moment),
                            (SELECT holder FROM responsible(:employee, NULL, NULL, 'rater', :moment, '{}'))"""),
                    {"employee": finding.subject, "moment": NOW},
                )
            ).one()
            assert finding.rater is not None
            assert (finding.rater.id, finding.stand_in and finding.stand_in.id) == (rater, resolved)


async def test_every_cause_has_its_effect_and_none_is_forgotten() -> None:
    assert set(CAUSES) == {*SkipReason, *Concern}
    assert len(CAUSES) == len(set(CAUSES))
    effects = [severity_of(cause) for cause in CAUSES]
    assert effects == sorted(
        effects, key=[Severity.BLOCKS, Severity.WARNS, Severity.EXEMPT, Severity.NOT_IN_SERVICE].index
    )
