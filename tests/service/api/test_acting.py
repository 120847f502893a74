"""Actions over HTTP, from the request to the record."""

import asyncio
import uuid

import pytest

from activities.starting import FOLLOWED
from tests.service.api.conftest import PLAN, Service
from tests.service.api.results import to_the_rating


async def test_an_action_is_durable_when_it_is_acknowledged(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    answer = await service.act(employee, appraisal, "submit_plan", PLAN)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["appraisal"] == str(appraisal)
    assert body["stage"] == "plan_review"
    assert body["sequence"] == await service.events(appraisal)
    assert await service.stage(appraisal) == "plan_review"


async def test_the_engine_follows_to_what_was_acknowledged(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    body = (await service.act(employee, appraisal, "submit_plan", PLAN)).json()
    position = await service.until_followed(appraisal)
    assert (position["stage"], position["sequence"]) == (body["stage"], body["sequence"])
    assert position["due"] == str(
        await service.value("SELECT due_on FROM appraisal WHERE id = :id", id=appraisal)
    )


async def test_the_text_is_kept_under_its_digest_and_the_engine_never_sees_it(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    content = await service.value("SELECT content FROM document WHERE appraisal_id = :id", id=appraisal)
    assert content == PLAN
    await service.until_followed(appraisal)
    history = await service.engine.get_workflow_handle(f"appraisal-{appraisal}").fetch_history()
    assert PLAN["text"] not in history.to_json()


async def test_a_form_is_kept_beside_the_text(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    form = {"results": [{"what": "Layanan", "target": 12.5}]}
    answer = await service.act(employee, appraisal, "submit_plan", {"text": "Rencana", "content": form})
    assert answer.status_code == 200, answer.text
    content = await service.value("SELECT content FROM document WHERE appraisal_id = :id", id=appraisal)
    assert content == {"text": "Rencana", "content": form}


async def test_the_same_key_again_gives_the_same_answer_and_one_event(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    first = await service.act(employee, appraisal, "submit_plan", PLAN, key="once")
    events = await service.events(appraisal)
    again = await service.act(employee, appraisal, "submit_plan", PLAN, key="once")
    assert (again.status_code, again.json()) == (200, first.json())
    assert await service.events(appraisal) == events


async def test_a_repeat_after_the_case_moved_on_still_gives_the_first_answer(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    first = await service.act(employee, appraisal, "submit_plan", PLAN, key="early")
    await service.act(service.agency.rater, appraisal, "approve_plan")
    again = await service.act(employee, appraisal, "submit_plan", PLAN, key="early")
    assert (again.status_code, again.json()) == (200, first.json())


async def test_twins_sent_at_the_same_time_are_one_action(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    answers = await asyncio.gather(
        *(service.act(employee, appraisal, "submit_plan", PLAN, key="twin") for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    submitted = await service.value(
        "SELECT count(*) FROM event WHERE appraisal_id = :id AND command_id = 'twin' AND kind = 'acted'"
        " AND body ->> 'trigger' = 'submit_plan'",
        id=appraisal,
    )
    assert submitted == 1


async def test_the_same_key_with_another_body_is_refused(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN, key="k")
    events = await service.events(appraisal)
    other = await service.act(employee, appraisal, "submit_plan", {"text": "Lain"}, key="k")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert await service.events(appraisal) == events
    assert await service.attempts(appraisal) == ["idempotency_key_reused"]


async def test_two_bodies_racing_under_one_key_are_never_both_acknowledged(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    answers = await asyncio.gather(
        service.act(employee, appraisal, "submit_plan", {"text": "Satu"}, key="race"),
        service.act(employee, appraisal, "submit_plan", {"text": "Dua"}, key="race"),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]


async def test_a_key_of_somebody_else_cannot_be_used(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN, key="mine")
    theft = await service.act(service.agency.rater, appraisal, "approve_plan", key="mine")
    assert (theft.status_code, theft.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_repeat_is_answered_even_when_another_rater_took_over(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    agency = service.agency
    await service.act(employee, appraisal, "submit_plan", PLAN)
    first = await service.act(agency.rater, appraisal, "approve_plan", key="mine")
    handed = await service.act(
        agency.officer,
        appraisal,
        "reassign",
        {"text": "Mutasi", "assignee": str(agency.director), "assigned_capacity": "rater"},
    )
    assert handed.status_code == 200, handed.text
    again = await service.act(agency.rater, appraisal, "approve_plan", key="mine")
    assert (again.status_code, again.json()) == (200, first.json())
    assert (await service.get(agency.rater, f"/appraisals/{appraisal}")).status_code == 404


async def test_a_stand_in_acts_on_behalf_of_the_official_and_both_names_are_on_record(
    service: Service,
) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.act(employee, appraisal, "submit_plan", PLAN)
    stand_in = service.agency.director
    await service.run(
        "INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)"
        " VALUES (gen_random_uuid(), :employee, 'rater', :holder, 'plh', '2026-01-01', 'SP-1', now())",
        employee=employee,
        holder=stand_in,
    )
    assert (await service.act(service.agency.rater, appraisal, "approve_plan")).status_code == 404
    answer = await service.act(stand_in, appraisal, "approve_plan")
    assert answer.status_code == 200, answer.text
    entry = (await service.get(stand_in, f"/appraisals/{appraisal}/timeline")).json()["items"][0]
    assert entry["actor"].startswith("Director")
    assert entry["on_behalf_of"].startswith("Rater")


async def test_who_holds_several_fitting_capacities_is_asked_to_choose(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    agency = service.agency
    await service.run(
        "INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)"
        " VALUES (gen_random_uuid(), :employee, 'rater', :holder, 'plt', '2026-01-01', '', now())",
        employee=employee,
        holder=agency.officer,
    )
    await service.act(employee, appraisal, "submit_plan", PLAN)
    await service.act(agency.officer, appraisal, "approve_plan")
    revision = {"text": "Prioritas berubah", "ground": "priority_changed"}
    unclear = await service.act(agency.officer, appraisal, "revise_plan", revision)
    assert (unclear.status_code, unclear.json()["field"]) == (422, "capacity")
    chosen = await service.act(agency.officer, appraisal, "revise_plan", revision | {"capacity": "hr"})
    assert (chosen.status_code, chosen.json()["stage"]) == (200, "plan_drafting")


async def test_a_finalised_appraisal_is_reopened_in_a_new_run_and_goes_on(service: Service) -> None:
    appraisal, _ = await finalised(service)
    agency = service.agency
    await service.until_followed(appraisal)
    handle = service.engine.get_workflow_handle(f"appraisal-{appraisal}")
    assert await handle.result() == "finalised"
    reopened = await service.act(agency.officer, appraisal, "reopen", {"text": "Keliru"}, key="again")
    assert (reopened.status_code, reopened.json()["stage"]) == (200, "rating"), reopened.text
    repeat = await service.act(agency.officer, appraisal, "reopen", {"text": "Keliru"}, key="again")
    assert repeat.json() == reopened.json()
    rated = await service.act(agency.rater, appraisal, "rate", {"text": "Baik"})
    assert (rated.status_code, rated.json()["stage"]) == (200, "feedback_meeting")
    assert (await service.until_followed(appraisal))["stage"] == "feedback_meeting"


async def test_a_repeat_after_the_case_closed_is_answered_from_the_record(service: Service) -> None:
    appraisal, _ = await service.new_appraisal()
    officer = service.agency.officer
    first = await service.act(officer, appraisal, "cancel", {"text": "Pensiun"}, key="end")
    assert first.json()["stage"] == "cancelled"
    again = await service.act(officer, appraisal, "cancel", {"text": "Pensiun"}, key="end")
    assert (again.status_code, again.json()) == (200, first.json())
    late = await service.act(officer, appraisal, "suspend", {"text": "Cuti"})
    assert (late.status_code, late.json()["code"]) == (409, "illegal_transition")


async def test_a_case_whose_workflow_is_gone_is_acted_on_as_ever_and_gets_a_new_one(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.until_stage(appraisal, "plan_drafting")
    await service.engine.get_workflow_handle(f"appraisal-{appraisal}").terminate()
    answer = await service.act(employee, appraisal, "submit_plan", PLAN)
    assert (answer.status_code, answer.json()["stage"]) == (200, "plan_review"), answer.text
    assert (await service.until_followed(appraisal))["stage"] == "plan_review"


async def test_what_time_has_caused_until_an_action_comes_before_it_on_record(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    # At once, whether the engine has looked at the case by now or not.
    answer = await service.act(employee, appraisal, "submit_plan", PLAN)
    assert answer.status_code == 200, answer.text
    triggers = await service.value(
        "SELECT array_agg(body ->> 'trigger' ORDER BY sequence) FROM event"
        " WHERE appraisal_id = :id AND kind = 'acted'",
        id=appraisal,
    )
    assert triggers == ["open_planning", "submit_plan"]


@pytest.mark.parametrize(
    ("role", "trigger", "body", "status", "code"),
    (
        ("employee", "submit_plan", {}, 422, "content_missing"),
        ("employee", "rate", {"text": "Sangat baik"}, 409, "illegal_transition"),
        ("employee", "approve_plan", {}, 409, "illegal_transition"),
        ("rater", "submit_plan", PLAN, 403, "not_permitted"),
        ("officer", "extend", {"text": "x", "until": "0001-01-01"}, 422, "parameter_invalid"),
        ("officer", "extend", {"text": "x", "until": "9999-12-31"}, 422, "parameter_invalid"),
        ("officer", "extend", {"text": "x"}, 422, "parameter_invalid"),
        ("officer", "reassign", {"text": "x"}, 422, "parameter_invalid"),
        ("superior", "suspend", {"text": "x"}, 403, "not_permitted"),
        ("employee", "cancel", {"text": "x", "capacity": "hr"}, 403, "not_permitted"),
    ),
)
async def test_what_the_core_refuses_is_a_problem_on_record_and_changes_nothing(
    service: Service, role: str, trigger: str, body: dict[str, str], status: int, code: str
) -> None:
    appraisal, employee = await refusal_case(service)
    person = employee if role == "employee" else getattr(service.agency, role)
    events, attempts = await service.events(appraisal), await service.attempts(appraisal)
    answer = await service.act(person, appraisal, trigger, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert await service.events(appraisal) == events
    assert await service.attempts(appraisal) == [*attempts, code]


async def test_a_person_who_does_not_exist_cannot_take_over(service: Service) -> None:
    appraisal, _ = await refusal_case(service)
    for assignee in (uuid.uuid4(), service.elsewhere.rater):
        answer = await service.act(
            service.agency.officer,
            appraisal,
            "reassign",
            {"text": "x", "assignee": str(assignee), "assigned_capacity": "rater"},
        )
        assert (answer.status_code, answer.json()["field"]) == (422, "assignee")


async def test_what_the_engine_believes_decides_nothing(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    await service.until_stage(appraisal, "plan_drafting")
    handle = service.engine.get_workflow_handle(f"appraisal-{appraisal}")
    await handle.signal(FOLLOWED, "7 rating - - 2")
    answer = await service.act(employee, appraisal, "submit_plan", PLAN)
    assert (answer.status_code, answer.json()["stage"]) == (200, "plan_review"), answer.text
    assert (await service.until_followed(appraisal))["stage"] == "plan_review"


_REFUSAL_CASES: dict[int, tuple[uuid.UUID, uuid.UUID]] = {}


async def refusal_case(service: Service) -> tuple[uuid.UUID, uuid.UUID]:
    """One appraisal for all refusals, as none of them changes it."""
    if id(service) not in _REFUSAL_CASES:
        appraisal, employee = await service.new_appraisal()
        await service.until_stage(appraisal, "plan_drafting")
        _REFUSAL_CASES[id(service)] = appraisal, employee
    return _REFUSAL_CASES[id(service)]


async def finalised(service: Service) -> tuple[uuid.UUID, uuid.UUID]:
    """An appraisal that went the whole way, opened early by HR where the calendar would wait."""
    appraisal, employee = await service.new_appraisal()
    agency = service.agency
    for person, trigger, body in (
        *to_the_rating(agency, employee),
        (agency.rater, "rate", {"text": "Baik"}),
        (agency.rater, "deliver_result", None),
        (employee, "agree", None),
        (agency.rater, "finalise", None),
    ):
        answer = await service.act(person, appraisal, trigger, body)
        assert answer.status_code == 200, (trigger, answer.text)
    return appraisal, employee
