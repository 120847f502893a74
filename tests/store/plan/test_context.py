"""What stands around a case: the plan in force, the plan of the rater, evidence and notes."""

import json
import time
import uuid
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.forms.context import form_context
from states.stages import Capacity
from states.triggers import RevisionGround, Trigger
from store.database import autocommit
from store.plan.context import CaseAround, case_around
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import PLANNING_OPENS, RecordedCase, new_case
from tests.fixtures.content import SMALL

NOW = PLANNING_OPENS


def plan(*results: str) -> dict[str, Any]:
    return {"results": [{"id": result, "result": result} for result in results]}


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2, content=SMALL)


@pytest.fixture
async def case(database: AsyncEngine, agency: SmallAgency) -> RecordedCase:
    return await new_case(database, agency)


async def write(database: AsyncEngine, statement: str, **parameters: Any) -> None:
    async with database.begin() as connection:
        await connection.execute(text(statement), parameters)


async def submit(case: RecordedCase, content: dict[str, Any]) -> None:
    """Submits a document with this content."""
    digest = uuid.uuid4().hex * 2
    await write(
        case.database,
        "INSERT INTO document (digest, appraisal_id, kind, author_id, content, created_at)"
        " VALUES (:digest, :case, 'submit_plan', :author, CAST(:content AS jsonb), now())",
        digest=digest,
        case=case.appraisal.id,
        author=case.employee,
        content=json.dumps(content),
    )
    await case.act(Trigger.SUBMIT_PLAN, Capacity.EMPLOYEE, NOW, document=digest)


async def approve(case: RecordedCase) -> None:
    # By somebody who is nobody's employee here.
    await case.act(Trigger.APPROVE_PLAN, Capacity.RATER, NOW, actor=str(case.agency.head))


async def set_plan(case: RecordedCase, *results: str) -> None:
    await submit(case, {"content": plan(*results)})
    await approve(case)


async def around(case: RecordedCase) -> CaseAround:
    async with autocommit(case.database).connect() as connection:
        return await case_around(connection, uuid.UUID(case.appraisal.id))


async def superior_results(case: RecordedCase) -> frozenset[str] | None:
    async with autocommit(case.database).connect() as connection:
        context = await form_context(connection, uuid.UUID(case.appraisal.id), SMALL)
    return context.superior_results


async def test_before_an_approval_no_plan_is_in_force(case: RecordedCase) -> None:
    assert (await around(case)).plan is None
    await submit(case, {"content": plan("h1")})
    assert (await around(case)).plan is None


async def test_the_approved_plan_is_in_force(case: RecordedCase) -> None:
    await set_plan(case, "h1", "h2")
    assert (await around(case)).plan == plan("h1", "h2")


async def test_of_a_returned_and_a_second_plan_the_approved_one_is_in_force(case: RecordedCase) -> None:
    await submit(case, {"content": plan("first")})
    await case.act(Trigger.RETURN_PLAN, Capacity.RATER, NOW)
    await set_plan(case, "second")
    assert (await around(case)).plan == plan("second")


async def test_a_revision_under_way_leaves_the_plan_in_force(case: RecordedCase) -> None:
    await set_plan(case, "h1")
    await case.act(Trigger.REVISE_PLAN, Capacity.RATER, NOW, ground=next(iter(RevisionGround)))
    await submit(case, {"content": plan("revised")})
    assert (await around(case)).plan == plan("h1")
    await approve(case)
    assert (await around(case)).plan == plan("revised")


async def test_a_plan_of_words_alone_is_no_filled_form(case: RecordedCase) -> None:
    await submit(case, {"text": "Menyusun rencana"})
    await approve(case)
    assert (await around(case)).plan is None


async def test_a_rater_without_a_case_lets_nobody_wait(case: RecordedCase) -> None:
    assert await superior_results(case) == frozenset()


async def test_while_the_plan_of_the_rater_is_not_approved_it_is_not_ready(
    agency: SmallAgency, case: RecordedCase
) -> None:
    above = await new_case(case.database, agency, agency.rater)
    assert await superior_results(case) is None
    await submit(above, {"content": plan("r1")})
    assert await superior_results(case) is None


async def test_the_approved_plan_of_the_rater_gives_its_results(
    agency: SmallAgency, case: RecordedCase
) -> None:
    await set_plan(await new_case(case.database, agency, agency.rater), "r1", "r2")
    assert await superior_results(case) == frozenset({"r1", "r2"})


async def test_a_plan_of_the_rater_in_words_alone_lets_nobody_wait(
    agency: SmallAgency, case: RecordedCase
) -> None:
    above = await new_case(case.database, agency, agency.rater)
    await submit(above, {"text": "Menyusun rencana"})
    await approve(above)
    assert await superior_results(case) == frozenset()


async def test_a_cancelled_case_of_the_rater_lets_nobody_wait(
    agency: SmallAgency, case: RecordedCase
) -> None:
    above = await new_case(case.database, agency, agency.rater)
    await above.act(Trigger.CANCEL, Capacity.HR, NOW, actor=str(agency.officer))
    assert await superior_results(case) == frozenset()


async def test_the_plan_above_is_that_of_the_official_and_not_of_his_substitute(
    agency: SmallAgency, case: RecordedCase
) -> None:
    await set_plan(await new_case(case.database, agency, agency.rater), "official")
    await set_plan(await new_case(case.database, agency, agency.director), "substitute")
    await write(
        case.database,
        "INSERT INTO substitution (id, agency_id, official_id, substitute_id, kind, valid_from, letter, reason,"
        " recorded_at) VALUES (gen_random_uuid(), :agency, :official, :substitute, 'plt', '2025-12-01', 'SPT 1',"
        " '', now())",
        agency=agency.agency,
        official=agency.rater,
        substitute=agency.director,
    )
    assert await superior_results(case) == frozenset({"official"})


async def test_a_case_of_the_rater_in_another_cycle_does_not_count(
    database: AsyncEngine, agency: SmallAgency, case: RecordedCase
) -> None:
    other = await build_agency(database, name="Kota Lain", content=SMALL, year=2026)
    await set_plan(await new_case(database, other, other.rater), "elsewhere")
    assert await superior_results(case) == frozenset()


async def test_evidence_and_notes_that_were_withdrawn_do_not_count(case: RecordedCase) -> None:
    kept = uuid.uuid4()
    for identifier, withdrawn in ((kept, None), (uuid.uuid4(), NOW)):
        await write(
            case.database,
            "INSERT INTO evidence (id, appraisal_id, author_id, key, fingerprint, item, title, file_name, address,"
            " reached, added_at, withdrawn_at) VALUES (:id, :case, :author, :key, '', '', 'Laporan', '',"
            " 'https://contoh.example', 'not_tried', now(), :withdrawn)",
            id=identifier,
            case=case.appraisal.id,
            author=case.employee,
            key=identifier.hex,
            withdrawn=withdrawn,
        )
        for kind in ("progress", "progress", "feedback"):
            await write(
                case.database,
                "INSERT INTO entry (id, appraisal_id, kind, author_id, capacity, key, fingerprint, item, noted_on,"
                " confidential, content, recorded_at, withdrawn_at) VALUES (gen_random_uuid(), :case, :kind,"
                " :author, 'employee', :key, '', '', '2026-01-05', false, '{}', now(), :withdrawn)",
                case=case.appraisal.id,
                kind=kind,
                author=case.employee,
                key=uuid.uuid4().hex,
                withdrawn=withdrawn,
            )
    found = await around(case)
    assert (found.evidence, found.noted) == ([str(kept)], {"progress": 2, "feedback": 1})


async def test_the_echelon_and_post_are_those_of_the_employee(case: RecordedCase) -> None:
    await write(
        case.database,
        "UPDATE person SET echelon = '21', post = 'Kepala Dinas' WHERE id = :id",
        id=case.employee,
    )
    found = await around(case)
    assert (found.echelon, found.post) == ("21", "Kepala Dinas")


async def test_the_context_of_a_form_is_one_quick_query(agency: SmallAgency, case: RecordedCase) -> None:
    await set_plan(await new_case(case.database, agency, agency.rater), *(f"r{n}" for n in range(12)))
    await set_plan(case, *(f"h{n}" for n in range(12)))
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    async with autocommit(case.database).connect() as connection:
        identifier = uuid.UUID(case.appraisal.id)
        await form_context(connection, identifier, SMALL)
        event.listen(case.database.sync_engine, "before_cursor_execute", count)
        began = time.perf_counter()
        for _ in range(20):
            await form_context(connection, identifier, SMALL)
        taken = (time.perf_counter() - began) / 20
        event.remove(case.database.sync_engine, "before_cursor_execute", count)
    assert len(statements) == 20
    assert taken < 0.02, "it takes about one millisecond"
    print(f"form context: {taken * 1000:.2f} ms")
