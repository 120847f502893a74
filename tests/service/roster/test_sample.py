"""The sample agency is a roster that an import accepts and that shows what matters."""

import pytest

from service.roster import Employment, PersonRow, Roster, RosterFile, read_roster
from service.roster.sample import sample_file
from states.standing import LegalStanding


@pytest.fixture(scope="module")
def roster() -> Roster:
    return read_roster(sample_file(RosterFile.UNITS), sample_file(RosterFile.PEOPLE))


def chain(person: PersonRow, by_nip: dict[str, PersonRow]) -> list[PersonRow]:
    above: list[PersonRow] = []
    while person.superior_nip is not None:
        person = by_nip[person.superior_nip]
        above.append(person)
    return above


def test_the_sample_has_no_problem(roster: Roster) -> None:
    assert [problem.reason for problem in roster.problems] == []
    assert len(roster.units) == 12
    assert len(roster.people) == 60


def test_every_chain_of_superiors_ends_at_the_secretary(roster: Roster) -> None:
    by_nip = {person.nip: person for person in roster.people}
    heads = [person for person in roster.people if person.superior_nip is None]
    assert [head.position for head in heads] == ["Sekretaris Daerah"]
    assert all(chain(person, by_nip)[-1] == heads[0] for person in roster.people if person != heads[0])


def test_at_least_three_levels_of_raters_stand_above_somebody(roster: Roster) -> None:
    by_nip = {person.nip: person for person in roster.people}
    assert max(len(chain(person, by_nip)) for person in roster.people) >= 3


def test_both_kinds_of_civil_servant_and_an_exempt_person_are_there(roster: Roster) -> None:
    assert {person.employment for person in roster.people} == set(Employment)
    assert any(person.standing is LegalStanding.UNPAID_LEAVE for person in roster.people)


def test_every_pppk_has_a_contract_that_ends_and_nobody_else(roster: Roster) -> None:
    assert {person.employment for person in roster.people if person.contract_until} == {Employment.PPPK}
    assert all(person.contract_until for person in roster.people if person.employment is Employment.PPPK)


def test_every_unit_has_somebody(roster: Roster) -> None:
    assert {unit.unit_id for unit in roster.units} == {person.unit_id for person in roster.people}


def test_nobody_in_the_sample_is_real(roster: Roster) -> None:
    assert all(int(person.nip[-3:]) >= 900 for person in roster.people)
    assert all(person.email.endswith(".example") for person in roster.people)
