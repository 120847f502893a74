"""The skills of a case over HTTP: who sees which side, what follows, and what comes back next year."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from service.skills.noting import SkillNoting
from tests.fixtures.agency import SmallAgency
from tests.service.api.conftest import Service
from tests.service.api.meetings import agency_with
from tests.service.api.results import done, levels, receipt
from tests.service.api.skilled import (
    MEETING,
    self_assessed,
    skill_delivered,
    skill_rated,
    skilled_agency,
)
from tests.service.api.test_agreed import in_year, this_year


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await skilled_agency(service)


async def skills(service: Service, person: uuid.UUID, case: uuid.UUID, language: str = "en") -> Any:
    headers = service.headers(person, **{"Accept-Language": language})
    answer = await service.http.get(f"/api/v1/appraisals/{case}/skills", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def sides(found: Any) -> dict[str, tuple[str | None, str | None, int | None, str | None]]:
    return {
        line["skill"]: (
            line["own"] and line["own"]["step"],
            line["rated"] and line["rated"]["step"],
            line["gap"],
            line["standing"],
        )
        for line in found["skills"]
    }


async def test_before_the_rating_there_is_only_the_own_word(service: Service, agency: SmallAgency) -> None:
    case = await self_assessed(service, agency)
    for who in (agency.employee, agency.rater, agency.officer):
        found = await skills(service, who, case)
        assert sides(found) == {
            "speaking": ("able", None, None, None),
            "punctual": ("expert", None, None, None),
            "filing": ("able", None, None, None),
        }
        assert (found["family"], found["family_name"], found["delivered"]) == ("clerks", "Tata Usaha", False)
        assert found["skills"][0]["own"]["meaning"] == "What able means"
        assert [line["group"] for line in found["skills"]] == ["Attitude", "Attitude", "Technical"]
        assert {each["why_not"] for each in found["trainings"]} == {"nothing_weak"}


async def test_the_employee_sees_the_superiors_side_only_once_it_was_handed_over(
    service: Service, agency: SmallAgency
) -> None:
    case = await skill_rated(service, agency)
    assert [each[1] for each in sides(await skills(service, agency.employee, case)).values()] == [None] * 3
    for who in (agency.rater, agency.officer):
        found = await skills(service, who, case)
        assert sides(found)["filing"] == ("able", "basic", -1, "weak")
        assert found["weaknesses"] == ["filing"]


async def test_whoever_does_not_see_the_case_sees_no_skills(service: Service, agency: SmallAgency) -> None:
    case = await skill_rated(service, agency)
    other = await agency_with(service)
    for who in (agency.employees[1], other.officer):
        answer = await service.get(who, f"/appraisals/{case}/skills")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_strengths_weaknesses_and_what_helps_are_told_with_their_reasons(
    service: Service, agency: SmallAgency
) -> None:
    case = await skill_delivered(service, agency)
    for who in (agency.employee, agency.rater, agency.officer):
        found = await skills(service, who, case)
        assert sides(found) == {
            "speaking": ("able", "able", 0, "weak"),
            "punctual": ("expert", "able", -1, "strong"),
            "filing": ("able", "basic", -1, "weak"),
        }
        assert (found["strengths"], found["weaknesses"]) == (["punctual"], ["speaking", "filing"])
        assert [(each["training"], each["recommended"]) for each in found["trainings"]] == [
            ("talks", True),
            ("archives", True),
            ("general", False),
            ("wards", False),
        ]
        talks, archives, general, wards = found["trainings"]
        assert [each["skill"] for each in archives["why"]] == ["filing"]
        assert archives["why"][0]["because"][0]["words"] == (
            "“Filing” needs strengthening, because the rater rated it “Basic”."
        )
        assert talks["why"][0]["because"][0]["source"] == "named"
        assert talks["words"] == "Recommended, because it helps with “Speaking”."
        assert general["words"] == "Not recommended: it is meant for no weakness in particular."
        assert wards["words"] == "Not recommended: it is meant for other jobs: Perawat."


async def test_reasons_are_told_in_indonesian_first(service: Service, agency: SmallAgency) -> None:
    case = await skill_delivered(service, agency)
    found = await skills(service, agency.employee, case, "id")
    assert found["trainings"][1]["words"] == "Disarankan karena membantu meningkatkan “Filing”."
    (reason,) = found["skills"][2]["because"]
    assert reason["words"] == "“Filing” perlu ditingkatkan karena Pejabat Penilai Kinerja menilainya “Basic”."


async def test_whoever_sees_his_delivered_skills_has_seen_the_result(
    service: Service, agency: SmallAgency
) -> None:
    case = await skill_delivered(service, agency)
    await skills(service, agency.rater, case)
    assert "seen" not in levels(await receipt(service, agency.rater, case))
    await skills(service, agency.employee, case)
    assert "seen" in levels(await receipt(service, agency.rater, case))


async def test_the_trainings_to_choose_from_are_recommended_by_the_same_reasons(
    service: Service, agency: SmallAgency
) -> None:
    case = await skill_delivered(service, agency)
    offered = (await service.get(agency.employee, f"/appraisals/{case}/trainings")).json()
    assert [each["name"] for each in offered["weaknesses"]] == ["speaking", "filing"]
    advised = (await skills(service, agency.employee, case))["trainings"]
    assert [(each["training"], each["recommended"]) for each in offered["offers"]] == [
        (each["training"], each["recommended"]) for each in advised
    ]
    answer = await service.post(
        agency.employee,
        f"/appraisals/{case}/trainings",
        {"training": "archives", "weakness": "filing"},
        **{"Idempotency-Key": uuid.uuid4().hex},
    )
    assert answer.status_code == 201, answer.text


async def test_the_development_plan_with_its_days_comes_back_next_year(
    service: Service, agency: SmallAgency
) -> None:
    earlier = await skill_delivered(service, await in_year(service, agency, 2025))
    held = await skills(service, agency.employee, earlier)
    assert [(each["section"], each["day"]) for each in held["agreed"]] == [("development", "2026-09-30")]
    case = await this_year(service, agency)
    for who in (agency.employee, agency.rater, agency.officer):
        found = await skills(service, who, case)
        assert found["agreed"] == []
        (step,) = found["agreed_last_year"]
        assert (step["appraisal_id"], step["year"], step["day"], step["passed"]) == (
            str(earlier),
            2025,
            "2026-09-30",
            False,
        )
        said = {field["name"]: field["in_words"] for field in step["action"]["fields"]}
        assert (said["skill"], said["training"]) == ("Filing", "Arsip dinamis")
    file = (await service.get(agency.employee, f"/appraisals/{case}/file")).json()
    assert [each["section_name"] for each in file["agreed_last_year"]] == ["development"]
    assert file["agreed_last_year"][0]["action"]["fields"][0]["in_words"] == "Filing"


@pytest.mark.parametrize("who", ("employee", "rater", "officer"))
async def test_under_a_scheme_without_skills_there_are_none(service: Service, who: str) -> None:
    agency = await agency_with(service)
    case = await this_year(service, agency)
    found = await skills(service, getattr(agency, who), case)
    assert [line["skill"] for line in found["skills"]] == ["listening", "punctuality", "writing"]
    assert (found["strengths"], found["weaknesses"], found["family"]) == ([], [], None)


async def put_survey(service: Service, agency: SmallAgency, case: uuid.UUID, **means: float) -> None:
    """A survey on a case that was counted, with these means by skill."""
    survey = uuid.uuid4()
    given = {"id": survey, "case": case, "cycle": agency.cycle}
    await service.run(
        "INSERT INTO attended (id, kind, cycle_id, due_at, ended_at) VALUES (:id, 'survey', :cycle, now(), now())",
        id=survey,
        cycle=agency.cycle,
    )
    await service.run(
        "INSERT INTO survey (id, appraisal_id, cycle_id, input, scheme, state, opens_on, closes_on, outcome, answers,"
        " damaged, closed_at) SELECT :id, appraisal.id, :cycle, 'peers', snapshot ->> 'rulebook', 'closed',"
        " '2026-11-01', '2026-11-14', 'counted', 4, 0, now() FROM appraisal WHERE appraisal.id = :case",
        **given,
    )
    for skill, mean in means.items():
        await service.run(
            "INSERT INTO survey_mean (survey_id, of_group, item, answers, mean) VALUES"
            " (:id, 'all', :skill, 4, :mean), (:id, 'peers', :skill, 4, 1)",
            id=survey,
            skill=skill,
            mean=mean,
        )


async def test_the_mean_of_a_closed_survey_stands_beside_and_makes_a_weakness(
    service: Service, agency: SmallAgency
) -> None:
    case = await skill_rated(service, agency)
    await put_survey(service, agency, case, speaking=95, punctual=42.5)
    for who in (agency.rater, agency.officer):
        found = await skills(service, who, case)
        (mean,) = found["skills"][1]["others"]
        assert (mean["input"], mean["label"], mean["mean"]) == ("peers", "Peers", 42.5)
        assert found["weaknesses"] == ["punctual", "filing"]
        assert found["strengths"] == ["speaking"]
        assert found["skills"][1]["because"][0]["words"] == (
            "“Punctual” needs strengthening, because others gave it 42.5 on average in “Peers”, below 60."
        )


async def test_the_employee_reads_what_others_said_with_his_result_and_not_before(
    service: Service, agency: SmallAgency
) -> None:
    case = await skill_rated(service, agency)
    await put_survey(service, agency, case, punctual=42.5)
    assert [line["others"] for line in (await skills(service, agency.employee, case))["skills"]] == [
        [],
        [],
        [],
    ]
    await done(service, case, (agency.rater, "deliver_result", {"content": MEETING}))
    found = await skills(service, agency.employee, case)
    assert [mean["mean"] for mean in found["skills"][1]["others"]] == [42.5]
    assert found["skills"][1]["standing"] == "weak"


async def test_a_unit_is_counted_with_what_surveys_said_also_if_they_close_later(
    service: Service, agency: SmallAgency
) -> None:
    case = await skill_delivered(service, agency)
    noting = SkillNoting(service.database)
    weak = "SELECT weak FROM skill_standing WHERE appraisal_id = :id"
    await noting.note_waiting(agency.cycle)
    assert await service.value(weak, id=case) == ["speaking", "filing"]
    await put_survey(service, agency, case, punctual=10)
    assert await noting.note_waiting(agency.cycle) == 1
    assert await service.value(weak, id=case) == ["speaking", "punctual", "filing"]
    assert await noting.note_waiting(agency.cycle) == 0
