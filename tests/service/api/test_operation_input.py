"""What is no change is refused with the field that is wrong and what to give instead; nothing changes."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import change, preview, requested, submitted
from tests.service.api.conftest import Service


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    agency = await service.new_agency()
    await submitted(service, agency, agency.employee)
    return agency


async def sent(service: Service, agency: SmallAgency, body: Any, path: str = "") -> httpx.Response:
    return await service.http.post(
        f"/api/v1/operations{path}",
        content=body if isinstance(body, bytes) else json.dumps(body),
        headers=service.headers(
            agency.officer, **{"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        ),
    )


async def orders_of(service: Service, agency: SmallAgency) -> int:
    return int(await service.value("SELECT count(*) FROM operation WHERE agency_id = :id", id=agency.agency))


PERSON = "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("path", ("", "/preview"))
@pytest.mark.parametrize(
    ("body", "field", "told"),
    (
        ({}, "/kind", "This field is needed."),
        ({"kind": "promote"}, "/kind", "This must be one of extend, replace_official, appoint_substitute"),
        ({"kind": 7}, "/kind", "This must be one of"),
        ([], "", "This must be a JSON object."),
        ({"kind": "return", "authority": "SK", "person": PERSON}, "/reason", "This field is needed."),
        (change("return", person=PERSON) | {"reason": "  "}, "/reason", "The text is empty."),
        (
            change("return", person=PERSON) | {"reason": "a\0b"},
            "/reason",
            "must not contain the character NUL",
        ),
        (change("return", person=PERSON) | {"reason": "a" * 2_001}, "/reason", "longer than 2000"),
        ({"kind": "return", "reason": "x", "person": PERSON}, "/authority", "This field is needed."),
        (change("return"), "/person", "This field is needed."),
        (change("return", person="Budi"), "/person", "This must be an id"),
        (change("return", person=PERSON, nip="x"), "/nip", "There is no such field."),
        (change("return", person=PERSON, effective_on="besok"), "/effective_on", "This must be a date"),
        (change("return", person=PERSON, effective_on=20260101), "/effective_on", "This must be a date"),
        (change("return", person=PERSON, effective_on="0001-01-01"), "/effective_on", "at least 2000-01-01"),
        (change("return", person=PERSON, effective_on="9999-12-31"), "/effective_on", "at most 2100-12-31"),
        (change("extend", people=PERSON), "/people", "This must be a list."),
        (change("extend", people=[PERSON, "x"]), "/people/1", "This must be an id"),
        (change("extend", stages=["tidur"]), "/stages/0", "This must be one of"),
        (change("extend", length="5"), "/length", "This must be a whole number."),
        (change("extend", length=0), "/length", "at least 1"),
        (change("extend", length=181), "/length", "at most 180"),
        (change("extend", unit_of_length="minggu"), "/unit_of_length", "This must be one of"),
        (change("absence", person=PERSON, absence="lost"), "/absence", "This must be one of"),
        (change("absence", person=PERSON, absence="died", evaluate="yes"), "/evaluate", "true or false"),
        (change("appoint_substitute", official=PERSON, substitute=PERSON), "/basis", "This field is needed."),
        (change("adopt_calendar", closed="2026-03-03"), "/closed", "This must be a list."),
        (change("adopt_calendar", working=["besok"]), "/working/0", "This must be a date"),
        (change("adopt_calendar", cycles=["x"]), "/cycles/0", "This must be an id"),
        (change("adopt_calendar", decreed=[1999]), "/decreed/0", "at least 2000"),
        (change("adopt_rules", people="x"), "/people", "This must be a list."),
        (change("adopt_rules", scheme="nasional"), "/scheme", ""),
        (change("merge_units", units=[], into=PERSON), "/units", "The list is empty."),
        (change("merge_units", units=[PERSON] * 201, into=PERSON), "/units", "longer than 200 entries"),
    ),
)
async def test_a_body_that_is_no_order_is_refused_with_the_field(
    service: Service, agency: SmallAgency, body: Any, field: str, told: str, path: str
) -> None:
    before = await orders_of(service, agency)
    refused = await sent(service, agency, body, path)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), refused.text
    errors = {each["field"]: each["message"] for each in refused.json()["errors"]}
    assert told in errors[field]
    assert await orders_of(service, agency) == before


Fields = Callable[[SmallAgency, SmallAgency], dict[str, Any]]

SENSELESS: tuple[tuple[str, str, str, Fields], ...] = (
    ("extend", "/people", "Name people, a unit or a cycle", lambda _a, _b: {"until": "2026-03-31"}),
    ("extend", "/until", "Give either", lambda a, _b: {"unit": a.unit}),
    ("extend", "/until", "Give either", lambda a, _b: {"unit": a.unit, "until": "2026-03-31", "length": 3}),
    ("extend", "/people", "no such person", lambda a, b: {"people": [a.employee, b.employee], "length": 3}),
    ("extend", "/unit", "no such unit", lambda _a, b: {"unit": b.unit, "length": 3}),
    ("extend", "/cycle", "no such cycle", lambda _a, b: {"cycle": b.cycle, "length": 3}),
    (
        "extend",
        "/stages",
        "has no running deadline",
        lambda a, _b: {"unit": a.unit, "length": 3, "stages": ["suspended"]},
    ),
    (
        "replace_official",
        "/successor",
        "somebody else",
        lambda a, _b: {"official": a.rater, "successor": a.rater},
    ),
    (
        "replace_official",
        "/successor",
        "no such person",
        lambda a, b: {"official": a.rater, "successor": b.rater},
    ),
    (
        "replace_official",
        "/official",
        "Nobody is rated",
        lambda a, _b: {"official": a.employee, "successor": a.director},
    ),
    (
        "appoint_substitute",
        "/substitute",
        "stands in for himself",
        lambda a, _b: {"official": a.rater, "substitute": a.rater, "basis": "plt"},
    ),
    (
        "appoint_substitute",
        "/until",
        "Give the last day",
        lambda a, _b: {"official": a.rater, "substitute": a.director, "basis": "plh"},
    ),
    (
        "appoint_substitute",
        "/until",
        "lies before the first",
        lambda a, _b: {
            "official": a.rater,
            "substitute": a.director,
            "basis": "plh",
            "effective_on": "2026-03-02",
            "until": "2026-03-01",
        },
    ),
    (
        "appoint_substitute",
        "/substitute",
        "no such person",
        lambda a, b: {"official": a.rater, "substitute": b.director, "basis": "plt"},
    ),
    ("end_substitution", "/substitution", "no such substitution", lambda _a, b: {"substitution": b.rater}),
    ("absence", "/person", "no such person", lambda _a, b: {"person": b.employee, "absence": "died"}),
    ("absence", "/until", "Give the last day", lambda a, _b: {"person": a.employee, "absence": "leave"}),
    (
        "absence",
        "/until",
        "Nobody comes back",
        lambda a, _b: {"person": a.employee, "absence": "died", "until": "2026-03-31"},
    ),
    ("return", "/person", "No absence of this person", lambda a, _b: {"person": a.employee}),
    (
        "move",
        "/rater",
        "Nobody appraises himself",
        lambda a, _b: {"person": a.employee, "unit": a.unit, "rater": a.employee},
    ),
    (
        "move",
        "/unit",
        "no such unit",
        lambda a, b: {"person": a.employee, "unit": b.unit, "rater": a.director},
    ),
    (
        "move",
        "/successor",
        "This person rates 2 people",
        lambda a, _b: {"person": a.rater, "unit": a.unit, "rater": a.director},
    ),
    ("adopt_calendar", "/closed", "Name days", lambda _a, _b: {}),
    (
        "adopt_calendar",
        "/working",
        "either closed or working",
        lambda _a, _b: {"closed": ["2026-03-03"], "working": ["2026-03-03"]},
    ),
    ("adopt_calendar", "/closed", "a calendar with", lambda _a, _b: {"closed": ["2050-03-03"]}),
    ("adopt_calendar", "/decreed", "a calendar with 2050", lambda _a, _b: {"decreed": [2050]}),
    (
        "adopt_calendar",
        "/cycles",
        "no such cycle",
        lambda _a, b: {"closed": ["2026-03-03"], "cycles": [b.cycle]},
    ),
    ("adopt_rules", "/people", "whose rules change", lambda _a, _b: {}),
    ("adopt_rules", "/unit", "no such unit", lambda _a, b: {"unit": b.unit}),
    ("adopt_rules", "/cycle", "no such cycle", lambda _a, b: {"cycle": b.cycle}),
    ("adopt_rules", "/people", "no such person", lambda _a, b: {"people": [b.employee]}),
    (
        "adopt_rules",
        "/scheme",
        "no such scheme",
        lambda a, _b: {"people": [a.employee], "scheme": "nasional@99"},
    ),
    ("merge_units", "/into", "into itself", lambda a, _b: {"units": [a.unit], "into": a.unit}),
    ("merge_units", "/into", "no such unit", lambda a, b: {"units": [a.unit], "into": b.unit}),
)


@pytest.mark.parametrize(("kind", "field", "told", "fields"), SENSELESS)
async def test_an_order_that_makes_no_sense_here_is_refused_with_the_field(
    service: Service, agency: SmallAgency, kind: str, field: str, told: str, fields: Fields
) -> None:
    before = await orders_of(service, agency)
    given = fields(agency, service.elsewhere)
    for refused in (
        await preview(service, agency.officer, kind, **given),
        await requested(service, agency.officer, kind, **given),
    ):
        assert (refused.status_code, refused.json()["code"]) == (422, "parameter_invalid"), refused.text
        (error,) = refused.json()["errors"]
        assert error["field"] == field
        assert told in error["message"]
    assert await orders_of(service, agency) == before


async def test_a_refusal_is_told_in_indonesian(service: Service, agency: SmallAgency) -> None:
    headers = service.headers(agency.officer, **{"Accept-Language": "id"})
    refused = await service.http.post(
        "/api/v1/operations/preview", json=change("return", person=agency.employee), headers=headers
    )
    assert refused.json()["errors"] == [
        {
            "field": "/person",
            "message": "Tidak tercatat ketidakhadiran pegawai ini yang dapat diakhiri.",
        }
    ]


async def test_a_body_that_is_no_json_is_refused(service: Service, agency: SmallAgency) -> None:
    assert (await sent(service, agency, b"{")).json()["code"] == "malformed_json"


async def test_an_order_needs_a_key(service: Service, agency: SmallAgency) -> None:
    refused = await service.post(agency.officer, "/operations", change("return", person=agency.employee))
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("key", ("with blank", "wake:1", "launch", "operation:1", "x" * 81))
async def test_a_key_of_another_form_is_refused(service: Service, agency: SmallAgency, key: str) -> None:
    refused = await requested(service, agency.officer, "return", key=key, person=agency.employee)
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_invalid")


@pytest.mark.parametrize(
    "path",
    ("/operations?cursor=x", "/operations?limit=0", "/substitutions?state=soon", "/incidents?cursor=x"),
)
async def test_lists_refuse_what_they_do_not_know(service: Service, agency: SmallAgency, path: str) -> None:
    assert (await service.get(agency.officer, path)).status_code in {400, 422}


async def test_an_id_that_is_none_leads_nowhere(service: Service, agency: SmallAgency) -> None:
    for path in ("/operations/x", "/operations/x/items", "/people/x/relations"):
        assert (await service.get(agency.officer, path)).status_code == 404
