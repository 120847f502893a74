"""The periods of a year over HTTP: how much each weighs, and what of the earlier ones is open to whom."""

import uuid
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api import changes
from tests.service.api.conftest import Service
from tests.service.api.results import done, levels, receipt
from tests.service.api.whole_year import drafting, full_agency, meeting, plan_of, rating_of, result

PLAN = plan_of(result("h1", "Izin terbit"))


@dataclass
class Moved:
    """Somebody who moved within the year: the earlier period with the old rater, the present one with the new."""

    service: Service
    agency: SmallAgency
    earlier: uuid.UUID
    present: uuid.UUID

    @property
    def new_rater(self) -> uuid.UUID:
        return self.agency.director

    async def get(self, by: uuid.UUID, case: uuid.UUID) -> Any:
        answer = await self.service.get(by, f"/appraisals/{case}/periods")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def rate(self) -> None:
        await done(
            self.service,
            self.earlier,
            (self.agency.rater, "rate", {"content": rating_of(PLAN, results="above", behaviour="above")}),
        )

    async def deliver(self) -> None:
        await done(self.service, self.earlier, (self.agency.rater, "deliver_result", {"content": meeting()}))


@pytest_asyncio.fixture(loop_scope="session")
async def moved(service: Service) -> Moved:
    agency = await full_agency(service, f"Kota {uuid.uuid4().hex[:8]}")
    case = await drafting(service, agency, agency.employee)
    await done(
        service,
        case,
        (agency.employee, "submit_plan", {"content": PLAN}),
        (agency.rater, "approve_plan", None),
    )
    await changes.done(
        service,
        agency.officer,
        "move",
        person=agency.employee,
        unit=agency.unit,
        rater=agency.director,
        post="Analis",
    )
    present = await service.value(
        "SELECT id FROM appraisal WHERE employee_id = :id AND period = 2", id=agency.employee
    )
    return Moved(service, agency, case, present)


async def test_a_year_without_a_move_has_one_period_that_weighs_1(service: Service) -> None:
    agency = await full_agency(service, f"Kota {uuid.uuid4().hex[:8]}")
    case = await drafting(service, agency, agency.employee)
    found = (await service.get(agency.employee, f"/appraisals/{case}/periods")).json()
    (period,) = found["items"]
    assert (period["weight"], period["days"], period["closed"], period["present"]) == ("1", 365, False, True)
    assert (period["first"], period["last"]) == ("2026-01-01", "2026-12-31")


async def test_the_weights_of_two_periods_sum_to_exactly_1(moved: Moved) -> None:
    found = await moved.get(moved.agency.employee, moved.present)
    assert [each["days"] for each in found["items"]] == [4, 361]
    assert [each["weight"] for each in found["items"]] == ["4/365", "361/365"]
    assert sum(Fraction(each["weight"]) for each in found["items"]) == 1


async def test_each_period_names_who_then_was_the_rater(moved: Moved) -> None:
    found = await moved.get(moved.agency.employee, moved.present)
    assert [each["rater"].split()[0] for each in found["items"]] == ["Rater", "Director"]
    assert [each["present"] for each in found["items"]] == [False, True]
    assert [each["closed"] for each in found["items"]] == [True, False]


async def test_the_draft_of_an_earlier_rating_is_closed_to_the_next_rater(moved: Moved) -> None:
    await moved.rate()
    (earlier, _present) = (await moved.get(moved.new_rater, moved.present))["items"]
    assert (earlier["locked"], earlier["outcome"], earlier["rated_by"]) == (False, None, None)


async def test_the_delivered_rating_of_an_earlier_period_is_locked_and_open_to_the_next_rater(
    moved: Moved,
) -> None:
    await moved.rate()
    await moved.deliver()
    (earlier, _present) = (await moved.get(moved.new_rater, moved.present))["items"]
    assert (earlier["locked"], earlier["outcome"]["predicate"]) == (True, "very_good")
    assert earlier["rated_by"].startswith("Rater")
    refused = await moved.service.act(moved.new_rater, moved.earlier, "rate", {"content": rating_of(PLAN)})
    assert refused.status_code == 404


async def test_the_next_rater_combines_nothing_silently(moved: Moved) -> None:
    await moved.rate()
    await moved.deliver()
    year = (await moved.get(moved.new_rater, moved.present))["year"]
    assert year["predicate"] is None
    assert [each["name"] for each in year["working"]] == ["period", "period", "absent", "present_period"]
    assert year["working"][-1]["numbers"][0]["value"] == str(moved.present)
    assert year["working"][-1]["numbers"][0]["in_words"] == "period 2"


async def test_the_earlier_rater_sees_nothing_of_the_period_after_his(moved: Moved) -> None:
    await moved.rate()
    found = await moved.get(moved.agency.rater, moved.earlier)
    assert [each["present"] for each in found["items"]] == [True, False]
    assert found["items"][1]["outcome"] is None
    assert (
        await moved.service.get(moved.agency.rater, f"/appraisals/{moved.present}/periods")
    ).status_code == 404


async def test_an_own_draft_of_an_earlier_period_is_hidden_from_the_employee(moved: Moved) -> None:
    await moved.rate()
    found = await moved.get(moved.agency.employee, moved.present)
    assert found["items"][0]["outcome"] is None


async def test_whoever_reads_his_earlier_result_among_the_periods_has_seen_it(moved: Moved) -> None:
    await moved.rate()
    await moved.deliver()
    assert levels(await receipt(moved.service, moved.agency.employee, moved.earlier)) == ["delivered"]
    found = await moved.get(moved.agency.employee, moved.present)
    assert found["items"][0]["outcome"]["predicate"] == "very_good"
    assert levels(await receipt(moved.service, moved.agency.employee, moved.earlier)) == ["delivered", "seen"]
