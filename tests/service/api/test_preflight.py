"""Personnel officers see over the API what is wrong with a cycle before it is launched."""

import csv
import io
import uuid
from typing import Any

import pytest
import pytest_asyncio
from python_calamine import CalamineWorkbook

from tests.service.api.conftest import Service

FORMULA = "=HYPERLINK(0)"


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def wrong(service: Service) -> None:
    """Two people without an address, one of them called like a formula, and one on unpaid leave."""
    first, second, third = service.agency.employees[:3]
    await service.run("UPDATE person SET email = '', name = :name WHERE id = :id", id=first, name=FORMULA)
    await service.run("UPDATE person SET email = '' WHERE id = :id", id=second)
    await service.run("UPDATE person SET legal_standing = '02' WHERE id = :id", id=third)


async def summary(service: Service, **parameters: Any) -> dict[str, Any]:
    answer = await service.get(
        service.agency.officer, f"/cycles/{service.agency.cycle}/preflight", **parameters
    )
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_the_summary_says_how_many_would_be_launched_and_what_is_wrong(service: Service) -> None:
    found = await summary(service)
    assert (found["people"], found["ready"], found["exempt"], found["blocked"], found["running"]) == (
        25,
        23,
        1,
        1,
        0,
    )
    causes = {cause["code"]: cause for cause in found["causes"]}
    missing = causes["email_missing"]
    assert (missing["severity"], missing["count"], missing["fixer"]) == ("warns", 2, "hr_data")
    assert missing["wrong"] == "The person has no e-mail address, so no reminder arrives."
    assert missing["remedy"].startswith("Enter the address")
    assert missing["fixer_name"] == "Personnel officers, in the roster"
    assert (causes["unpaid_leave"]["severity"], causes["unpaid_leave"]["fixer"]) == ("exempt", "nobody")
    assert causes["no_rater"]["severity"] == "blocks"
    assert found["business_at"].startswith("2026-01-05")


async def test_the_summary_is_in_indonesian_by_default(service: Service) -> None:
    headers = service.headers(service.agency.officer)
    del headers["Accept-Language"]
    address = f"/api/v1/cycles/{service.agency.cycle}/preflight"
    causes = (await service.http.get(address, headers=headers)).json()["causes"]
    (missing,) = [cause for cause in causes if cause["code"] == "email_missing"]
    assert missing["wrong"] == "Pegawai tidak mempunyai alamat surel, sehingga pengingat tidak sampai."


async def test_the_limit_of_a_span_is_chosen_and_named(service: Service) -> None:
    assert "span_over_limit" not in {cause["code"] for cause in (await summary(service))["causes"]}
    found = await summary(service, span=18)
    (over,) = [cause for cause in found["causes"] if cause["code"] == "span_over_limit"]
    assert (over["count"], over["people"], over["wrong"]) == (1, 19, "A rater has more than 18 people.")


@pytest.mark.parametrize("span", ("0", "10001", "many"))
@pytest.mark.parametrize("place", ("", "/report", "/no_rater"))
async def test_a_limit_that_cannot_be_is_refused_by_its_name(service: Service, span: str, place: str) -> None:
    answer = await service.get(
        service.agency.officer, f"/cycles/{service.agency.cycle}/preflight{place}", span=span
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["/span"]


async def test_people_of_a_cause_come_with_unit_and_rater_and_a_masked_nip(service: Service) -> None:
    agency = service.agency
    answer = await service.get(agency.officer, f"/cycles/{agency.cycle}/preflight/email_missing")
    items = answer.json()["items"]
    assert [item["person_id"] for item in items] == sorted(map(str, agency.employees[:2]))
    first = items[0]
    assert (first["unit_code"], first["unit"], first["rater_id"]) == ("U1", "Badan Contoh", str(agency.rater))
    assert first["rater"].startswith("Rater")
    assert first["nip_masked"].startswith("*" * 15)
    assert "197" not in answer.text.replace(first["person_id"], "")


async def test_people_of_a_cause_come_in_pages(service: Service) -> None:
    agency = service.agency
    path = f"/cycles/{agency.cycle}/preflight/email_missing"
    first = (await service.get(agency.officer, path, limit=1)).json()
    second = (await service.get(agency.officer, path, limit=1, cursor=first["next"])).json()
    assert [first["items"][0]["person_id"], second["items"][0]["person_id"]] == sorted(
        map(str, agency.employees[:2])
    )
    assert second["next"] is None


async def test_a_vacant_post_names_the_unit_and_nobody(service: Service) -> None:
    agency = service.agency
    answer = await service.get(agency.officer, f"/cycles/{agency.cycle}/preflight/vacant_post")
    (item,) = answer.json()["items"]
    assert (item["person_id"], item["unit_id"], item["people"]) == (None, str(agency.unit), 23)


async def test_a_cursor_of_something_else_is_refused(service: Service) -> None:
    answer = await service.get(
        service.agency.officer, f"/cycles/{service.agency.cycle}/preflight/no_rater", cursor="abc"
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_invalid")


async def test_a_cause_that_nobody_knows_is_not_found(service: Service) -> None:
    answer = await service.get(service.agency.officer, f"/cycles/{service.agency.cycle}/preflight/bad_mood")
    assert answer.status_code == 404


async def test_a_unit_is_looked_at_alone(service: Service) -> None:
    found = await summary(service, units=str(service.agency.unit), echelons="41")
    assert (found["people"], found["causes"]) == (0, [])


async def test_a_unit_of_somebody_else_is_refused_by_its_place(service: Service) -> None:
    answer = await service.get(
        service.agency.officer,
        f"/cycles/{service.agency.cycle}/preflight",
        units=[str(service.agency.unit), str(service.elsewhere.unit)],
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/units/1")


@pytest.mark.parametrize("place", ("", "/report", "/no_rater"))
async def test_only_personnel_officers_look_ahead(service: Service, place: str) -> None:
    agency = service.agency
    for person in (agency.employee, agency.rater, agency.head):
        answer = await service.get(person, f"/cycles/{agency.cycle}/preflight{place}")
        assert (answer.status_code, answer.json()["code"]) == (403, "hr_only")


@pytest.mark.parametrize("place", ("", "/report", "/no_rater"))
async def test_a_cycle_of_another_agency_is_as_none(service: Service, place: str) -> None:
    for cycle in (service.elsewhere.cycle, uuid.uuid4()):
        answer = await service.get(service.agency.officer, f"/cycles/{cycle}/preflight{place}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("place", ("", "/report", "/no_rater"))
async def test_nobody_looks_ahead_without_signing_in(service: Service, place: str) -> None:
    answer = await service.http.get(f"/api/v1/cycles/{service.agency.cycle}/preflight{place}")
    assert answer.status_code == 401


async def test_the_report_is_a_csv_in_which_no_cell_is_a_formula(service: Service) -> None:
    agency = service.agency
    answer = await service.get(agency.officer, f"/cycles/{agency.cycle}/preflight/report", format="csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="preflight.csv"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    counted = (await summary(service))["causes"]
    assert len(rows) == sum(cause["count"] for cause in counted)
    names = {row["Name"] for row in rows if row["Cause"] == "email_missing"}
    assert f"'{FORMULA}" in names
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


async def test_the_report_is_a_workbook_of_plain_text(service: Service) -> None:
    agency = service.agency
    answer = await service.get(agency.officer, f"/cycles/{agency.cycle}/preflight/report", format="xlsx")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    heading, *rows = sheet.to_python()
    assert len(rows) == sum(cause["count"] for cause in (await summary(service))["causes"])
    assert FORMULA in {row[heading.index("Name")] for row in rows}


@pytest.mark.parametrize("kind", ("json", "pdf"))
async def test_a_kind_of_file_that_is_not_made_is_refused_by_its_name(service: Service, kind: str) -> None:
    answer = await service.get(
        service.agency.officer, f"/cycles/{service.agency.cycle}/preflight/report", format=kind
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/format")
