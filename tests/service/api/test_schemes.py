"""The schemes that a client may look up: what people fill in, which notes exist, how a predicate comes about."""

import uuid
from typing import Any

import pytest

from schemes.loading import builtin_names, builtin_system
from tests.fixtures.content import SMALL
from tests.service.api.conftest import Service
from tests.service.api.meetings import agency_with
from tests.service.api.whole_year import full_agency


async def listed(service: Service, person: uuid.UUID) -> list[Any]:
    answer = await service.get(person, "/schemes")
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


async def shown(service: Service, person: uuid.UUID, name: str) -> Any:
    answer = await service.get(person, f"/schemes/{name}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_everybody_who_is_signed_in_finds_those_of_the_program(service: Service) -> None:
    agency = service.agency
    for person in (agency.employee, agency.rater, agency.officer, service.elsewhere.employee):
        items = await listed(service, person)
        program = [item["scheme"] for item in items if item["comes_with_program"]]
        assert program == list(builtin_names())


async def test_a_line_says_what_the_scheme_is_and_rests_on(service: Service) -> None:
    items = await listed(service, service.agency.employee)
    (line,) = [item for item in items if item["scheme"] == "samarinda"]
    assert line["key"] == builtin_system("samarinda").book.key
    assert line["title"] == "Appraisal of the employees of the city of Samarinda"
    assert line["basis"][0].startswith("UU 20/2023")
    assert line["in_use"] is False


async def test_what_only_another_agency_has_is_not_there(service: Service) -> None:
    agency = await agency_with(service, SMALL)
    key = agency.rules.book.key
    assert [item["key"] for item in await listed(service, agency.employee) if item["in_use"]] == [key]
    assert key not in {item["key"] for item in await listed(service, service.elsewhere.employee)}
    for name in (key, agency.rules.book.scheme):
        assert (await service.get(service.elsewhere.officer, f"/schemes/{name}")).status_code == 404


async def test_a_scheme_of_the_agency_is_shown_by_key_and_by_name(service: Service) -> None:
    agency = await agency_with(service, SMALL)
    book = agency.rules.book
    by_key, by_name = [await shown(service, agency.employee, name) for name in (book.key, book.scheme)]
    assert by_key == by_name
    assert (by_key["in_use"], by_key["comes_with_program"], by_key["words_only"]) == (True, False, False)
    assert [form["name"] for form in by_key["forms"]] == [
        "plan",
        "check_in",
        "self_assessment",
        "rating",
        "meeting",
    ]


async def test_forms_come_in_the_order_of_the_year_with_their_actions(service: Service) -> None:
    found = await shown(service, service.agency.employee, "nasional")
    assert [form["trigger"] for form in found["forms"]] == [
        "submit_plan",
        "submit_check_in",
        "review_check_in",
        "submit_self_assessment",
        *["rate"] * 3,
        "deliver_result",
    ]
    assert {form["basis"] for form in found["forms"]} == {None, "academic_record", "host_material"}


async def test_a_client_learns_which_notes_exist_and_what_they_ask(service: Service) -> None:
    found = await shown(service, service.agency.employee, "samarinda")
    entries = {entry["name"]: entry for entry in found["entries"]}
    assert set(entries) == {"observation", "feedback", "coaching", "counselling", "progress", "project"}
    observation = entries["observation"]
    assert (observation["by"], observation["about"]) == (["rater"], "plan.results")
    assert [(field["name"], field["kind"]) for field in observation["fields"]] == [
        ("seen_on", "day"),
        ("note", "text"),
    ]
    assert [entries[name]["confidential"] for name in ("coaching", "project")] == [True, False]


async def test_a_rating_by_bands_comes_with_its_weights(service: Service) -> None:
    rating = (await shown(service, service.agency.employee, "pp30-numerik"))["rating"]
    assert (rating["method"], rating["article"]) == ("bands", "PP 30/2019 art 41")
    assert [line["in_words"] for line in rating["follows"]][1] == "From 90: Good"
    assert rating["weights"][0]["weights"] == {"plan": 60, "behaviour": 24, "survey": 16}


async def test_a_scheme_of_words_says_so(service: Service) -> None:
    agency = await service.new_agency()
    found = await shown(service, agency.employee, agency.rules.book.key)
    assert (found["words_only"], found["forms"], found["rating"], found["entries"]) == (True, [], None, [])


async def test_what_runs_in_the_agency_is_shown_as_it_was_stored(service: Service) -> None:
    agency = await full_agency(service, f"Kota {uuid.uuid4().hex[:8]}")
    stored = await shown(service, agency.employee, agency.rules.book.key)
    program = await shown(service, agency.employee, "nasional")
    assert stored["key"] != program["key"]
    for part in ("forms", "rating", "entries"):
        assert stored[part] == program[part]


@pytest.mark.parametrize("name", ("tidak-ada", "nasional@999", "%00", "nasional%40", "@"))
async def test_what_is_not_there_is_not_found(service: Service, name: str) -> None:
    answer = await service.get(service.agency.employee, f"/schemes/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_it_is_told_in_the_readers_language(service: Service) -> None:
    headers = service.headers(service.agency.employee) | {"Accept-Language": "id"}
    found = (await service.http.get("/api/v1/schemes/nasional", headers=headers)).json()
    assert found["rating"]["predicates"][0]["label"] == "Sangat Baik"
    assert found["forms"][0]["label"].startswith("Sasaran") or "SKP" in found["forms"][0]["label"]
