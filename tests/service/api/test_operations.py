"""Changes of the organisation over HTTP: one journey a kind, from the preview to what everybody sees after it."""

from typing import Any

from schemes.loading import builtin_scheme
from tests.service.api.changes import (
    done,
    drafting,
    named,
    outcomes,
    planned,
    preview,
    requested,
    settled,
    submitted,
)
from tests.service.api.conftest import Service


def effects(previewed: dict[str, Any]) -> dict[str, int]:
    return {each["trigger"]: each["appraisals"] for each in previewed["effects"]}


async def test_an_extension_of_a_unit_is_previewed_ordered_and_moves_every_due_day(service: Service) -> None:
    agency = await service.new_agency()
    cases = [await submitted(service, agency, employee) for employee in agency.employees]
    wanted = {"unit": agency.unit, "until": "2026-02-27"}
    previewed = (await preview(service, agency.officer, "extend", **wanted)).json()
    assert (previewed["affected"], effects(previewed), previewed["refused"]) == (2, {"extend": 2}, [])
    line = previewed["lines"][0]
    assert (line["due_on"], line["due_on_then"]) == ("2026-01-31", "2026-02-27")
    assert (line["effect"], line["stage_name"]) == ("the deadline is extended", "Plan under review")
    for case in cases:
        assert (await service.get(agency.officer, f"/appraisals/{case}")).json()["due_on"] == "2026-01-31"
    operation = await done(service, agency.officer, "extend", **wanted)
    assert outcomes(operation) == {"done": 2}
    for case in cases:
        assert (await service.get(agency.officer, f"/appraisals/{case}")).json()["due_on"] == "2026-02-27"


async def test_a_replaced_official_hands_over_what_waits_on_him(service: Service) -> None:
    agency = await service.new_agency()
    case = await submitted(service, agency, agency.employee)
    wanted = {"official": agency.rater, "successor": agency.director}
    previewed = (await preview(service, agency.officer, "replace_official", **wanted)).json()
    (line,) = previewed["lines"]
    assert line["responsible"] == await named(service, agency.director)
    assert line["effect"] == "another official becomes responsible"
    await done(service, agency.officer, "replace_official", **wanted)
    assert (await service.get(agency.rater, f"/appraisals/{case}")).status_code == 404
    assert (await service.act(agency.director, case, "approve_plan")).status_code == 200


async def test_an_acting_official_sees_the_tasks_as_those_of_the_official(service: Service) -> None:
    agency = await service.new_agency()
    case = await submitted(service, agency, agency.employee)
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until="2026-02-27",
    )
    official = await named(service, agency.rater)
    (task,) = [
        task
        for task in (await service.get(agency.director, "/tasks")).json()["items"]
        if task["appraisal_id"] == str(case)
    ]
    assert (task["basis"], task["on_behalf_of"]) == ("plh", official)
    seen = (await service.get(agency.employee, f"/appraisals/{case}")).json()
    (responsible,) = seen["responsible"]
    substitute = await named(service, agency.director)
    assert responsible["in_words"] == f"{substitute}, on behalf of {official} (daily acting official (Plh.))"
    assert (await service.act(agency.director, case, "approve_plan")).status_code == 200
    timeline = (await service.get(agency.employee, f"/appraisals/{case}/timeline")).json()
    assert official in str(timeline["items"])


async def test_a_substitution_that_is_ended_gives_the_tasks_back(service: Service) -> None:
    agency = await service.new_agency()
    case = await submitted(service, agency, agency.employee)
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plt",
    )
    (substitution,) = (await service.get(agency.officer, "/substitutions")).json()["items"]
    operation = await done(service, agency.officer, "end_substitution", substitution=substitution["id"])
    assert outcomes(operation) == {"done": 1}
    assert (await service.act(agency.rater, case, "approve_plan")).status_code == 200


async def test_a_long_leave_stops_the_own_clock_and_the_return_lets_it_run_on(service: Service) -> None:
    agency = await service.new_agency()
    case = await drafting(service, agency, agency.employee)
    stage = await service.stage(case)
    leave = {"person": agency.employee, "absence": "leave", "until": "2026-04-30"}
    previewed = (await preview(service, agency.officer, "absence", **leave)).json()
    assert effects(previewed) == {"suspend": 1}
    await done(service, agency.officer, "absence", **leave)
    assert await service.stage(case) == "suspended"
    await done(service, agency.officer, "return", person=agency.employee)
    assert await service.stage(case) == stage


async def test_a_move_closes_the_period_and_begins_another_with_the_new_rater(service: Service) -> None:
    agency = await service.new_agency()
    case = await planned(service, agency, agency.employee)
    operation = await done(
        service,
        agency.officer,
        "move",
        person=agency.employee,
        unit=agency.unit,
        rater=agency.director,
        post="Analis",
    )
    assert outcomes(operation) == {"done": 1}
    own = (await service.get(agency.employee, "/appraisals")).json()["items"]
    assert len(own) == 2
    (other,) = [each["id"] for each in own if each["id"] != str(case)]
    closed = (await service.get(agency.employee, f"/appraisals/{case}")).json()
    begun = (await service.get(agency.employee, f"/appraisals/{other}")).json()
    assert (closed["stage"], closed["period"], closed["period_from"]) == ("rating", 1, "2026-01-01")
    assert (closed["period_until"], begun["period_from"]) == ("2026-01-04", "2026-01-05")
    assert (begun["period"], begun["period_until"]) == (2, "2026-12-31")
    assert closed["responsible"][0]["name"] == await named(service, agency.rater)


async def test_merged_units_pass_their_people_on(service: Service) -> None:
    agency = await service.new_agency()
    case = await drafting(service, agency, agency.employee)
    into = await service.value(
        "INSERT INTO unit (id, agency_id, code, name, kind, zone) VALUES (gen_random_uuid(), :agency, 'U2',"
        " 'Badan Baru', '', 'Asia/Jakarta') RETURNING id",
        agency=agency.agency,
    )
    await done(service, agency.officer, "merge_units", units=[agency.unit], into=into)
    assert (await service.get(agency.employee, f"/appraisals/{case}")).json()["unit"] == "Badan Baru"


async def test_an_official_delegates_his_own_tasks_and_sees_his_order(service: Service) -> None:
    agency = await service.new_agency()
    case = await submitted(service, agency, agency.employee)
    wanted = {
        "official": agency.rater,
        "substitute": agency.director,
        "basis": "delegated",
        "until": "2026-02-27",
    }
    assert (await preview(service, agency.rater, "appoint_substitute", **wanted)).status_code == 200
    operation = await done(service, agency.rater, "appoint_substitute", **wanted)
    listed = (await service.get(agency.rater, "/operations")).json()["items"]
    assert [each["id"] for each in listed] == [operation["id"]]
    assert (await service.get(agency.superior, "/operations")).json()["items"] == []
    assert (await service.act(agency.director, case, "approve_plan")).status_code == 200


async def test_the_same_key_and_body_are_ordered_once(service: Service) -> None:
    agency = await service.new_agency()
    wanted = {"official": agency.rater, "substitute": agency.director, "basis": "plt"}
    first = await requested(service, agency.officer, "appoint_substitute", key="sama", **wanted)
    await settled(service, agency.officer, first)
    again = await requested(service, agency.officer, "appoint_substitute", key="sama", **wanted)
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    assert again.headers["location"] == first.headers["location"]
    assert len((await service.get(agency.officer, "/substitutions")).json()["items"]) == 1


async def test_the_same_key_with_another_body_is_refused(service: Service) -> None:
    agency = await service.new_agency()
    wanted = {"official": agency.rater, "substitute": agency.director, "basis": "plt"}
    await requested(service, agency.officer, "appoint_substitute", key="lain", **wanted)
    other = await requested(
        service, agency.officer, "appoint_substitute", key="lain", **wanted | {"substitute": agency.head}
    )
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_an_order_waits_for_its_day_and_can_be_withdrawn_until_then(service: Service) -> None:
    agency = await service.new_agency()
    answer = await requested(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plt",
        effective_on="2026-03-02",
    )
    operation = answer.json()
    assert (operation["state"], operation["steps"]) == ("waiting", ["withdraw"])
    path = f"/operations/{operation['id']}"
    withdrawn = (await service.post(agency.officer, f"{path}/withdraw")).json()
    assert (withdrawn["state"], withdrawn["steps"]) == ("withdrawn", [])
    again = await service.post(agency.officer, f"{path}/withdraw")
    assert again.json()["state"] == "withdrawn"
    assert (await service.post(agency.officer, f"{path}/pause")).json()["code"] == "operation_ended"
    assert (await service.get(agency.officer, "/substitutions")).json()["items"] == []


async def test_an_order_under_way_is_paused_and_goes_on(service: Service) -> None:
    agency = await service.new_agency()
    operation = await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until="2026-02-27",
    )
    path = f"/operations/{operation['id']}"
    paused = (await service.post(agency.officer, f"{path}/pause")).json()
    assert (paused["state"], paused["steps"]) == ("paused", ["resume"])
    resumed = (await service.post(agency.officer, f"{path}/resume")).json()
    assert (resumed["state"], resumed["steps"]) == ("running", ["pause"])
    too_late = await service.post(agency.officer, f"{path}/withdraw")
    assert (too_late.status_code, too_late.json()["code"]) == (409, "operation_ended")


async def test_a_decree_is_previewed_with_each_day_that_moves_and_then_ordered(service: Service) -> None:
    agency = await service.new_agency()
    case = await planned(service, agency, agency.employee)
    await drafting(service, agency, agency.employees[1])
    await done(service, agency.officer, "absence", person=agency.employee, absence="retired", evaluate=True)
    before = (await service.get(agency.officer, f"/appraisals/{case}")).json()["due_on"]
    wanted = {"closed": [before]}
    previewed = (await preview(service, agency.officer, "adopt_calendar", **wanted)).json()
    assert previewed["kind_name"] == "Change working days by a decree"
    assert (previewed["affected"], previewed["more"]) == (2, 1)
    assert previewed["moved"] == [{"name": "Rating", "deadlines": 1}]
    (line,) = previewed["lines"]
    (move,) = line["moves"]
    assert (line["appraisal_id"], move["duty"], move["due_on"]) == (str(case), None, before)
    assert move["due_on_then"] == line["due_on_then"] > before
    operation = await done(service, agency.officer, "adopt_calendar", **wanted)
    assert outcomes(operation) == {"done": 2}
    assert (await service.get(agency.officer, f"/appraisals/{case}")).json()["due_on"] == move["due_on_then"]


async def test_a_move_to_a_newer_version_is_previewed_and_finds_nothing_to_move(service: Service) -> None:
    agency = await service.new_agency(book=builtin_scheme("nasional"))
    await drafting(service, agency, agency.employee)
    previewed = (await preview(service, agency.officer, "adopt_rules", cycle=agency.cycle)).json()
    assert previewed["kind_name"] == "Move to a newer version of the scheme"
    assert (previewed["affected"], previewed["moved"], previewed["lines"]) == (0, [], [])


async def test_who_works_outside_the_agency_is_rated_on_that_work(service: Service) -> None:
    agency = await service.new_agency()
    case = await planned(service, agency, agency.employee)
    wanted = {"person": agency.employee, "absence": "secondment"}
    previewed = (await preview(service, agency.officer, "absence", **wanted)).json()
    assert effects(previewed) == {"close_period": 1}
    await done(service, agency.officer, "absence", **wanted)
    relations = (await service.get(agency.officer, f"/people/{agency.employee}/relations")).json()
    assert "assignment outside the agency" in str(relations)
    assert (await service.get(agency.officer, f"/appraisals/{case}")).json()["stage"] == "rating"
