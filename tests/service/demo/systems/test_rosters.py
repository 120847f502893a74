"""The agencies of the demonstration are rosters that an import accepts, with people who fit their schemes."""

import datetime as dt
from collections import Counter

import pytest

from content.inputs.rules import SurveyRules
from content.plan.library import family_of
from schemes.loading import builtin_names, builtin_system
from service.demo.systems import (
    GERUNGGANG,
    KOTABUMI,
    NASIONAL,
    SAMARINDA,
    SYSTEMS,
    TANGSEL_EVALUASI,
    TANGSEL_KOMPETENSI,
    DemoSystem,
)
from service.roster import PersonRow
from states.nip import parse_nip

each_system = pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.scheme)
each_small = pytest.mark.parametrize(
    "system", [each for each in SYSTEMS if each is not NASIONAL], ids=lambda system: system.scheme
)


def holders(system: DemoSystem, role: str) -> list[PersonRow]:
    return [person for person in system.roster().people if role in system.roles.get(person.nip, ())]


def test_each_system_has_a_scheme_and_an_agency_of_its_own() -> None:
    assert {system.scheme for system in SYSTEMS} == set(builtin_names())
    assert len({system.agency for system in SYSTEMS}) == len(SYSTEMS)


@each_system
def test_a_roster_has_no_problem(system: DemoSystem) -> None:
    assert [problem.reason for problem in system.roster().problems] == []


@each_small
def test_nothing_in_a_roster_is_doubtful(system: DemoSystem) -> None:
    roster = system.roster()
    doubts = [unit.warnings for unit in roster.units] + [person.warnings for person in roster.people]
    assert set(doubts) == {()}


@each_small
def test_an_agency_is_small(system: DemoSystem) -> None:
    roster = system.roster()
    assert 10 <= len(roster.people) <= 24
    assert 3 <= len(roster.units) <= 7


@each_system
def test_everybody_but_the_head_is_rated_and_every_line_ends_at_the_head(system: DemoSystem) -> None:
    by_nip = {person.nip: person for person in system.roster().people}
    (head,) = [person for person in by_nip.values() if person.superior_nip is None]
    for person in by_nip.values():
        while person.superior_nip is not None:
            person = by_nip[person.superior_nip]
        assert person is head


@each_small
def test_every_rater_stands_in_the_unit_of_the_rated_or_in_one_above(system: DemoSystem) -> None:
    roster = system.roster()
    parents = {unit.unit_id: unit.parent_id for unit in roster.units}
    units = {person.nip: person.unit_id for person in roster.people}
    for person in roster.people:
        unit: str | None = person.unit_id
        above = set()
        while unit is not None:
            above.add(unit)
            unit = parents[unit]
        assert person.superior_nip is None or units[person.superior_nip] in above


@each_system
def test_every_unit_has_somebody(system: DemoSystem) -> None:
    roster = system.roster()
    assert {unit.unit_id for unit in roster.units} == {person.unit_id for person in roster.people}


@each_system
def test_two_officers_look_after_the_agency_and_one_of_them_operates_it(system: DemoSystem) -> None:
    officers = holders(system, "hr")
    assert len(officers) == 2
    assert [person.nip for person in holders(system, "operator")] == [system.operator]
    assert system.operator in {person.nip for person in officers}


@each_system
def test_an_objection_of_those_whom_the_head_rates_finds_somebody_to_decide_it(system: DemoSystem) -> None:
    roster = system.roster()
    (head,) = [person for person in roster.people if person.superior_nip is None]
    deciders = {person.nip for person in holders(system, "top_decider")}
    assert head.nip in deciders
    assert all(deciders - {head.nip, person.nip} for person in roster.people)


@each_system
def test_a_nip_is_well_formed_and_its_ending_shows_that_it_is_invented(system: DemoSystem) -> None:
    for person in system.roster().people:
        assert parse_nip(person.nip, today=dt.date(2026, 1, 1)).sequence >= 900
        assert person.email.endswith("@contoh.example")
        assert person.phone.startswith("+62800")


def test_no_nip_and_no_address_is_used_twice() -> None:
    people = [person for system in SYSTEMS for person in system.roster().people]
    assert max(Counter(person.nip for person in people).values()) == 1
    assert max(Counter(person.email for person in people).values()) == 1


def test_samarinda_lives_in_central_time_and_has_leaders_of_projects() -> None:
    roster = SAMARINDA.roster()
    assert {unit.zone for unit in roster.units} == {"Asia/Makassar"}
    assert {"dinas", "kecamatan"} <= {unit.kind for unit in roster.units}
    assert sum("Ketua Tim Proyek" in person.position for person in roster.people) >= 2


@pytest.mark.parametrize(
    "system", (GERUNGGANG, KOTABUMI, TANGSEL_EVALUASI, TANGSEL_KOMPETENSI), ids=lambda system: system.scheme
)
def test_every_family_of_an_indicator_library_has_people(system: DemoSystem) -> None:
    rules = builtin_system(system.scheme).content
    assert rules is not None
    families = Counter(family_of(person.position, rules) for person in system.roster().people)
    assert all(families[family] >= 2 for family in rules.library)


def test_tangerang_selatan_has_a_hospital_with_service_units() -> None:
    units = {unit.unit_id: unit for unit in TANGSEL_EVALUASI.roster().units}
    hospital = next(unit for unit in units.values() if unit.kind == "rumah sakit")
    served = {unit.name for unit in units.values() if unit.parent_id == hospital.unit_id}
    assert {"Unit Rawat Jalan", "Unit Farmasi", "Unit Laboratorium"} < served


def test_in_kotabumi_a_teacher_has_enough_peers_for_a_survey() -> None:
    teachers = [person for person in KOTABUMI.roster().people if person.position.startswith("Guru")]
    rules = builtin_system(KOTABUMI.scheme).content
    assert rules is not None
    survey = rules.inputs["peers"]
    assert isinstance(survey, SurveyRules)
    assert len({person.unit_id for person in teachers}) == 1
    assert len(teachers) - 1 >= survey.minimum


def test_in_tangsel_a_unit_has_enough_people_of_one_family_for_a_programme() -> None:
    rules = builtin_system(TANGSEL_KOMPETENSI.scheme).content
    assert rules is not None
    assert rules.follow_up.programme is not None
    together = Counter(
        (person.unit_id, family_of(person.position, rules)) for person in TANGSEL_KOMPETENSI.roster().people
    )
    assert together["T0003", "health"] > rules.follow_up.programme.people
    assert None not in {family for _, family in together}
