"""The appointment to hand over a result: made, changed, cancelled, read, and taken into a calendar."""

import asyncio
import datetime as dt
import uuid

import pytest_asyncio
from icalendar import Calendar

from tests.fixtures.agency import SmallAgency
from tests.notifications.invitations import lines_of, values_of
from tests.service.api.conftest import Service
from tests.service.api.meetings import arrange, arranged, cancel, hours, meeting, told
from tests.service.api.results import day, delivered, done, rated, to_the_rating


@pytest_asyncio.fixture(loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await service.new_agency()


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> uuid.UUID:
    return await rated(service, agency)


async def test_the_rater_makes_an_appointment_by_the_clocks_of_the_unit(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    found = await arranged(service, agency.rater, case)
    assert found["starts_at"] == "2026-01-06T10:00:00+07:00"
    assert found["ends_at"] == "2026-01-06T11:00:00+07:00"
    assert (found["place"], found["zone"], found["number"]) == ("Ruang rapat", "Asia/Jakarta", 0)
    assert (found["cancelled"], found["may_change"], found["earlier"]) == (False, True, [])
    assert found["set_by_id"] == str(agency.rater)


async def test_employee_and_rater_are_told_in_the_inbox_and_by_mail(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    for channel, state in (("inbox", "delivered"), ("email", "created")):
        rows = await told(service, case, channel)
        assert {row.recipient_id for row in rows} == {agency.employee, agency.rater}
        assert {(row.template, row.state, row.due_on.isoformat()) for row in rows} == {
            ("meeting_set", state, day(1))
        }


async def test_the_inbox_names_the_day_of_the_meeting_and_not_that_of_the_term(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case, hours(days=3))
    items = (await service.get(agency.employee, "/inbox")).json()["items"]
    (line,) = [each for each in items if each["kind"] == "meeting"]
    assert line["due_on"] == day(3)
    assert line["sentence"] == (
        "[GLADI] Appointment to hand over an appraisal result: Thursday, 8 January 2026"
    )
    assert line["open"] is None


async def test_a_change_adds_a_version_and_keeps_the_earlier_one(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    await arranged(service, agency.rater, case, hours(days=2, place="Aula"))
    found = await meeting(service, agency.employee, case)
    assert (found["number"], found["place"]) == (1, "Aula")
    assert [(each["number"], each["place"]) for each in found["earlier"]] == [(0, "Ruang rapat")]


async def test_what_was_not_sent_yet_gives_way_to_the_change(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    await arranged(service, agency.rater, case, hours(days=2))
    rows = await told(service, case)
    assert [(row.template, row.state, row.reason) for row in rows] == [
        *[("meeting_set", "cancelled", "overtaken")] * 2,
        *[("meeting_changed", "created", "")] * 2,
    ]


async def test_the_same_appointment_again_changes_nothing(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    again = await arranged(service, agency.rater, case)
    assert (again["number"], again["earlier"]) == (0, [])
    assert len(await told(service, case)) == 2


async def test_a_repeat_under_its_key_is_answered_as_it_was_although_it_was_changed_since(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    first = await arrange(service, agency.rater, case, key="janji-1")
    await arranged(service, agency.rater, case, hours(days=2))
    again = await arrange(service, agency.rater, case, key="janji-1")
    assert (again.status_code, again.json()) == (200, first.json())
    assert (await meeting(service, agency.rater, case))["number"] == 1


async def test_a_key_cannot_be_used_for_another_appointment(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arrange(service, agency.rater, case, key="janji-2")
    other = await arrange(service, agency.rater, case, hours(days=4), key="janji-2")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_an_appointment_needs_a_key(service: Service, agency: SmallAgency, case: uuid.UUID) -> None:
    path = f"/api/v1/appraisals/{case}/meeting"
    answer = await service.http.put(path, json=hours(), headers=service.headers(agency.rater))
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


async def test_a_cancelled_appointment_stays_on_record_and_is_told(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    found = (await cancel(service, agency.rater, case)).json()
    assert (found["cancelled"], found["number"], found["after_due"]) == (True, 1, False)
    assert [each["cancelled"] for each in found["earlier"]] == [False]
    assert [row.template for row in await told(service, case) if row.state == "created"] == [
        "meeting_cancelled",
        "meeting_cancelled",
    ]


async def test_cancelling_twice_is_cancelling_once(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    first, second = [await cancel(service, agency.rater, case) for _ in range(2)]
    assert (second.status_code, second.json()) == (200, first.json())


async def test_what_was_never_arranged_can_neither_be_cancelled_nor_read(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answers = [
        await cancel(service, agency.rater, case),
        await service.get(agency.rater, f"/appraisals/{case}/meeting"),
        await service.get(agency.rater, f"/appraisals/{case}/meeting.ics"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3


async def test_after_a_cancellation_a_new_appointment_counts_on(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    await cancel(service, agency.rater, case)
    found = await arranged(service, agency.rater, case)
    assert (found["number"], found["cancelled"]) == (2, False)
    assert {row.template for row in await told(service, case) if row.state == "created"} == {"meeting_set"}


async def test_an_appointment_after_the_due_day_is_accepted_and_marked(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    due_on = dt.date.fromisoformat((await arranged(service, agency.rater, case))["due_on"])
    days = (due_on - dt.date.fromisoformat(day(0))).days
    on_it = await arranged(service, agency.rater, case, hours(days=days))
    behind = await arranged(service, agency.rater, case, hours(days=days + 1))
    assert (on_it["after_due"], behind["after_due"]) == (False, True)


async def test_it_may_be_arranged_while_the_result_is_still_being_rated(
    service: Service, agency: SmallAgency
) -> None:
    other = await service.launch(agency, agency.employees[1])
    await service.until_stage(other, "plan_drafting")
    await done(service, other, *to_the_rating(agency, agency.employees[1]))
    found = await arranged(service, agency.rater, other)
    assert (found["due_on"], found["after_due"]) == (None, False)
    await done(service, other, (agency.rater, "rate", {"text": "Sesuai"}))
    assert {row.state for row in await told(service, other)} == {"created"}
    assert (await meeting(service, agency.employees[1], other))["due_on"] is not None


async def test_after_the_result_was_handed_over_nothing_can_be_arranged(
    service: Service, agency: SmallAgency
) -> None:
    handed_over = await delivered(service, agency)
    answer = await arrange(service, agency.rater, handed_over)
    assert (answer.status_code, answer.json()["code"]) == (409, "meeting_not_now")
    assert "from the rating on" in answer.json()["detail"]


async def test_what_was_arranged_can_be_read_after_the_meeting(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    await done(service, case, (agency.rater, "deliver_result", None))
    found = await meeting(service, agency.employee, case)
    assert (found["place"], found["may_change"], found["due_on"]) == ("Ruang rapat", False, None)


async def test_seconds_are_left_out(service: Service, agency: SmallAgency, case: uuid.UUID) -> None:
    body = hours() | {"starts_at": "2026-01-06T03:00:59.5Z"}
    assert (await arranged(service, agency.rater, case, body))["starts_at"] == "2026-01-06T10:00:00+07:00"


async def test_the_calendar_file_says_when_and_where_and_nothing_of_the_result(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case, hours(place="Ruang “Bhakti”; lantai 2"))
    answer = await service.get(agency.employee, f"/appraisals/{case}/meeting.ics")
    assert answer.headers["content-type"] == "text/calendar; method=REQUEST; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="appointment.ics"'
    lines = lines_of(answer.content)
    assert "DTSTART;TZID=Asia/Jakarta:20260106T100000" in lines
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["location"]) == "Ruang “Bhakti”; lantai 2"
    name = await service.value("SELECT name FROM person WHERE id = :id", id=agency.employee)
    for hidden in (name, str(agency.employee), str(case), "Hasil kerja"):
        assert hidden not in answer.text


async def test_the_file_of_a_cancelled_appointment_takes_it_out_of_the_calendar(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    await arranged(service, agency.rater, case)
    before = await service.get(agency.employee, f"/appraisals/{case}/meeting.ics")
    await cancel(service, agency.rater, case)
    after = await service.get(agency.employee, f"/appraisals/{case}/meeting.ics")
    assert "method=CANCEL" in after.headers["content-type"]
    first, last = (values_of(lines_of(each.content), "VEVENT") for each in (before, after))
    assert (last["UID"], last["SEQUENCE"], last["STATUS"]) == (first["UID"], "1", "CANCELLED")


async def test_two_appointments_at_once_are_two_versions(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answers = await asyncio.gather(
        *(arrange(service, agency.rater, case, hours(days=days)) for days in (1, 2, 3))
    )
    assert [answer.status_code for answer in answers] == [200] * 3
    assert sorted(answer.json()["number"] for answer in answers) == [0, 1, 2]


async def test_a_repeat_at_the_same_time_makes_one_version(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    answers = await asyncio.gather(*(arrange(service, agency.rater, case, key="janji-3") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["number"] for answer in answers} == {0}
    assert len(await told(service, case)) == 2


async def test_an_appointment_is_no_event_of_the_case(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    before = await service.events(case)
    await arranged(service, agency.rater, case)
    await cancel(service, agency.rater, case)
    assert await service.events(case) == before


async def test_an_appointment_of_a_case_that_somebody_holds_is_not_waited_for_without_end(
    service: Service, agency: SmallAgency, case: uuid.UUID
) -> None:
    async with service.held(case), asyncio.timeout(15):
        made = await arrange(service, agency.rater, case)
        cancelled = await cancel(service, agency.rater, case)
    for answer in (made, cancelled):
        assert (answer.status_code, answer.json()["code"]) == (503, "case_busy"), answer.text
        assert answer.headers["retry-after"] == "1"
    assert (await arranged(service, agency.rater, case))["number"] == 0
