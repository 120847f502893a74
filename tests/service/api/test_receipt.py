"""Opening the own result over HTTP, and how its receipt is shown."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import planned
from tests.service.api.conftest import PLAN, Service
from tests.service.api.results import delivered, levels, receipt


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


async def today(service: Service, case: uuid.UUID, person: uuid.UUID) -> str:
    """The business day, in the zone of the unit."""
    moment = dt.datetime.fromisoformat(
        (await service.get(person, f"/appraisals/{case}")).json()["business_now"]
    )
    return moment.astimezone(dt.timezone(dt.timedelta(hours=7))).date().isoformat()


async def open_it(service: Service, person: uuid.UUID, case: uuid.UUID) -> Any:
    return await service.post(person, f"/appraisals/{case}/seen")


async def test_before_there_is_a_result_nothing_is_said_of_its_receipt(
    service: Service, agency: SmallAgency
) -> None:
    case = await planned(service, agency, agency.employee)
    assert await receipt(service, agency.employee, case) is None


async def test_a_delivered_result_has_reached_the_inbox_and_no_days_run(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    shown = await receipt(service, agency.employee, case)
    assert (shown["evidence"], shown["deadline_runs_from"]) == ("delivered", None)
    assert (shown["starts_with"], shown["acknowledged"]) == ("seen", False)
    assert [(each["level"], each["channel"]) for each in shown["history"]] == [("delivered", "inbox")]


async def test_opening_the_own_result_begins_the_14_days(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency)
    answer = await open_it(service, agency.employee, case)
    assert (answer.status_code, answer.json()["stage"]) == (200, "response")
    shown = await receipt(service, agency.employee, case)
    day = await today(service, case, agency.employee)
    assert (shown["evidence"], shown["on"], shown["deadline_runs_from"]) == ("seen", day, day)
    assert shown["evidence_name"] == "The employee opened the result"
    assert levels(shown) == ["delivered", "seen"]
    assert shown["history"][-1]["source"].startswith("event:")
    deadline = (await service.get(agency.employee, f"/appraisals/{case}")).json()["deadline"]
    assert (deadline["rule"], deadline["started_on"]) == ("response", day)


async def test_opening_it_again_changes_nothing(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency)
    first = await open_it(service, agency.employee, case)
    events = await service.events(case)
    again = await open_it(service, agency.employee, case)
    assert (again.status_code, again.json()) == (200, first.json())
    assert await service.events(case) == events


async def test_opened_many_times_at_once_it_is_noted_once(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency)
    answers = await asyncio.gather(*(open_it(service, agency.employee, case) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    noted = await service.value(
        "SELECT count(*) FROM event WHERE appraisal_id = :id AND body ->> 'trigger' = 'note_seen'", id=case
    )
    assert noted == 1
    assert await service.value("SELECT count(*) FROM receipt_evidence WHERE appraisal_id = :id", id=case) == 1


async def test_where_somebody_holds_the_case_the_opening_is_noted_by_the_repeat(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    async with service.held(case):
        answer = await open_it(service, agency.employee, case)
    assert (answer.status_code, answer.json()["code"]) == (503, "case_busy"), answer.text
    assert answer.headers["retry-after"] == "1"
    assert levels(await receipt(service, agency.employee, case)) == ["delivered"]
    assert (await open_it(service, agency.employee, case)).status_code == 200
    assert levels(await receipt(service, agency.employee, case)) == ["delivered", "seen"]


async def test_opening_marks_the_inbox_notices_of_the_case_for_the_employee_alone(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    await open_it(service, agency.employee, case)
    query = """SELECT count(*) FROM notice WHERE appraisal_id = :id AND recipient_id = :person
        AND channel = 'inbox' AND state = :state AND (seen_at IS NULL) = :unmarked"""
    asked = {"id": case, "person": agency.employee}
    assert await service.value(query, **asked, state="delivered", unmarked=True) == 0
    assert await service.value(query, **asked, state="seen", unmarked=False) > 0
    rater = {"id": case, "person": agency.rater}
    assert await service.value(query, **rater, state="seen", unmarked=False) == 0


async def test_opening_a_case_without_a_result_marks_the_inbox_and_notes_nothing(
    service: Service, agency: SmallAgency
) -> None:
    case = await planned(service, agency, agency.employee)
    events = await service.events(case)
    answer = await open_it(service, agency.employee, case)
    assert (answer.status_code, answer.json()["sequence"]) == (200, events)
    assert await service.events(case) == events


async def test_nobody_opens_the_result_in_the_place_of_the_employee(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    for person in (agency.rater, agency.superior, agency.officer):
        answer = await open_it(service, person, case)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert await receipt(service, agency.employee, case) == await receipt(service, agency.officer, case)
    assert levels(await receipt(service, agency.officer, case)) == ["delivered"]


async def test_a_case_out_of_sight_reads_as_one_that_does_not_exist(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    for person, target in (
        (agency.employees[1], case),
        (service.elsewhere.employee, case),
        (agency.employee, uuid.uuid4()),
    ):
        answer = await open_it(service, person, target)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_acknowledgement_after_the_opening_is_kept_and_moves_no_date(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    await open_it(service, agency.employee, case)
    before = await receipt(service, agency.employee, case)
    answer = await service.act(agency.employee, case, "acknowledge_receipt")
    assert answer.status_code == 200, answer.text
    shown = await receipt(service, agency.employee, case)
    assert (shown["evidence"], shown["on"]) == (before["evidence"], before["on"])
    assert (shown["acknowledged"], levels(shown)) == (True, ["delivered", "seen", "acknowledged"])


async def test_a_refusal_before_a_witness_is_recorded_with_its_note(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    day = await today(service, case, agency.officer)
    body = {"text": "Berita acara 3/2027, saksi: Kasubbag Umum", "received_on": day, "evidence": "refused"}
    answer = await service.act(agency.officer, case, "record_receipt", body)
    assert answer.status_code == 200, answer.text
    shown = await receipt(service, agency.officer, case)
    assert (shown["evidence"], shown["deadline_runs_from"]) == ("refused", day)
    assert levels(shown) == ["delivered", "refused"]
    (entry,) = (await service.get(agency.officer, f"/appraisals/{case}/timeline", limit=1)).json()["items"]
    assert (entry["trigger"], entry["evidence"]) == ("record_receipt", "refused")
    assert entry["evidence_name"] == "The employee refused to receive it; a witness note says so"
    assert entry["text"] == body["text"]


async def test_a_refusal_without_its_note_is_not_recorded(service: Service, agency: SmallAgency) -> None:
    case = await delivered(service, agency)
    day = await today(service, case, agency.officer)
    body = {"received_on": day, "evidence": "refused"}
    answer = await service.act(agency.officer, case, "record_receipt", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "content_missing")


@pytest.mark.parametrize("evidence", ("seen", "acknowledged", "deemed"))
async def test_an_officer_does_not_record_what_only_the_employee_or_the_clock_can_show(
    service: Service, agency: SmallAgency, evidence: str
) -> None:
    case = await delivered(service, agency)
    body = {"text": "-", "received_on": await today(service, case, agency.officer), "evidence": evidence}
    answer = await service.act(agency.officer, case, "record_receipt", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "parameter_invalid")
    assert answer.json()["field"] == "evidence"


@pytest.mark.parametrize("trigger", ("note_seen", "note_delivery", "note_bounce", "deem_received"))
async def test_what_the_service_notes_is_no_action(
    service: Service, agency: SmallAgency, trigger: str
) -> None:
    case = await planned(service, agency, agency.employee)
    answer = await service.act(agency.employee, case, trigger)
    assert (answer.status_code, answer.json()["code"]) == (409, "noted_only")


@pytest.mark.parametrize("key", ("seen:1", "delivered:1", "bounced:1", "superior_plan:1"))
async def test_the_names_of_what_is_noted_are_no_keys_for_others(
    service: Service, agency: SmallAgency, key: str
) -> None:
    answer = await service.act(agency.employee, uuid.uuid4(), "submit_plan", PLAN, key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_invalid")


async def test_a_bounced_result_notice_is_shown_and_begins_nothing(
    service: Service, agency: SmallAgency
) -> None:
    case = await delivered(service, agency)
    message = uuid.uuid4()
    await service.run(
        """INSERT INTO message (id, recipient_id, channel, digest, slot, day, state, reason, attempts,
            next_attempt_at, address, template, template_version, locale, subject, body, provider,
            provider_reference, provider_answer, created_at, sent_at)
        VALUES (:id, :person, 'email', false, now(), current_date, 'permanent_failure', 'bounced', 1, now(), '',
            'result_ready', 1, 'id', '', '', 'smtp', '', '550 no such user', now(), now())""",
        id=message,
        person=agency.employee,
    )
    await service.run(
        """INSERT INTO message_attempt (message_id, number, at, provider, outcome, answer)
        VALUES (:id, 1, now(), 'smtp', 'bounced', '550 no such user')""",
        id=message,
    )
    await service.run(
        """UPDATE notice SET message_id = :id WHERE appraisal_id = :case AND channel = 'email'
            AND stage = 'response' AND recipient_id = :person""",
        id=message,
        case=case,
        person=agency.employee,
    )
    shown = await receipt(service, agency.employee, case)
    assert levels(shown) == ["delivered", "bounced"]
    assert (shown["history"][-1]["channel"], shown["deadline_runs_from"]) == ("email", None)
    assert "550" not in str(shown)
