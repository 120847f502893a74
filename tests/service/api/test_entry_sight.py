"""Who reads which notes; what is confidential, two people read and nobody else, whatever their office."""

import itertools
import uuid
from typing import Any

import pytest_asyncio

from content.rules import ContentRules
from content.sight.rules import Kind, Role, Sight, SightRule
from schemes.loading import builtin_scheme
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.content import SMALL
from tests.service.api.changes import done
from tests.service.api.conftest import BUSINESS_START, Service, clock_from
from tests.service.api.noted import Case, mistakes, new_case

SEEN: dict[str, Any] = {"noted_on": str(BUSINESS_START.date()), "content": {"what": "Percakapan"}}
_CONFIDING = SMALL.entries["counselling"].model_dump(mode="json") | {"by": ["employee"]}
_OPEN = SMALL.entries["observation"].model_dump(mode="json") | {"by": ["hr", "rater_superior"]}
RULES = ContentRules.model_validate(
    SMALL.model_dump(mode="json")
    | {
        "entries": {
            **{name: kind.model_dump(mode="json") for name, kind in SMALL.entries.items()},
            "confiding": _CONFIDING,
            "remark": _OPEN,
        }
    }
)
_numbers = itertools.count()


@pytest_asyncio.fixture(loop_scope="session")
async def case(service: Service) -> Case:
    """A case in an agency of its own, whose people may change."""
    agency = await build_agency(
        service.database,
        name=f"Kota Rahasia {next(_numbers)}",
        employees=2,
        content=RULES,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    return await new_case(service, agency)


async def note(case: Case, kind: str, by: uuid.UUID) -> str:
    answer = await case.post(f"entries/{kind}", SEEN, by=by)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def readers(case: Case, noted: str) -> set[str]:
    """Who of all people in the agency finds a note, in the list and by its kind."""
    agency = case.agency
    roles: dict[str, uuid.UUID] = {
        **{role: getattr(agency, role) for role in ("head", "director", "superior", "rater", "officer")},
        "employee": case.employee,
        "colleague": next(each for each in agency.employees if each != case.employee),
    }
    return {role for role, person in roles.items() if await finds(case, noted, person)}


async def finds(case: Case, noted: str, person: uuid.UUID) -> bool:
    answer = await case.get("entries", by=person)
    return answer.status_code == 200 and noted in {each["id"] for each in answer.json()["items"]}


async def replaced(service: Service, case: Case) -> uuid.UUID:
    """Another official who rates from now on."""
    following = case.agency.director
    await done(
        service,
        case.agency.officer,
        "replace_official",
        official=case.agency.rater,
        successor=following,
    )
    return following


async def stood_in(service: Service, agency: SmallAgency) -> uuid.UUID:
    """Somebody who stands in for the rater."""
    await done(
        service,
        agency.officer,
        "appoint_substitute",
        official=agency.rater,
        substitute=agency.director,
        basis="plh",
        until="2026-02-27",
    )
    return agency.director


async def test_an_observation_is_read_by_the_employee_the_rater_and_the_personnel_office(case: Case) -> None:
    noted = await note(case, "observation", case.agency.rater)
    assert await readers(case, noted) == {"employee", "rater", "officer"}


async def test_progress_is_read_by_the_same(case: Case) -> None:
    noted = await note(case, "progress", case.employee)
    assert await readers(case, noted) == {"employee", "rater", "officer"}


async def test_counselling_is_read_by_the_two_alone(case: Case) -> None:
    noted = await note(case, "counselling", case.agency.rater)
    assert await readers(case, noted) == {"employee", "rater"}


async def test_what_an_employee_confides_is_read_by_him_and_his_rater_alone(case: Case) -> None:
    noted = await note(case, "confiding", case.employee)
    assert await readers(case, noted) == {"employee", "rater"}


async def test_who_writes_a_note_reads_it_whatever_else_is_hidden_from_him(case: Case) -> None:
    noted = await note(case, "remark", case.agency.superior)
    assert await readers(case, noted) == {"employee", "rater", "officer", "superior"}


async def test_who_stands_in_for_the_rater_reads_observations_and_no_counselling(
    service: Service, case: Case
) -> None:
    open_note = await note(case, "observation", case.agency.rater)
    hidden = [
        await note(case, "counselling", case.agency.rater),
        await note(case, "confiding", case.employee),
    ]
    substitute = await stood_in(service, case.agency)
    hidden.append(await note(case, "confiding", case.employee))
    assert await finds(case, open_note, substitute)
    assert [await finds(case, noted, substitute) for noted in hidden] == [False] * 3


async def test_what_a_substitute_writes_in_confidence_the_official_does_not_read(
    service: Service, case: Case
) -> None:
    substitute = await stood_in(service, case.agency)
    noted = await note(case, "counselling", substitute)
    assert await readers(case, noted) == {"employee", "director"}


async def test_the_next_rater_reads_observations_and_no_counselling(service: Service, case: Case) -> None:
    open_note = await note(case, "observation", case.agency.rater)
    hidden = [
        await note(case, "counselling", case.agency.rater),
        await note(case, "confiding", case.employee),
    ]
    following = await replaced(service, case)
    assert await finds(case, open_note, following)
    assert [await finds(case, noted, following) for noted in hidden] == [False] * 2


async def test_an_employee_who_is_a_personnel_officer_reads_and_writes_as_the_employee_alone(
    service: Service, case: Case
) -> None:
    await service.run(
        "INSERT INTO role_grant (person_id, role, agency_id, granted_at) VALUES (:person, 'hr', :agency, now())",
        person=case.employee,
        agency=case.agency.agency,
    )
    noted = await note(case, "counselling", case.agency.rater)
    assert await finds(case, noted, case.employee)
    mistakes(await case.post("entries/remark", SEEN), 403, "not_yours_to_add")


async def test_a_personnel_officer_learns_nothing_of_counselling_from_kinds_items_pages_or_withdrawing(
    case: Case,
) -> None:
    noted = await note(case, "counselling", case.agency.rater)
    officer = case.agency.officer
    for wanted in ({}, {"kind": "counselling"}, {"item": ""}, {"limit": 1}):
        answer = await case.get("entries", by=officer, **wanted)
        assert answer.json() == {"items": [], "next": None}
    mistakes(await case.post(f"entries/{noted}/withdraw", None, by=officer), 404, "not_found")


async def test_counselling_that_was_withdrawn_is_shown_to_the_two_alone(case: Case) -> None:
    noted = await note(case, "counselling", case.agency.rater)
    await case.post(f"entries/{noted}/withdraw", None, by=case.agency.rater)
    assert await readers(case, noted) == {"employee", "rater"}


async def test_a_scheme_may_hide_notes_from_a_role(service: Service) -> None:
    hiding = RULES.model_copy(
        update={"sight": (SightRule(kinds=(Kind.NOTE,), roles=(Role.HR,), sight=Sight.HIDDEN),)}
    )
    agency = await build_agency(
        service.database,
        name="Kota Tertutup",
        book=builtin_scheme("nasional").model_copy(update={"scheme": "tertutup"}),
        content=hiding,
        clock=clock_from(BUSINESS_START),
    )
    service.others.append(agency)
    case = await new_case(service, agency)
    hidden = await note(case, "observation", agency.rater)
    open_note = await note(case, "progress", case.employee)
    assert not await finds(case, hidden, agency.officer)
    assert await finds(case, open_note, agency.officer)
