"""Results that were delivered, and what is shown of their receipt."""

import uuid
from typing import Any

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import planned
from tests.service.api.conftest import PLAN, Service

RATING = {"text": "Hasil kerja sesuai rencana"}


async def delivered(service: Service, agency: SmallAgency) -> uuid.UUID:
    """An appraisal whose result the rater has delivered today."""
    case = await planned(service, agency, agency.employee)
    for person, trigger, body in (
        (agency.officer, "open_check_in", None),
        (agency.employee, "submit_check_in", PLAN),
        (agency.rater, "review_check_in", None),
        (agency.officer, "open_evaluation", None),
        (agency.employee, "submit_self_assessment", PLAN),
        (agency.rater, "rate", RATING),
        (agency.rater, "deliver_result", None),
    ):
        answer = await service.act(person, case, trigger, body)
        assert answer.status_code == 200, answer.text
    assert await service.stage(case) == "response"
    return case


async def receipt(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    """What somebody is shown of the receipt of a result."""
    return (await service.get(person, f"/appraisals/{case}")).json()["receipt"]


def levels(shown: Any) -> list[str]:
    """The evidence that is shown, the oldest first."""
    return [each["level"] for each in shown["history"]]
