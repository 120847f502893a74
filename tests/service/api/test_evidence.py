"""Files and links over HTTP: added, listed, downloaded and withdrawn by those who may."""

import asyncio
import hashlib
import uuid
from typing import Any

import pytest
import pytest_asyncio

from service.evidence.adding import MOST_PIECES
from tests.fixtures.agency import SmallAgency
from tests.service.api.changes import done
from tests.service.api.conftest import Service
from tests.service.api.filling import agency_with_forms
from tests.service.api.noted import PLAN_ITEMS, Case, mistakes, new_case
from tests.service.evidence.samples import PDF, TABLE, png


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agency(service: Service) -> SmallAgency:
    return await agency_with_forms(service, "Kota Berbukti", employees=40)


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service, agency: SmallAgency) -> Case:
    return await new_case(service, agency)


async def test_a_file_is_added_and_listed_with_all_that_is_known_of_it(case: Case) -> None:
    added = await case.added(PDF, "Laporan Maret.PDF", title=" Laporan Maret ", item="h1")
    assert await case.listed("evidence") == [added]
    assert added["title"] == "Laporan Maret"
    assert added["item"] == "h1"
    assert added["author_id"] == str(case.employee)
    assert added["author"].startswith("Employee")
    assert added["file"] == {
        "name": "Laporan Maret.pdf",
        "media_type": "application/pdf",
        "size": len(PDF),
        "digest": hashlib.sha256(PDF).hexdigest(),
    }
    assert (added["link"], added["withdrawn_at"], added["may_withdraw"]) == (None, None, True)


async def test_a_file_comes_back_as_it_was(case: Case) -> None:
    content = png(bytes(range(256)) * 5_000)
    added = await case.added(content, "foto.png")
    answer = await case.get(f"evidence/{added['id']}/file")
    assert answer.content == content
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-length"] == str(len(content))


async def test_no_browser_runs_a_file_as_a_page_of_this_service(case: Case) -> None:
    added = await case.added(TABLE, 'rekap – "Maret" 100%é.csv')
    answer = await case.get(f"evidence/{added['id']}/file")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="rekap _ -Maret- 100__.csv"; '
        "filename*=UTF-8''rekap%20%E2%80%93%20-Maret-%20100%25%C3%A9.csv"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_same_bytes_are_kept_once(case: Case) -> None:
    content = png(b"kept once")
    first, second = await case.added(content, "a.png"), await case.added(content, "b.png")
    assert first["file"]["digest"] == second["file"]["digest"]
    kept = await case.service.value(
        "SELECT count(*) FROM stored_file WHERE digest = :digest", digest=first["file"]["digest"]
    )
    assert (kept, first["id"] == second["id"]) == (1, False)


@pytest.mark.parametrize("item", (*PLAN_ITEMS, ""))
async def test_evidence_is_for_a_row_of_the_plan_a_value_or_the_whole(case: Case, item: str) -> None:
    added = await case.added(item=item)
    await case.added(item="h1" if item != "h1" else "i1")
    assert await case.listed("evidence", item=item) == [added]


async def test_without_an_item_it_is_for_the_work_as_a_whole(case: Case) -> None:
    assert (await case.added())["item"] == ""


async def test_the_list_is_read_page_by_page_the_newest_first(case: Case) -> None:
    added = [(await case.added(title=f"Laporan {number}"))["id"] for number in range(3)]
    first = (await case.get("evidence", limit=2)).json()
    second = (await case.get("evidence", limit=2, cursor=first["next"])).json()
    assert [each["id"] for each in (*first["items"], *second["items"])] == added[::-1]
    assert second["next"] is None


async def test_the_same_request_again_adds_nothing(case: Case) -> None:
    first = await case.added(key="same")
    assert await case.added(key="same") == first
    assert await case.kept() == 1


async def test_the_same_request_at_the_same_moment_adds_it_once(case: Case) -> None:
    answers = await asyncio.gather(*(case.send(key="twice") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await case.kept() == 1


@pytest.mark.parametrize(
    "other", ({"title": "Lain"}, {"item": "i1"}, {"name": "lain.pdf"}, {"content": png()})
)
async def test_another_request_under_the_same_key_is_refused(case: Case, other: dict[str, Any]) -> None:
    await case.added(key="used")
    if "content" in other:
        other = {**other, "name": "a.png"}
    mistakes(await case.send(key="used", **other), code="idempotency_key_reused")
    assert await case.kept() == 1


async def test_a_repeat_is_answered_even_when_the_case_has_closed(case: Case) -> None:
    first = await case.added(key="before-the-end")
    await case.close()
    again = await case.added(key="before-the-end")
    assert again == {**first, "may_withdraw": False}


async def test_a_key_is_needed(case: Case) -> None:
    answer = await case.service.http.post(
        f"/api/v1{case.path('evidence')}",
        files={"file": ("a.pdf", PDF)},
        headers=case.service.headers(case.employee),
    )
    mistakes(answer, 400, "idempotency_key_missing")


async def test_the_rater_adds_evidence_too(case: Case) -> None:
    added = await case.added(by=case.agency.rater)
    assert added["author_id"] == str(case.agency.rater)
    (seen,) = await case.listed("evidence")
    assert seen["may_withdraw"] is False


@pytest.mark.parametrize("role", ("officer", "superior"))
async def test_who_sees_the_case_but_adds_nothing_is_told_who_does(case: Case, role: str) -> None:
    answer = await case.send(by=getattr(case.agency, role))
    if role == "superior":
        mistakes(answer, 404, "not_found")
    else:
        mistakes(answer, 403, "not_yours_to_add")
        assert "employee, rater" in answer.json()["detail"]
    assert await case.kept() == 0


@pytest.mark.parametrize("role", ("director", "head"))
async def test_who_does_not_see_the_case_finds_nothing(case: Case, role: str) -> None:
    added = await case.added()
    stranger = getattr(case.agency, role)
    for answer in (
        await case.send(by=stranger),
        await case.get("evidence", by=stranger),
        await case.get(f"evidence/{added['id']}/file", by=stranger),
        await case.post(f"evidence/{added['id']}/withdraw", None, by=stranger),
    ):
        mistakes(answer, 404, "not_found")


async def test_a_file_of_one_case_is_not_found_through_another(case: Case, agency: SmallAgency) -> None:
    other = await new_case(case.service, agency)
    added = await case.added()
    mistakes(await other.get(f"evidence/{added['id']}/file"), 404, "not_found")
    mistakes(await other.post(f"evidence/{added['id']}/withdraw", None), 404, "not_found")


async def test_the_superior_sees_no_evidence_until_he_has_to_sign(case: Case) -> None:
    await case.added()
    mistakes(await case.get("evidence", by=case.agency.superior), 404, "not_found")


async def test_who_stands_in_for_the_rater_reads_the_evidence(service: Service) -> None:
    agency = await agency_with_forms(service, "Kota Berpelaksana", employees=1)
    case = await new_case(service, agency)
    added = await case.added()
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until="2026-02-27",
    )
    assert [each["id"] for each in await case.listed("evidence", by=agency.director)] == [added["id"]]


async def test_what_was_withdrawn_stays_to_be_read_without_its_content(case: Case) -> None:
    added = await case.added(item="h1")
    answer = await case.post(f"evidence/{added['id']}/withdraw", None)
    assert answer.status_code == 200
    withdrawn = answer.json()
    assert await case.listed("evidence", by=case.agency.rater) == [withdrawn]
    assert withdrawn["withdrawn_at"] is not None
    assert {name: withdrawn[name] for name in ("title", "file", "link", "may_withdraw")} == {
        "title": None,
        "file": None,
        "link": None,
        "may_withdraw": False,
    }
    mistakes(await case.get(f"evidence/{added['id']}/file"), 404, "not_found")


async def test_to_withdraw_again_changes_nothing(case: Case) -> None:
    added = await case.added()
    first = (await case.post(f"evidence/{added['id']}/withdraw", None)).json()
    assert (await case.post(f"evidence/{added['id']}/withdraw", None)).json() == first


async def test_only_the_author_withdraws(case: Case) -> None:
    added = await case.added()
    for role in ("rater", "officer"):
        answer = await case.post(f"evidence/{added['id']}/withdraw", None, by=getattr(case.agency, role))
        mistakes(answer, 403, "not_yours_to_withdraw")
    assert (await case.listed("evidence"))[0]["withdrawn_at"] is None


async def test_what_is_not_there_cannot_be_withdrawn(case: Case) -> None:
    mistakes(await case.post(f"evidence/{uuid.uuid4()}/withdraw", None), 404, "not_found")


async def test_nothing_is_added_or_withdrawn_once_the_case_has_closed(case: Case) -> None:
    added = await case.added()
    await case.close()
    mistakes(await case.send(), 409, "case_closed")
    mistakes(await case.post(f"evidence/{added['id']}/withdraw", None), 409, "case_closed")
    assert (await case.get(f"evidence/{added['id']}/file")).content == PDF


async def test_a_scheme_without_forms_takes_evidence_for_the_work_as_a_whole(service: Service) -> None:
    appraisal, employee = await service.new_appraisal()
    case = Case(service, service.agency, employee, appraisal)
    assert (await case.added())["file"]["name"] == "laporan.pdf"
    assert set(mistakes(await case.send(item="h1"))) == {"/item"}


async def test_neither_names_nor_titles_come_into_the_log(case: Case) -> None:
    await case.added(name="sangat rahasia.pdf", title="Judul rahasia")
    assert "rahasia" not in case.service.log.getvalue()


async def test_nobody_fills_the_database_with_evidence_for_one_case(case: Case) -> None:
    first = await case.added(key="the-first")
    await case.service.run(
        "INSERT INTO evidence (id, appraisal_id, author_id, key, fingerprint, item, title, digest, file_name,"
        " added_at, withdrawn_at) SELECT gen_random_uuid(), appraisal_id, author_id, 'copy-' || number, fingerprint,"
        " item, title, digest, file_name, added_at, CASE WHEN number % 2 = 0 THEN now() END"
        " FROM evidence, generate_series(2, CAST(:most AS int)) AS number WHERE id = :id",
        most=MOST_PIECES,
        id=uuid.UUID(first["id"]),
    )
    link = {"address": "https://contoh.example/laporan", "title": "Laporan"}
    for refused in (await case.send(), await case.post("evidence/links", link)):
        assert (refused.status_code, refused.json()["code"]) == (409, "too_much_evidence"), refused.text
        assert "1000" in refused.json()["detail"]
    again = await case.send(key="the-first")
    assert (again.status_code, again.json()["id"]) == (201, first["id"])
    await case.added(by=case.agency.rater)
