"""Lists, details, timelines, cycles and the session."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import text

from states.calendar import WorkingCalendar
from states.national import decreed_years
from states.rule_context import RuleContext
from store.agency.rule_contexts import keep
from tests.service.api.conftest import PLAN, Service, everybody


async def walk(service: Service, person: uuid.UUID, path: str, limit: int) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    for _ in range(100):
        page = (await service.get(person, path, limit=limit, **cursor)).json()
        assert len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = {"cursor": page["next"]}
    raise AssertionError("the pages never end")


async def test_a_detail_says_in_plain_words_where_the_case_stands(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    await service.act(service.agency.rater, appraisal, "return_plan", {"text": "Lengkapi"})
    detail = (await service.get(employee, f"/appraisals/{appraisal}")).json()
    assert detail["stage"] == "plan_drafting"
    assert detail["stage_name"] == "Drafting the plan"
    assert detail["holders"] == [detail["employee"]]
    assert detail["my_capacities"] == ["employee"]
    assert detail["deadline"]["article"]
    assert detail["deadline"]["on"] in {detail["due_on"]}
    assert "2026" in detail["deadline"]["on_in_words"]
    assert detail["deadline"]["on_lapse_in_words"].endswith(".")
    assert [action["trigger"] for action in detail["actions"]] == ["submit_plan", "dispute_rater"]
    assert detail["actions"][0]["needs_text"] is True
    assert dt.datetime.fromisoformat(detail["business_now"]).date() == dt.date(2026, 1, 5)


async def test_a_detail_is_read_in_indonesian_by_default(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    headers = service.headers(employee)
    del headers["Accept-Language"]
    detail = (await service.http.get(f"/api/v1/appraisals/{appraisal}", headers=headers)).json()
    assert detail["stage_name"] == "Penetapan SKP"
    assert detail["holder_name"] == "Pejabat Penilai Kinerja"
    assert "Januari 2026" in detail["deadline"]["on_in_words"]


async def with_contract(service: Service, person: uuid.UUID, until: dt.date) -> None:
    """Makes somebody a PPPK whose contract ends."""
    async with service.database.begin() as transaction:
        await transaction.execute(
            text("UPDATE person SET employment = 'PPPK', contract_until = :until WHERE id = :id"),
            {"id": person, "until": until},
        )


async def test_the_detail_of_a_pppk_names_the_regulation_and_the_end_of_the_contract(
    service: Service,
) -> None:
    appraisal, employee = await service.new_appraisal()
    await with_contract(service, employee, dt.date(2027, 12, 31))
    detail = (await service.get(employee, f"/appraisals/{appraisal}")).json()
    assert detail["employment"] == "PPPK"
    assert detail["legal_basis"] == "PP 30/2019 and PP 49/2018 arts 35-37"
    assert detail["contract_until"] == "2027-12-31"
    assert "2027" in detail["contract_in_words"]


async def test_the_contract_of_a_pppk_is_read_in_indonesian_by_default(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await with_contract(service, employee, dt.date(2027, 12, 31))
    headers = service.headers(employee)
    del headers["Accept-Language"]
    detail = (await service.http.get(f"/api/v1/appraisals/{appraisal}", headers=headers)).json()
    assert detail["legal_basis"] == "PP 30/2019 dan PP 49/2018 pasal 35–37"  # as the law is cited
    assert detail["contract_in_words"] == "Kontrak berakhir 31 Desember 2027"


async def test_the_detail_of_a_pns_speaks_of_no_contract(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    detail = (await service.get(employee, f"/appraisals/{appraisal}")).json()
    assert (detail["employment"], detail["legal_basis"]) == ("PNS", "PP 30/2019")
    assert (detail["contract_until"], detail["contract_in_words"]) == (None, None)


async def test_whoever_is_signed_in_reads_until_when_the_own_contract_runs(service: Service) -> None:
    employee = service.agency.employee
    await with_contract(service, employee, dt.date(2027, 12, 31))
    me = (await service.get(employee, "/me")).json()
    assert (me["employment"], me["contract_until"]) == ("PPPK", "2027-12-31")
    assert me["contract_in_words"] == "Contract until 31 December 2027"


async def test_a_person_and_the_list_tell_until_when_the_contract_runs(service: Service) -> None:
    employee = service.agency.employee
    await with_contract(service, employee, dt.date(2027, 12, 31))
    detail = (await service.get(employee, f"/people/{employee}")).json()
    assert (detail["employment"], detail["contract_in_words"]) == ("PPPK", "Contract until 31 December 2027")
    (line,) = [item for item in await walk(service, employee, "/people", 50) if item["id"] == str(employee)]
    assert (line["employment"], line["contract_until"]) == ("PPPK", "2027-12-31")


async def rest_on_no_decree(service: Service, appraisal: uuid.UUID) -> None:
    """Puts the case on a calendar of which no year was decreed, with a day that the calendar has moved."""
    national = service.agency.rules.calendar
    calendar = WorkingCalendar(
        "no-decree", national.zone, national.working_weekdays, national.closed, frozenset()
    )
    async with service.database.begin() as transaction:
        await keep(transaction, RuleContext(service.agency.rules.book, calendar))
        await transaction.execute(
            text("""
                UPDATE appraisal SET calendar = CAST(:key AS text), snapshot = jsonb_set(jsonb_set(
                    snapshot, '{calendar}', to_jsonb(CAST(:key AS text))),
                    '{deadline,started_on}', snapshot #> '{deadline,due_on}')
                WHERE id = :id
            """),
            {"key": calendar.key, "id": appraisal},
        )


async def test_a_due_day_that_rests_on_a_year_without_a_decree_is_shown_as_provisional(
    service: Service,
) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    await rest_on_no_decree(service, appraisal)
    deadline = (await service.get(employee, f"/appraisals/{appraisal}")).json()["deadline"]
    assert deadline["provisional"] is True
    assert (
        deadline["provisional_in_words"]
        == "provisional until the decree on public holidays of 2026 is issued"
    )


async def test_a_provisional_due_day_is_read_in_indonesian_by_default(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    await rest_on_no_decree(service, appraisal)
    headers = service.headers(employee)
    del headers["Accept-Language"]
    detail = (await service.http.get(f"/api/v1/appraisals/{appraisal}", headers=headers)).json()
    assert detail["deadline"]["provisional_in_words"] == (
        "sementara, sampai keputusan bersama tiga menteri tentang hari libur 2026 terbit"
    )


async def test_a_due_day_of_a_decreed_year_is_certain(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    deadline = (await service.get(employee, f"/appraisals/{appraisal}")).json()["deadline"]
    assert (deadline["provisional"], deadline["provisional_in_words"]) == (False, None)


async def test_a_cycle_names_the_years_of_its_course_that_are_not_decreed(service: Service) -> None:
    officer, last = service.agency.officer, max(decreed_years())
    made = (await service.post(officer, "/cycles", {"name": "Sementara", "year": last})).json()
    detail = (await service.get(officer, f"/cycles/{made['id']}")).json()
    assert made["provisional_years"] == detail["provisional_years"] == [last + 1]
    assert str(last + 1) in detail["provisional_in_words"]
    preflight = (await service.get(officer, f"/cycles/{made['id']}/preflight")).json()
    assert preflight["provisional_years"] == [last + 1]


async def test_a_decree_that_the_agency_states_leaves_no_year_of_a_cycle_provisional(
    service: Service,
) -> None:
    officer, last = service.agency.officer, max(decreed_years())
    own = {"source": "SKB 3 Menteri", "decreed": [last + 1]}
    body = {"name": "Dinyatakan", "year": last, "working_days": own}
    made = (await service.post(officer, "/cycles", body)).json()
    assert (made["provisional_years"], made["provisional_in_words"]) == ([], None)


async def test_the_allowed_actions_are_those_that_are_accepted(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    listed = (await service.get(service.agency.rater, f"/appraisals/{appraisal}/actions")).json()
    assert [action["trigger"] for action in listed["actions"]] == ["return_plan", "approve_plan"]
    for_hr = (await service.get(service.agency.officer, f"/appraisals/{appraisal}/actions")).json()
    parameters = {action["trigger"]: action["parameters"] for action in for_hr["actions"]}
    assert parameters["extend"] == ["until", "authority"]
    assert set(parameters["reassign"]) >= {"assignee"}
    answer = await service.act(service.agency.rater, appraisal, "approve_plan")
    assert answer.status_code == 200


async def test_a_timeline_names_who_did_what_the_newest_first(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    await service.act(service.agency.rater, appraisal, "return_plan", {"text": "Lengkapi"})
    page = (await service.get(employee, f"/appraisals/{appraisal}/timeline")).json()
    assert page["next"] is None
    entries = page["items"]
    sequences = [entry["sequence"] for entry in entries]
    assert sequences == sorted(sequences, reverse=True)
    assert (entries[0]["what"], entries[0]["text"]) == ("return the plan", "Lengkapi")
    assert entries[0]["actor"].startswith("Rater")
    assert (entries[1]["actor"], entries[1]["text"]) == (
        (await service.get(employee, "/me")).json()["name"],
        PLAN["text"],
    )
    assert entries[-1]["what"] == "The appraisal was launched"
    document = await service.get(employee, f"/appraisals/{appraisal}/documents/{entries[1]['document']}")
    assert document.json()["text"] == PLAN["text"]


async def test_a_timeline_comes_in_pages_without_gaps(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    await service.act(service.agency.rater, appraisal, "return_plan", {"text": "Lengkapi"})
    items = await walk(service, employee, f"/appraisals/{appraisal}/timeline", 1)
    assert [item["sequence"] for item in items] == list(range(len(items), 0, -1))
    assert len(items) == await service.events(appraisal)


async def test_tasks_come_the_first_due_first_across_all_capacities(service: Service) -> None:
    agency = service.agency
    own = await service.launch(agency, agency.rater)
    await service.until_stage(own, "plan_drafting")
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    tasks = (await service.get(agency.rater, "/tasks")).json()["items"]
    assert {(task["appraisal_id"], task["capacity"]) for task in tasks} >= {
        (str(own), "employee"),
        (str(appraisal), "rater"),
    }
    days = [task["due_on"] for task in tasks]
    assert days == sorted(days)
    counts = (await service.get(agency.rater, "/me")).json()["tasks"]
    assert sum(count["open"] for count in counts) == len(tasks)
    assert await walk(service, agency.rater, "/tasks", 1) == tasks


async def test_where_the_line_ends_the_personnel_officers_hold_the_task_by_name(service: Service) -> None:
    agency = service.agency
    appraisal = await service.launch(agency, agency.head)
    await service.act(agency.head, appraisal, "submit_plan", PLAN)
    tasks = (await service.get(agency.officer, "/tasks")).json()["items"]
    assert str(appraisal) in {task["appraisal_id"] for task in tasks}
    detail = (await service.get(agency.head, f"/appraisals/{appraisal}")).json()
    assert [name.split()[0] for name in detail["holders"]] == ["Officer"]
    approved = await service.act(agency.officer, appraisal, "approve_plan")
    assert approved.status_code == 200, approved.text


async def test_a_finished_task_is_gone(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    await service.act(service.agency.rater, appraisal, "approve_plan")
    assert str(appraisal) not in (await service.get(service.agency.rater, "/tasks")).text


async def test_appraisals_are_filtered_and_paged_without_doubles(service: Service) -> None:
    officer = service.agency.officer
    everything = await walk(service, officer, "/appraisals", 200)
    assert await walk(service, officer, "/appraisals", 2) == everything
    assert len({item["id"] for item in everything}) == len(everything)
    in_review = (await service.get(officer, "/appraisals", stage="plan_review", limit=200)).json()["items"]
    assert {item["id"] for item in in_review} == {
        item["id"] for item in everything if item["stage"] == "plan_review"
    }
    assert in_review
    assert {item["holders"][0].split()[0] for item in in_review} <= {"Rater", "Officer", "Superior"}
    assert (await service.get(officer, "/appraisals", overdue=True)).json()["items"] == []
    assert (await service.get(officer, "/appraisals", unit=uuid.uuid4())).json()["items"] == []
    mine = (await service.get(officer, "/appraisals", cycle=service.agency.cycle, holder="rater")).json()
    assert {item["holder"] for item in mine["items"]} == {"rater"}


async def test_people_come_by_name_in_pages_and_can_be_searched(service: Service) -> None:
    officer = service.agency.officer
    names = [item["name"] for item in await walk(service, officer, "/people", 7)]
    assert len(names) == len(everybody(service.agency))
    assert len(set(names)) == len(names)
    found = (await service.get(officer, "/people", name="employee 1")).json()["items"]
    assert len(found) == 11
    assert (await service.get(officer, "/people", name="%")).json()["items"] == []


async def test_me_says_who_i_am_and_what_i_may_be(service: Service) -> None:
    me = (await service.get(service.agency.officer, "/me")).json()
    assert me["id"] == str(service.agency.officer)
    assert me["roles"] == ["hr"]
    assert me["agency"] == "Kota Contoh"


async def test_the_lifecycle_is_one_table_and_a_diagram(service: Service) -> None:
    lifecycle = (await service.get(service.agency.rater, "/lifecycle")).json()
    assert len(lifecycle["stages"]) == 21
    rows = [(row["trigger"], row["source"], row["target"]) for row in lifecycle["transitions"]]
    assert ("submit_plan", "plan_drafting", "plan_review") in rows
    assert lifecycle["mermaid"].startswith("stateDiagram-v2")


async def test_hr_creates_a_cycle_and_launches_it_once(service: Service) -> None:
    officer = service.elsewhere.officer
    made = await service.post(officer, "/cycles", {"name": "SKP 2027", "year": 2027})
    assert made.status_code == 201, made.text
    cycle = made.json()["id"]
    assert made.headers["location"] == f"/api/v1/cycles/{cycle}"
    for _ in range(2):
        started = await service.post(officer, f"/cycles/{cycle}/launch")
        assert started.status_code == 202, started.text
    await service.engine.get_workflow_handle(f"launch-{cycle}").result()
    progress = (await service.get(officer, f"/cycles/{cycle}/launch")).json()
    assert progress["appraisals"] == progress["started"] > 0
    assert progress["engine"]["done"] is True
    detail = (await service.get(officer, f"/cycles/{cycle}")).json()
    assert [(row["stage"], row["appraisals"]) for row in detail["stages"]] == [
        ("scheduled", progress["appraisals"])
    ]
    assert detail["launched_at"] is not None
    listed = (await service.get(officer, "/cycles")).json()["items"]
    assert [item["name"] for item in listed] == ["SKP 2027", "2026"]
    assert await walk(service, officer, "/cycles", 1) == listed


async def test_a_cycle_shows_the_working_days_that_its_agency_decided(service: Service) -> None:
    officer = service.elsewhere.officer
    own = {
        "week": "six_day",
        "closed": ["2028-03-01"],
        "working": ["2028-03-04"],
        "source": "Surat Bupati 7/2027",
        "decreed": [],
    }
    body = {"name": "SKP 2028", "year": 2028, "working_days": own}
    made = await service.post(officer, "/cycles", body)
    assert made.status_code == 201, made.text
    assert made.json()["working_days"] == own
    detail = await service.get(officer, f"/cycles/{made.json()['id']}")
    assert detail.json()["working_days"] == own
    national = await service.get(officer, f"/cycles/{service.elsewhere.cycle}")
    assert national.json()["working_days"] == {
        "week": "five_day",
        "closed": [],
        "working": [],
        "source": "",
        "decreed": [],
    }


async def test_a_cycle_that_was_never_launched_has_no_progress_in_the_engine(service: Service) -> None:
    agency = service.agency
    answer = await service.get(agency.officer, f"/cycles/{agency.cycle}/launch")
    assert answer.json()["engine"] is None
