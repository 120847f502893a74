import datetime as dt
import uuid
from dataclasses import replace

import pytest

from service.rehearsal.people import Ensemble
from states.appraisal import Appraisal
from states.scripted.temperament import Temperament
from states.stages import Capacity, Stage
from store.cycle.rehearsing import RehearsedCase
from tests.service.rehearsal.conftest import person

HEAD, OFFICER, DEPUTY, CHIEF, OTHER_CHIEF, EMPLOYEE, OTHER = (uuid.UUID(int=number) for number in range(1, 8))
EVERYBODY_ABSENT = {Temperament.ABSENT: 1.0}


def ensemble(mix: dict[Temperament, float] | None = None) -> Ensemble:
    people = [
        person(1),
        person(2, rater=HEAD, hr=True),
        person(3, rater=OFFICER, hr=True),
        person(4, rater=HEAD),
        person(5, rater=HEAD),
        person(6, rater=CHIEF),
        person(7, rater=OTHER_CHIEF),
    ]
    return Ensemble(people, mix or {Temperament.PROMPT: 1.0})


def case(
    employee: uuid.UUID = EMPLOYEE, *, rater: uuid.UUID = CHIEF, signed: tuple[str, ...] = ()
) -> RehearsedCase:
    appraisal = Appraisal(
        id=str(uuid.UUID(int=99)),
        employee=str(employee),
        year=2026,
        rulebook="nasional/1",
        calendar="x",
        stage=Stage.RATING,
        sequence=5,
        entered_at=dt.datetime(2027, 1, 5, tzinfo=dt.UTC),
        result_by=signed,
    )
    return RehearsedCase(appraisal, {Capacity.RATER: (rater,), Capacity.RATER_SUPERIOR: (HEAD,)})


def test_the_employee_acts_in_the_own_case() -> None:
    assert ensemble().actor(case(), Capacity.EMPLOYEE) == EMPLOYEE


def test_officials_are_those_of_the_record() -> None:
    assert ensemble().actor(case(), Capacity.RATER) == CHIEF
    assert ensemble().actor(case(), Capacity.APPEALS_OFFICER) is None


def test_a_personnel_officer_never_looks_after_the_own_case() -> None:
    assert ensemble().actor(case(OFFICER), Capacity.HR) == DEPUTY


def test_a_personnel_officer_who_is_away_is_passed_over() -> None:
    assert ensemble().actor(case(), Capacity.HR) == OFFICER
    assert ensemble().actor(case(), Capacity.HR, away={OFFICER}) == DEPUTY
    assert ensemble().actor(case(), Capacity.HR, away={OFFICER, DEPUTY}) in {OFFICER, DEPUTY}


def test_the_official_whom_the_roster_names_has_the_own_temperament() -> None:
    tempers = ensemble(EVERYBODY_ABSENT).temperaments(case())
    assert tempers[Capacity.RATER] is Temperament.ABSENT
    assert tempers[Capacity.RATER_SUPERIOR] is Temperament.ABSENT


def test_whoever_stands_in_is_steady() -> None:
    tempers = ensemble(EVERYBODY_ABSENT).temperaments(case(rater=OTHER_CHIEF))
    assert tempers[Capacity.RATER] is Temperament.STEADY


def test_people_keep_their_temperament_under_other_ids() -> None:
    one, two = person(17), replace(person(17), id=uuid.uuid4())
    assert Ensemble([one]).temperament(one.id) == Ensemble([two]).temperament(two.id)


def test_a_colleague_of_the_same_superior_takes_over() -> None:
    assert ensemble().successor(case(), Capacity.RATER) in {OFFICER, OTHER_CHIEF}


def test_whoever_set_the_result_does_not_take_over_the_objection() -> None:
    barred = case(signed=(str(OFFICER), str(OTHER_CHIEF)))
    assert ensemble().successor(barred, Capacity.RATER) == HEAD


def test_a_personnel_officer_takes_over_from_a_rater_and_from_nobody_above() -> None:
    all_signed = case(signed=(str(OTHER_CHIEF), str(HEAD), str(OFFICER)))
    assert ensemble().successor(all_signed, Capacity.RATER) == DEPUTY
    assert ensemble().successor(all_signed, Capacity.APPEALS_OFFICER) is None


@pytest.mark.parametrize("capacity", (Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER))
def test_nobody_takes_over_the_own_case(capacity: Capacity) -> None:
    assert ensemble().successor(case(OTHER_CHIEF, rater=HEAD), capacity) != OTHER_CHIEF
