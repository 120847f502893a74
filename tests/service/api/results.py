"""Results that were delivered, signed and objected to over HTTP, and days that pass between."""

import datetime as dt
import json
import uuid
from typing import Any

import httpx

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import drafting
from tests.service.api.conftest import BUSINESS_START, PLAN, Service, clock_from

RATING = {"text": "Hasil kerja sesuai rencana"}
OBJECTION = {"text": "Realisasi indikator kedua belum dihitung"}
DAY = dt.timedelta(days=1)

Step = tuple[uuid.UUID, str, Any]
"""Who takes which action, with which body."""


async def done(service: Service, case: uuid.UUID, *steps: Step, key: str | None = None) -> httpx.Response:
    """Actions that are carried out, each by its person; the answer to the last."""
    for person, trigger, body in steps:
        answer = await service.act(person, case, trigger, body, key)
        assert answer.status_code == 200, (trigger, answer.text)
    return answer


async def refused(
    service: Service, case: uuid.UUID, person: uuid.UUID, trigger: str, body: Any = None
) -> tuple[int, str, str | None]:
    """The status, code and field of an action that is refused."""
    answer = await service.act(person, case, trigger, body)
    problem = answer.json()
    assert answer.status_code >= 400, problem
    return answer.status_code, problem["code"], problem.get("field")


def to_the_rating(agency: SmallAgency, employee: uuid.UUID) -> tuple[Step, ...]:
    """From the drafting of the plan to the self-assessment; HR opens early what the calendar would open."""
    check_in: tuple[Step, ...] = (
        (agency.officer, "open_check_in", None),
        (employee, "submit_check_in", PLAN),
        (agency.rater, "review_check_in", None),
    )
    return (
        (employee, "submit_plan", PLAN),
        (agency.rater, "approve_plan", None),
        *check_in,
        *check_in,
        (agency.officer, "open_evaluation", None),
        (employee, "submit_self_assessment", PLAN),
    )


async def rated(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose rater has rated today."""
    case = await drafting(service, agency, agency.employee)
    await done(service, case, *to_the_rating(agency, agency.employee), (agency.rater, "rate", RATING))
    return case


async def delivered(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose result the rater has delivered today."""
    case = await rated(service, agency)
    await done(service, case, (agency.rater, "deliver_result", None))
    assert await service.stage(case) == "response"
    return case


async def received(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose result the employee has received today: the 14 days run."""
    case = await delivered(service, agency)
    await done(service, case, (agency.employee, "acknowledge_receipt", None))
    return case


async def objected(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose employee has objected to the result today."""
    case = await received(service, agency)
    await done(service, case, (agency.employee, "object", OBJECTION))
    return case


async def under_examination(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose objection has been admitted today."""
    case = await objected(service, agency)
    await done(service, case, (agency.superior, "admit_objection", None))
    return case


async def objected_after_countersigning(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose superior has countersigned, so that the objection of the employee passes over him.

    The director, one level above him, has admitted it.
    """
    case = await received(service, agency)
    await days_later(service, agency, 15)
    await done(
        service,
        case,
        (agency.superior, "countersign", None),
        (agency.employee, "object", OBJECTION),
        (agency.director, "admit_objection", None),
    )
    return case


async def both_heard(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose objection is ready for a decision: both sides were asked and have answered."""
    case = await under_examination(service, agency)
    await done(service, case, *hearing(agency, agency.superior))
    return case


def hearing(agency: SmallAgency, officer: uuid.UUID) -> tuple[Step, ...]:
    """The officer asks both sides, and both answer."""
    return (
        (officer, "ask_employee", {"text": "Indikator mana?"}),
        (officer, "ask_rater", {"text": "Apa dasarnya?"}),
        (agency.employee, "give_statement", {"text": "Indikator kedua"}),
        (agency.rater, "give_statement", {"text": "Bukti terlambat"}),
    )


async def decided(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose objection was decided today, and the result kept."""
    case = await both_heard(service, agency)
    await done(service, case, (agency.superior, "uphold_result", {"text": "Penilaian didukung bukti"}))
    return case


async def days_later(service: Service, agency: SmallAgency, days: int) -> None:
    """Lets the business time of the agency stand ``days`` after its beginning."""
    await service.run(
        "UPDATE cycle SET clock = CAST(:clock AS jsonb) WHERE id = :cycle",
        clock=json.dumps(clock_from(BUSINESS_START + days * DAY)),
        cycle=agency.cycle,
    )


def day(days: int) -> str:
    """The business day that lies ``days`` after the beginning."""
    return (BUSINESS_START + days * DAY).date().isoformat()


async def detail(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    """The case as somebody sees it."""
    return (await service.get(person, f"/appraisals/{case}")).json()


async def latest(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    """The newest entry of the timeline."""
    (entry,) = (await service.get(person, f"/appraisals/{case}/timeline", limit=1)).json()["items"]
    return entry


async def receipt(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    """What somebody is shown of the receipt of a result."""
    return (await detail(service, person, case))["receipt"]


def levels(shown: Any) -> list[str]:
    """The evidence that is shown, the oldest first."""
    return [each["level"] for each in shown["history"]]
