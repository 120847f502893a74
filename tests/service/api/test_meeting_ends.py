"""An appointment to which nobody has to come any more is cancelled by what made it so, and all are told."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest_asyncio

from tests.fixtures.agency import WORDS, SmallAgency
from tests.service.api import changes
from tests.service.api.conftest import Service
from tests.service.api.meetings import arrange, arranged, cancel, hours, meeting, told
from tests.service.api.results import days_later, done, rated, refused, to_the_rating

MODERATED = WORDS.model_copy(update={"scheme": "ditelaah", "moderation": True})
REASON = {"text": "Salah orang"}
ANEW = {"text": "Bukti baru", "reopening_ground": "clerical_error", "reference": "B/1"}


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> uuid.UUID:
    """A case that is rated, with an appointment tomorrow."""
    found = await rated(service, agency)
    await arranged(service, agency.rater, found)
    return found


async def versions(service: Service, case: uuid.UUID) -> list[tuple[int, int, bool]]:
    """Revision, number and whether it is cancelled, of all versions."""
    found: list[list[Any]] = await service.value(
        "SELECT jsonb_agg(jsonb_build_array(revision, number, cancelled) ORDER BY revision, number)"
        " FROM appointment WHERE appraisal_id = :id",
        id=case,
    )
    return [(revision, number, cancelled) for revision, number, cancelled in found]


async def waiting(service: Service, case: uuid.UUID) -> set[tuple[str, uuid.UUID]]:
    """What is still to be told of appointments by mail, and to whom."""
    return {(row.template, row.recipient_id) for row in await told(service, case) if row.state == "created"}


def handover(person: uuid.UUID, **more: Any) -> dict[str, Any]:
    return {"text": "Beban kerja", "assignee": str(person), "assigned_capacity": "rater", **more}


async def test_a_cancelled_case_has_no_appointment_and_the_employee_is_told(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await done(service, case, (agency.officer, "cancel", REASON))
    found = await meeting(service, agency.employee, case)
    assert (found["cancelled"], found["number"], found["set_by_id"]) == (True, 1, str(agency.officer))
    assert await waiting(service, case) == {
        ("meeting_cancelled", agency.employee),
        ("meeting_cancelled", agency.rater),
    }
    inbox = (await service.get(agency.employee, "/inbox")).json()["items"]
    assert [each["due_on"] for each in inbox if each["kind"] == "meeting"] == ["2026-01-06", "2026-01-06"]


async def test_the_file_for_calendars_takes_it_out(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await done(service, case, (agency.officer, "cancel", REASON))
    answer = await service.get(agency.employee, f"/appraisals/{case}/meeting.ics")
    assert "method=CANCEL" in answer.headers["content-type"]
    assert "SEQUENCE:1" in answer.text


async def test_a_rating_that_is_sent_back_ends_it_and_a_new_one_counts_on(service: Service) -> None:
    agency = await service.new_agency(book=MODERATED)
    case = await rated(service, agency)
    await arranged(service, agency.rater, case)
    await done(service, case, (agency.officer, "return_rating", {"text": "Alasan kurang"}))
    assert await versions(service, case) == [(1, 0, False), (1, 1, True)]
    assert ("meeting_cancelled", agency.employee) in await waiting(service, case)
    found = await arranged(service, agency.rater, case)
    assert (found["number"], found["cancelled"], found["may_change"]) == (2, False, True)


async def test_a_confirmed_rating_keeps_it(service: Service) -> None:
    agency = await service.new_agency(book=MODERATED)
    case = await rated(service, agency)
    await arranged(service, agency.rater, case)
    await done(service, case, (agency.officer, "confirm_rating", None))
    assert await versions(service, case) == [(1, 0, False)]


async def test_a_self_assessment_that_is_sent_back_ends_it(service: Service, agency: SmallAgency) -> None:
    case = await service.launch(agency, agency.employee)
    await service.until_stage(case, "plan_drafting")
    await done(service, case, *to_the_rating(agency, agency.employee))
    await arranged(service, agency.rater, case)
    await done(service, case, (agency.rater, "return_self_assessment", {"text": "Lengkapi"}))
    assert await versions(service, case) == [(1, 0, False), (1, 1, True)]


async def test_another_rater_ends_it_and_the_former_one_is_told(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await done(service, case, (agency.officer, "reassign", handover(agency.superior)))
    assert await versions(service, case) == [(1, 0, False), (1, 1, True)]
    assert await waiting(service, case) == {
        ("meeting_cancelled", agency.employee),
        ("meeting_cancelled", agency.rater),
    }
    found = await arranged(service, agency.superior, case)
    assert (found["number"], found["set_by_id"]) == (2, str(agency.superior))


async def test_another_superior_of_the_rater_leaves_it(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    wish = handover(agency.head, assigned_capacity="rater_superior")
    await done(service, case, (agency.officer, "reassign", wish))
    assert await versions(service, case) == [(1, 0, False)]


async def test_a_rater_who_takes_over_for_all_ends_it_in_every_case(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    kind = {"official": agency.rater, "successor": agency.superior}
    await changes.done(service, agency.officer, "replace_official", **kind)
    assert (await versions(service, case))[-1] == (1, 1, True)


async def test_a_result_that_is_opened_again_gets_an_appointment_of_its_own(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await done(
        service,
        case,
        (agency.rater, "deliver_result", None),
        (agency.employee, "agree", None),
        (agency.rater, "finalise", None),
        (agency.officer, "reopen", ANEW),
    )
    assert await versions(service, case) == [(1, 0, False), (1, 1, True)]
    assert ("meeting_cancelled", agency.employee) in await waiting(service, case)
    found = await arranged(service, agency.rater, case)
    assert (found["number"], found["earlier"]) == (0, [])


async def test_what_was_held_before_stays_as_it_was(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await days_later(service, agency, 2)
    await done(service, case, (agency.officer, "cancel", REASON))
    assert await versions(service, case) == [(1, 0, False)]
    assert {template for template, _ in await waiting(service, case)} == {"meeting_set"}


async def test_what_the_rater_cancelled_is_not_cancelled_again(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await cancel(service, agency.rater, case)
    await done(service, case, (agency.officer, "cancel", REASON))
    assert await versions(service, case) == [(1, 0, False), (1, 1, True)]


async def test_a_case_without_an_appointment_tells_nobody_of_one(
    service: Service, agency: SmallAgency
) -> None:
    case = await rated(service, agency)
    await done(service, case, (agency.officer, "cancel", REASON))
    assert await told(service, case) == []


async def test_a_refused_action_leaves_it(service: Service, agency: SmallAgency, case: uuid.UUID) -> None:
    await refused(service, case, agency.employee, "cancel", REASON)
    assert await versions(service, case) == [(1, 0, False)]


async def test_a_repeat_of_the_cause_cancels_once(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answers = [await service.act(agency.officer, case, "cancel", REASON, "batal-1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert await versions(service, case) == [(1, 0, False), (1, 1, True)]
    assert len([row for row in await told(service, case) if row.template == "meeting_cancelled"]) == 2


async def test_an_appointment_made_while_the_case_is_cancelled_never_stands(
    service: Service, agency: SmallAgency
) -> None:
    case = await rated(service, agency)
    made, ended = await asyncio.gather(
        arrange(service, agency.rater, case, hours(days=3)),
        service.act(agency.officer, case, "cancel", REASON),
    )
    assert ended.status_code == 200
    if made.status_code == 200:
        assert await versions(service, case) == [(1, 0, False), (1, 1, True)]
    else:
        assert made.json()["code"] == "meeting_not_now"


async def test_the_moment_of_the_cancellation_is_on_record(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await done(service, case, (agency.officer, "cancel", REASON))
    found = await meeting(service, agency.officer, case)
    assert dt.datetime.fromisoformat(found["set_at"]) > dt.datetime.fromisoformat(
        found["earlier"][0]["set_at"]
    )
