"""The picture of a unit: counts without persons, proposed programmes, who may see it, and what it follows."""

import asyncio
import datetime as dt
import json
import uuid
from typing import Any

import pytest
import pytest_asyncio

from content.rules import ContentRules
from service.skills.noting import SkillNoting
from service.temporal.noting_skills import noting_skills
from states.stages import Stage
from tests.fixtures.rated import Division, Rated, build_division, put_on_record
from tests.fixtures.skills import CLERK, SKILLED, rating
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.results import done
from tests.service.api.skilled import MEETING, skill_rated, skilled_agency

pytestmark = [pytest.mark.database, pytest.mark.engine]

WEAK, ABLE, STRONG = (rating(speaking=step, filing="able") for step in ("basic", "able", "expert"))


async def division_of(
    service: Service, *, employees: int, below: int = 0, content: ContentRules = SKILLED
) -> Division:
    """A division of clerks."""
    division = await build_division(
        service.database,
        f"Kota {uuid.uuid4().hex[:8]}",
        employees=employees,
        below=below,
        content=content,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(division.agency)
    await service.run(
        "UPDATE person SET post = :post WHERE id = ANY (CAST(:people AS uuid[]))",
        post=CLERK,
        people=[str(each) for each in division.agency.employees],
    )
    return division


async def rate(service: Service, division: Division, weak: int, strong: int, *, unit: str = "staff") -> None:
    """All people of the division, or of the section below, with results: so many weak and strong in speaking."""
    people = division.staff if unit == "staff" else division.below
    steps = [WEAK] * weak + [STRONG] * strong + [ABLE] * (len(people) - weak - strong)
    where = division.unit if unit == "staff" else division.section
    cases = [
        Rated(person, "good", unit=where, filled=filled) for person, filled in zip(people, steps, strict=True)
    ]
    await put_on_record(service.database, division, cases)


async def picture(
    service: Service, division: Division, who: uuid.UUID | None = None, unit: uuid.UUID | None = None
) -> Any:
    """The picture as somebody sees it, by default a personnel officer."""
    path = f"/units/{unit or division.unit}/picture"
    answer = await service.get(who or division.agency.officer, path, cycle=str(division.agency.cycle))
    assert answer.status_code == 200, answer.text
    return answer.json()


def counts(found: Any, skill: str = "speaking") -> tuple[int | None, int | None, int | None]:
    line = next(each for each in found["skills"] if each["skill"] == skill)
    return line["known"], line["weak"], line["strong"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ten(service: Service) -> Division:
    """Ten clerks, of whom four are weak and three strong in speaking."""
    division = await division_of(service, employees=10)
    await rate(service, division, 4, 3)
    return division


async def test_the_picture_counts_and_names_nobody(service: Service, ten: Division) -> None:
    found = await picture(service, ten)
    assert (found["people"], found["minimum"], found["complete"], found["unit"]) == (10, 3, True, "Bidang U2")
    assert counts(found) == (10, 4, 3)
    assert counts(found, "filing") == (10, None, None)
    assert counts(found, "nursing") == (None, None, None)
    assert [line["group"] for line in found["skills"]] == ["Attitude", "Attitude", "Technical", "Technical"]
    text = json.dumps(found)
    for person in ten.agency.employees:
        assert str(person) not in text
    assert "Employee" not in text


async def test_a_programme_is_proposed_with_the_count_that_justifies_it(
    service: Service, ten: Division
) -> None:
    (programme,) = (await picture(service, ten))["programmes"]
    assert (programme["skill"], programme["people"], programme["known"], programme["share"]) == (
        "speaking",
        4,
        10,
        40,
    )
    assert (programme["needs_people"], programme["needs_share"]) == (3, 30)
    assert [each["training"] for each in programme["trainings"]] == ["wards", "talks"]
    assert [each["families"] for each in programme["trainings"]] == [["Perawat"], []]
    assert programme["words"] == (
        "4 of 10 people (40 percent) need strengthening in “Speaking”; "
        "a programme is proposed from 3 people and 30 percent on."
    )


@pytest.mark.parametrize(("weak", "employees"), ((2, 10), (3, 11)))
async def test_no_programme_is_proposed_below_either_threshold(
    service: Service, weak: int, employees: int
) -> None:
    division = await division_of(service, employees=employees)
    await rate(service, division, weak, 0)
    assert (await picture(service, division))["programmes"] == []


@pytest.mark.parametrize(
    ("weak", "employees", "shown"), ((2, 10, None), (3, 6, 3), (4, 6, None), (6, 6, None), (0, 6, None))
)
async def test_a_count_that_would_tell_of_persons_is_hidden(
    service: Service, weak: int, employees: int, shown: int | None
) -> None:
    division = await division_of(service, employees=employees)
    await rate(service, division, weak, 0)
    assert counts(await picture(service, division)) == (employees, shown, None)


async def test_no_subtraction_of_the_section_below_tells_of_the_few_above(service: Service) -> None:
    division = await division_of(service, employees=12, below=10)
    await rate(service, division, 1, 0)
    await rate(service, division, 4, 0, unit="below")
    assert counts(await picture(service, division, unit=division.section)) == (10, 4, None)
    assert counts(await picture(service, division)) == (12, None, None)
    assert counts(await picture(service, division, unit=division.agency.unit)) == (12, None, None)


async def test_a_unit_counts_all_that_is_below_it(service: Service) -> None:
    division = await division_of(service, employees=16, below=8)
    await rate(service, division, 3, 3)
    await rate(service, division, 4, 1, unit="below")
    assert counts(await picture(service, division, unit=division.section)) == (8, 4, None)
    assert counts(await picture(service, division)) == (16, 7, 4)


async def test_officers_the_head_and_whoever_rates_him_see_it_and_nobody_else(
    service: Service, ten: Division
) -> None:
    agency = ten.agency
    for who in (agency.officer, agency.rater, agency.superior):
        assert counts(await picture(service, ten, who)) == (10, 4, 3)
    for who in (agency.director, agency.employee, service.elsewhere.officer):
        answer = await service.get(who, f"/units/{ten.unit}/picture", cycle=str(agency.cycle))
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_without_a_cycle_it_is_the_latest_one(service: Service, ten: Division) -> None:
    answer = await service.get(ten.agency.officer, f"/units/{ten.unit}/picture")
    assert answer.json()["cycle_id"] == str(ten.agency.cycle)


@pytest.mark.parametrize("cycle", (uuid.uuid4(), None))
async def test_an_unknown_unit_or_cycle_is_not_there(
    service: Service, ten: Division, cycle: uuid.UUID | None
) -> None:
    unit = ten.unit if cycle else uuid.uuid4()
    answer = await service.get(
        ten.agency.officer, f"/units/{unit}/picture", cycle=str(cycle or ten.agency.cycle)
    )
    assert answer.status_code == 404


async def test_a_cycle_that_is_none_is_refused(service: Service, ten: Division) -> None:
    answer = await service.get(ten.agency.officer, f"/units/{ten.unit}/picture", cycle="2026")
    assert answer.status_code == 422


@pytest.mark.parametrize("stage", (Stage.RATING, Stage.MODERATION, Stage.FEEDBACK_MEETING, Stage.CANCELLED))
async def test_a_result_that_was_not_handed_over_does_not_count(service: Service, stage: Stage) -> None:
    division = await division_of(service, employees=7)
    *others, last = division.staff
    cases = [Rated(person, "good", filled=WEAK) for person in others[:3]]
    cases += [Rated(person, "good", filled=ABLE) for person in others[3:]]
    await put_on_record(service.database, division, [*cases, Rated(last, "good", stage=stage, filled=WEAK)])
    found = await picture(service, division)
    assert (found["people"], counts(found)) == (6, (6, 3, None))


async def test_the_latest_period_of_somebody_counts_in_its_unit(service: Service) -> None:
    division = await division_of(service, employees=6)
    await rate(service, division, 3, 0)
    moved = Rated(division.staff[0], "good", unit=division.section, filled=WEAK, period=2)
    await put_on_record(service.database, division, [moved])
    found = await picture(service, division)
    assert (found["people"], counts(found)) == (6, (6, 3, None))
    assert (await picture(service, division, unit=division.section))["people"] == 1


async def standing(service: Service, case: uuid.UUID, cycle: uuid.UUID) -> Any:
    """What was derived of a case, once that is up to date; None: it does not count."""
    await SkillNoting(service.database).note_waiting(cycle)
    return await service.value(
        "SELECT CASE WHEN counts THEN jsonb_build_array(weak, strong, known) END"
        " FROM skill_standing WHERE appraisal_id = :id",
        id=case,
    )


async def test_a_result_counts_once_it_was_handed_over_and_as_an_objection_changed_it(
    service: Service,
) -> None:
    agency = await skilled_agency(service)
    case = await skill_rated(service, agency)
    assert await standing(service, case, agency.cycle) is None
    await done(service, case, (agency.rater, "deliver_result", {"content": MEETING}))
    known = ["speaking", "punctual", "filing"]
    assert await standing(service, case, agency.cycle) == [["speaking", "filing"], ["punctual"], known]
    better = rating(speaking="able", punctual="able", filing="expert")
    changed = {"text": "Bukti baru", "result": {"content": better}}
    await done(
        service,
        case,
        (agency.employee, "acknowledge_receipt", None),
        (agency.employee, "object", {"text": "Arsip tertata"}),
        (agency.superior, "admit_objection", None),
        (agency.superior, "ask_employee", {"text": "Apa buktinya?"}),
        (agency.superior, "ask_rater", {"text": "Apa dasarnya?"}),
        (agency.employee, "give_statement", {"text": "Arsip tertata"}),
        (agency.rater, "give_statement", {"text": "Belum dilihat"}),
        (agency.superior, "change_result", changed),
    )
    assert await standing(service, case, agency.cycle) == [["speaking"], ["punctual", "filing"], known]


async def test_a_case_that_is_rated_anew_is_left_out_of_the_next_picture(service: Service) -> None:
    division = await division_of(service, employees=6)
    await rate(service, division, 3, 0)
    assert counts(await picture(service, division)) == (6, 3, None)
    await service.run(
        "UPDATE appraisal SET stage = 'rating', holder = 'rater', sequence = sequence + 1,"
        " snapshot = snapshot || jsonb_build_object('stage', 'rating', 'sequence', sequence + 1)"
        " WHERE employee_id = :id",
        id=division.staff[0],
    )
    found = await picture(service, division)
    assert (found["people"], counts(found)) == (5, (5, None, None))


async def test_the_loop_derives_by_itself_and_a_repetition_changes_nothing(service: Service) -> None:
    division = await division_of(service, employees=6)
    await rate(service, division, 3, 0)
    async with noting_skills(service.database, pause=dt.timedelta(seconds=0.05)):
        for _ in range(400):
            if await service.value(_DERIVED, cycle=division.agency.cycle) == 6:
                break
            await asyncio.sleep(0.05)
    assert await service.value(_DERIVED, cycle=division.agency.cycle) == 6
    assert await SkillNoting(service.database).note_waiting(division.agency.cycle) == 0


_DERIVED = "SELECT count(*) FROM skill_standing WHERE cycle_id = :cycle AND counts"


async def test_while_more_wait_than_are_derived_at_once_the_picture_says_so(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    division = await division_of(service, employees=6)
    await rate(service, division, 3, 0)
    monkeypatch.setattr("service.skills.picture.BATCH", 5)
    found = await picture(service, division)
    assert (found["complete"], found["people"]) == (False, 0)


_W = {"id": "kata", "en": "word"}
AWARDED = ContentRules.model_validate(
    SKILLED.model_dump(mode="json")
    | {
        "entries": {
            "complaint": {
                "label": _W,
                "by": ["employee"],
                "fields": [{"kind": "number", "name": "hours", "label": _W, "required": False}],
                "counted": {"label": _W, "field": "hours", "at_most": 24},
            }
        },
        "follow_up": SKILLED.follow_up.model_dump(mode="json")
        | {
            "awards": [
                {
                    "name": "quick",
                    "label": {"id": "Penanganan keluhan", "en": "Handling of complaints"},
                    "gives": _W,
                    "needs": [{"entry": "complaint", "at_least": 2, "counted": True}],
                    "predicates": ["good"],
                    "article": "PP 30/2019 art 55",
                }
            ]
        },
    }
)


async def awarded(service: Service, quick: int, *, stage: Stage = Stage.FINALISED) -> Any:
    """What the picture says of a division of ten, of whom so many settled two complaints in time."""
    division = await division_of(service, employees=10, content=AWARDED)
    cases = [Rated(each, "good", unit=division.unit, stage=stage, filled=ABLE) for each in division.staff]
    await put_on_record(service.database, division, cases)
    await service.run(
        """
        INSERT INTO entry (id, appraisal_id, kind, author_id, capacity, key, fingerprint, item, noted_on,
            confidential, content, recorded_at)
        SELECT gen_random_uuid(), appraisal.id, 'complaint', employee_id, 'employee', 'k' || number, '', '',
            DATE '2026-05-05', false, jsonb_build_object('hours', CASE
                WHEN employee_id = ANY (CAST(:quick AS uuid[])) OR number = 1 THEN 8 ELSE 90 END), now()
        FROM appraisal CROSS JOIN generate_series(1, 2) AS number WHERE cycle_id = :cycle
        """,
        quick=[str(each) for each in division.staff[:quick]],
        cycle=division.agency.cycle,
    )
    return (await picture(service, division))["awards"]


async def test_awards_are_counted_by_what_the_scheme_asks(service: Service) -> None:
    (award,) = await awarded(service, 4)
    assert (award["award"], award["label"], award["people"]) == ("quick", "Handling of complaints", 4)


@pytest.mark.parametrize("quick", (0, 2, 8))
async def test_a_count_of_awards_that_would_tell_of_persons_is_hidden(service: Service, quick: int) -> None:
    (award,) = await awarded(service, quick)
    assert award["people"] is None


async def test_no_award_is_counted_before_results_are_final(service: Service) -> None:
    (award,) = await awarded(service, 4, stage=Stage.RESPONSE)
    assert award["people"] is None


async def test_a_scheme_without_awards_counts_none(service: Service, ten: Division) -> None:
    assert (await picture(service, ten))["awards"] == []
