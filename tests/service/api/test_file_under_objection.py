"""An objection is decided from the file as it stands, and nobody keeps the official from deciding it."""

import uuid
from typing import Any

import pytest
import pytest_asyncio

from content.forms.form import NotedCheck
from tests.fixtures.agency import WORDS, SmallAgency, build_agency
from tests.fixtures.content import SMALL
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.filling import plan_in_force
from tests.service.api.noted import Case
from tests.service.api.results import done, hearing

pytestmark = [pytest.mark.database, pytest.mark.engine]

REPORT = {"content": {"report": {"progress": "60 izin"}}}
RATING: dict[str, Any] = {
    "results": {"h1": {"rating": "as_expected", "reason": "Sesuai target"}},
    "behaviour": {"akuntabel": {"rating": "as_expected"}, "adaptif": {"rating": "above"}},
    "overall": {"results": "above", "behaviour": "as_expected", "reason": "Melampaui target"},
}
NOTE = {"noted_on": str(BUSINESS_START.date()), "content": {"what": "Melayani dengan sabar"}}


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service) -> Case:
    """A case that waits for its rating, under a scheme that wants an observation before."""
    wanted = NotedCheck(kind="noted", entry="observation", at_least=1)
    rating = SMALL.forms["rating"].model_copy(update={"checks": (wanted,)})
    agency = await build_agency(
        service.database,
        name=f"Kota {uuid.uuid4().hex[:8]}",
        content=SMALL.model_copy(update={"forms": {**SMALL.forms, "rating": rating}}),
        book=WORDS.model_copy(update={"scheme": "pengamatan"}),
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    appraisal = await service.launch(agency, agency.employee)
    await plan_in_force(service, agency, appraisal)
    check_in = (
        (agency.officer, "open_check_in", None),
        (agency.employee, "submit_check_in", REPORT),
        (agency.rater, "review_check_in", None),
    )
    await done(
        service,
        appraisal,
        *check_in,
        *check_in,
        (agency.officer, "open_evaluation", None),
        (agency.employee, "submit_self_assessment", {"content": {"results": {"h1": {"realised": "118"}}}}),
    )
    return Case(service, agency, agency.employee, appraisal)


async def observed(case: Case) -> str:
    """An observation of the rater."""
    answer = await case.post("entries/observation", NOTE, by=case.agency.rater)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def until_objection(case: Case) -> None:
    agency: SmallAgency = case.agency
    await done(
        case.service,
        case.id,
        (agency.rater, "rate", {"content": RATING}),
        (agency.rater, "deliver_result", {"content": {"talk": {"notes": "Hasil dijelaskan"}}}),
        (agency.employee, "acknowledge_receipt", None),
    )


async def object_to_it(case: Case) -> None:
    agency: SmallAgency = case.agency
    await done(
        case.service,
        case.id,
        (agency.employee, "object", {"text": "Perilaku dinilai terlalu rendah"}),
        (agency.superior, "admit_objection", None),
        *hearing(agency, agency.superior),
    )


async def test_neither_side_takes_anything_from_the_file_while_an_objection_is_open(case: Case) -> None:
    note, piece = await observed(case), (await case.added())["id"]
    await until_objection(case)
    await object_to_it(case)
    for rest, by in (
        (f"entries/{note}/withdraw", case.agency.rater),
        (f"evidence/{piece}/withdraw", case.employee),
    ):
        answer = await case.post(rest, None, by=by)
        assert (answer.status_code, answer.json()["code"]) == (409, "result_rests")
    for rest, by in (("entries", case.agency.rater), ("evidence", case.employee)):
        assert [each["may_withdraw"] for each in await case.listed(rest, by=by)] == [False]
    (seen,) = await case.listed("entries", by=case.agency.superior)
    assert seen["content"] == NOTE["content"]


async def test_the_rater_takes_no_note_away_once_he_has_rated(case: Case) -> None:
    note = await observed(case)
    await until_objection(case)
    answer = await case.post(f"entries/{note}/withdraw", None, by=case.agency.rater)
    assert (answer.status_code, answer.json()["code"]) == (409, "result_rests")
    (seen,) = await case.listed("entries", by=case.employee)
    assert seen["content"] == NOTE["content"]


async def test_the_rater_himself_rates_only_with_the_notes_that_the_scheme_wants(case: Case) -> None:
    answer = await case.service.act(case.agency.rater, case.id, "rate", {"content": RATING})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/content")
