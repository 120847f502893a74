"""Personnel officers see what people will get; what they see can do nothing in their browser."""

from typing import Any

import httpx
import pytest

from notifications.versions import template_names
from tests.service.api.conftest import Service

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def shown(service: Service, name: str, **wanted: Any) -> httpx.Response:
    return await service.get(service.agency.officer, f"/templates/{name}/preview", **wanted)


async def test_every_template_is_listed_with_what_it_is_for(service: Service) -> None:
    items = (await service.get(service.agency.officer, "/templates")).json()["items"]
    assert [item["name"] for item in items] == list(template_names())
    by_name = {item["name"]: item for item in items}
    assert by_name["reminder"]["kinds"] == ["reminder"]
    assert "rating" in by_name["reminder"]["stages"]
    assert (by_name["digest"]["kinds"], by_name["digest"]["stages"]) == ([], [])
    assert by_name["result_ready"]["subject"] == "The result of your appraisal can be read"
    assert all(item["version"] >= 1 for item in items)


async def test_the_address_of_each_example_leads_to_it(service: Service) -> None:
    items = (await service.get(service.agency.officer, "/templates")).json()["items"]
    for item in items:
        path = item["preview"].removeprefix("/api/v1")
        assert (await service.get(service.agency.officer, path)).status_code == 200


async def test_an_example_is_text_in_the_language_of_the_request(service: Service) -> None:
    answer = await shown(service, "reminder")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-language"] == "en"
    assert answer.text.startswith("Dear Siti Rahmawati (example),")


async def test_language_part_and_stage_can_be_chosen(service: Service) -> None:
    answer = await shown(service, "task_opened", locale="id", form="subject", stage="plan_drafting")
    assert answer.text == "Tugas baru: menyusun SKP"
    assert answer.headers["content-language"] == "id"


async def test_html_is_served_where_nothing_in_it_can_run_load_or_send(service: Service) -> None:
    answer = await shown(service, "digest", form="html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = [rule.strip() for rule in answer.headers["content-security-policy"].split(";")]
    assert {"default-src 'none'", "form-action 'none'", "frame-ancestors 'none'", "sandbox"} < set(policy)
    assert not [rule for rule in policy if "script" in rule or "allow-" in rule]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.startswith("<!DOCTYPE html>")


async def test_an_unknown_template_is_a_problem_with_the_names_that_there_are(service: Service) -> None:
    answer = await shown(service, "surprise")
    assert (answer.status_code, answer.json()["code"]) == (404, "template_unknown")
    assert answer.json()["detail"] == (
        f"There is no template of this name. There are: {', '.join(template_names())}."
    )


async def test_a_name_that_leads_out_of_the_directory_leads_nowhere(service: Service) -> None:
    for name in ("..%2F..%2Fpyproject", "wording", "layout", "digest_line", "reminder%00"):
        assert (await shown(service, name)).status_code == 404


async def test_a_stage_without_words_is_named_with_those_that_have_some(service: Service) -> None:
    answer = await shown(service, "reminder", stage="finalised")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    (error,) = answer.json()["errors"]
    assert error["field"] == "/stage"
    assert error["message"].startswith(
        "Nobody is asked for anything in this stage. Choose one of: plan_drafting"
    )


async def test_a_stage_is_refused_where_it_would_change_nothing(service: Service) -> None:
    (error,) = (await shown(service, "digest", stage="rating")).json()["errors"]
    assert error["message"] == "This template says the same in every stage. Leave the stage out."


@pytest.mark.parametrize("wanted", ({"form": "pdf"}, {"locale": "jv"}, {"stage": "nowhere"}))
async def test_a_choice_that_does_not_exist_is_a_problem_that_names_the_parameter(
    service: Service, wanted: dict[str, str]
) -> None:
    answer = await shown(service, "reminder", **wanted)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == f"/{next(iter(wanted))}"


@pytest.mark.parametrize("path", ("/templates", "/templates/reminder/preview", "/templates/surprise/preview"))
async def test_templates_are_for_personnel_officers_alone(service: Service, path: str) -> None:
    for person in (service.agency.employee, service.agency.rater, service.agency.head):
        answer = await service.get(person, path)
        assert (answer.status_code, answer.json()["code"]) == (403, "hr_only")
    assert (await service.http.get(f"/api/v1{path}")).status_code == 401
