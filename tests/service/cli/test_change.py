"""Operators preview, order and follow changes of the organisation, written as a file with NIPs and codes."""

import asyncio
import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.sweeping import sweeping
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.clock import Clock
from states.decide import launched
from store.appraisal.launching import Entrant, create
from tests.fixtures.agency import SmallAgency, build_agency, nip
from tests.service.cli.conftest import Answer, CommandLine

pytestmark = [pytest.mark.database, pytest.mark.engine]

RATER, DIRECTOR, OFFICER, EMPLOYEE = nip(3), nip(1), nip(4), nip(5)
START = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)


@pytest.fixture
def kinerja(kinerja: CommandLine) -> CommandLine:
    """On a screen so wide that no cell is folded."""
    return dataclasses.replace(kinerja, environment={**kinerja.environment, "COLUMNS": "500"})


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    clock: list[list[object]] = [[dt.datetime.now(dt.UTC).isoformat(), START.isoformat(), 1.0]]
    return await build_agency(database, employees=2, clock=clock)


@pytest.fixture
async def running(agency: SmallAgency, client: Client, database: AsyncEngine) -> AsyncIterator[SmallAgency]:
    """The same with a worker, and with appraisals of the employees and the officer whose plans are drafted."""
    # Launched before the window opened: what the clock does at once it does without a spread.
    before = START - dt.timedelta(days=20)
    people = (*agency.employees, agency.officer)
    entrants = [
        Entrant(
            person, agency.unit, launched(employee=str(person), year=2026, now=before, rules=agency.rules)
        )
        for person in people
    ]
    clock = Clock.from_data(await value(database, "SELECT clock FROM cycle"))
    async with database.begin() as connection:
        await create(connection, agency.cycle, entrants, rules=agency.rules, clock=clock)
    drafting = "SELECT count(*) FROM appraisal WHERE stage = 'plan_drafting'"
    worker = appraisal_worker(client, database, runner=sandboxed())
    swept = sweeping(database, client, pause=dt.timedelta(milliseconds=100))
    async with worker, swept, asyncio.timeout(60):
        while await value(database, drafting) < len(people):  # noqa: ASYNC110  # the engine tells nobody
            await asyncio.sleep(0.1)
        yield agency


async def value(database: AsyncEngine, query: str) -> Any:
    async with database.connect() as connection:
        return await connection.scalar(text(query))


def written(directory: Path, content: str, name: str = "perintah.yaml") -> Path:
    path = directory / name
    path.write_text(content, "utf-8")
    return path


WHY = "reason: Cuti besar\nauthority: SPT 14/2026\n"
SUBSTITUTE = f"""kind: appoint_substitute
official_nip: {RATER}
substitute_nip: "{DIRECTOR}"
basis: plh
until: 2026-02-27
{WHY}"""
EXTEND = f"kind: extend\nunit_code: U1\nuntil: 2026-02-27\n{WHY}"


def number_of(answer: Answer) -> str:
    found = re.search(r"goes by the number ([0-9a-f-]{36})\.", answer.out)
    assert found is not None, answer.out + answer.err
    return found[1]


def cells(answer: Answer) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.split("│")[1:-1]]
        for line in answer.out.splitlines()
        if line.startswith("│")
    ]


async def test_a_change_is_previewed_without_doing_it(
    kinerja: CommandLine, running: SmallAgency, database: AsyncEngine, tmp_path: Path
) -> None:
    answer = await kinerja("change", "preview", written(tmp_path, EXTEND), "--as", OFFICER)
    assert answer.code == 0, answer.err
    assert "Extend deadlines: 3 appraisals affected" in answer.out
    assert ["the deadline is extended", "2"] in cells(answer)
    assert ["Refused: Conflict of interest", "1"] in cells(answer)
    assert any("2026-01-20 → 2026-02-27" in line for line in cells(answer))
    assert await value(database, "SELECT count(*) FROM operation") == 0


async def test_a_change_is_ordered_followed_and_counted(
    kinerja: CommandLine, running: SmallAgency, database: AsyncEngine, tmp_path: Path
) -> None:
    answer = await kinerja("change", "apply", written(tmp_path, SUBSTITUTE), "--as", OFFICER)
    assert answer.code == 0, answer.err
    assert "Appoint a substitute: Being carried out; ordered by Officer Kota Contoh" in answer.out
    assert ["Done", "2"] in cells(answer)
    assert await value(database, "SELECT count(*) FROM substitution") == 1


async def test_what_was_left_out_is_told_shown_and_tried_again(
    kinerja: CommandLine, running: SmallAgency, tmp_path: Path
) -> None:
    answer = await kinerja("change", "apply", written(tmp_path, EXTEND), "--as", OFFICER)
    number = number_of(answer)
    assert answer.code == 1
    assert "1 appraisals were left out" in answer.err
    shown = await kinerja("change", "show", number, "--outcome", "refused")
    (line,) = [line for line in cells(shown) if line[0] == "Officer Kota Contoh"]
    assert line[3:6] == [
        "the deadline is extended",
        "Refused",
        "You took part in this result or it is your own; another official must act.",
    ]
    stuck = await kinerja("incidents", "--kind", "order_refused")
    assert any("another official must act" in " ".join(line) for line in cells(stuck)), stuck.out
    again = await kinerja("change", "rerun", number)
    assert again.code == 0, again.err


async def test_the_same_key_orders_nothing_twice(
    kinerja: CommandLine, running: SmallAgency, database: AsyncEngine, tmp_path: Path
) -> None:
    file = written(tmp_path, SUBSTITUTE)
    first = await kinerja("change", "apply", file, "--as", OFFICER, "--key", "plh-14")
    again = await kinerja("change", "apply", file, "--as", OFFICER, "--key", "plh-14")
    assert (first.code, again.code) == (0, 0)
    assert number_of(first) == number_of(again)
    assert await value(database, "SELECT count(*) FROM substitution") == 1


async def test_the_same_key_for_another_order_is_refused(
    kinerja: CommandLine, running: SmallAgency, tmp_path: Path
) -> None:
    await kinerja("change", "apply", written(tmp_path, SUBSTITUTE), "--as", OFFICER, "--key", "k")
    other = await kinerja("change", "apply", written(tmp_path, EXTEND), "--as", OFFICER, "--key", "k")
    assert (other.code, "used for another request before" in other.err) == (1, True)


async def test_an_order_for_a_later_day_waits_is_listed_and_withdrawn(
    kinerja: CommandLine, running: SmallAgency, tmp_path: Path
) -> None:
    later = f"{SUBSTITUTE}effective_on: 2026-02-02\n"
    ordered = await kinerja("change", "apply", written(tmp_path, later), "--as", OFFICER)
    assert (ordered.code, "Waiting for its day" in ordered.out) == (0, True)
    assert "in force from Monday, 2 February 2026" in ordered.out
    number = number_of(ordered)
    assert any(
        line[:2] == ["Appoint a substitute", "Waiting for its day"] and line[-1] == number
        for line in cells(await kinerja("change", "list"))
    )
    withdrawn = await kinerja("change", "withdraw", number)
    assert (withdrawn.code, "Withdrawn" in withdrawn.out) == (0, True)
    too_late = await kinerja("change", "pause", number)
    assert (too_late.code, "stands where this is not possible" in too_late.err) == (1, True)


async def test_an_order_under_way_is_paused_and_goes_on(
    kinerja: CommandLine, running: SmallAgency, tmp_path: Path
) -> None:
    number = number_of(await kinerja("change", "apply", written(tmp_path, SUBSTITUTE), "--as", OFFICER))
    assert "Paused" in (await kinerja("change", "pause", number)).out
    assert "Being carried out" in (await kinerja("change", "resume", number)).out


async def test_a_detached_order_goes_on_by_itself(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine, tmp_path: Path
) -> None:
    answer = await kinerja("change", "apply", written(tmp_path, SUBSTITUTE), "--as", OFFICER, "--detach")
    assert answer.code == 0, answer.err
    assert await value(database, "SELECT state FROM operation") == "waiting"


async def test_a_substitution_is_ended_by_the_name_of_its_official(
    kinerja: CommandLine, running: SmallAgency, database: AsyncEngine, tmp_path: Path
) -> None:
    await kinerja("change", "apply", written(tmp_path, SUBSTITUTE), "--as", OFFICER)
    ending = written(tmp_path, f"kind: end_substitution\nsubstitution_of_nip: {RATER}\n{WHY}")
    answer = await kinerja("change", "apply", ending, "--as", OFFICER)
    assert answer.code == 0, answer.err
    assert await value(database, "SELECT count(*) FROM substitution WHERE valid_until < '2026-02-01'") == 1


async def test_json_is_read_as_well(kinerja: CommandLine, running: SmallAgency, tmp_path: Path) -> None:
    file = written(
        tmp_path,
        f'{{"kind": "extend", "people_nip": ["{EMPLOYEE}"], "cycle_name": "2026", "length": 5,'
        ' "reason": "Banjir", "authority": "SE 3/2026"}',
        "perintah.json",
    )
    answer = await kinerja("change", "preview", file, "--as", OFFICER)
    assert (answer.code, "1 appraisals affected" in answer.out) == (0, True), answer.err


async def test_what_is_stuck_is_shown_with_what_to_do(
    kinerja: CommandLine, running: SmallAgency, database: AsyncEngine
) -> None:
    assert "Nothing is stuck." in (await kinerja("incidents")).out
    async with database.begin() as connection:
        await connection.execute(
            text("DELETE FROM assignment WHERE employee_id = :id"), {"id": running.employee}
        )
        await connection.execute(
            text("""UPDATE task SET capacity = 'rater', stage = 'plan_review' WHERE closed_at IS NULL
                AND appraisal_id IN (SELECT id FROM appraisal WHERE employee_id = :id)"""),
            {"id": running.employee},
        )
    answer = await kinerja("incidents")
    assert ["no_rater", "Nobody rates this employee"] in [line[:2] for line in cells(answer)]
    assert "Appoint a rater for this appraisal" in answer.out
    assert "Nothing is stuck." in (await kinerja("incidents", "--kind", "line_away")).out


@pytest.mark.parametrize(
    ("content", "told"),
    (
        ("", "perintah.yaml:1: the file is empty"),
        ("- extend\n", "must be a group of fields"),
        (f"kind: promote\n{WHY}", "perintah.yaml:1: kind: must be one of extend, replace_official"),
        (WHY, "kind: must be one of"),
        (f"kind: extend\nunit_code: U1\nunitl: 2026-02-27\n{WHY}", "perintah.yaml:3: unitl: is not a known"),
        ("kind: extend\nunit_code: U1\nlength: 3\nreason: x\n", "authority: is required"),
        (f"kind: extend\nunit_code: U9\nlength: 3\n{WHY}", "yaml:2: unit_code: the agency has no unit with"),
        (f"kind: extend\ncycle_name: X\nlength: 3\n{WHY}", "yaml:2: cycle_name: the agency has no cycle"),
        (f"kind: return\nperson_nip: 1\n{WHY}", "yaml:2: person_nip: the agency has nobody with this NIP"),
        (
            f"kind: extend\npeople_nip:\n  - {EMPLOYEE}\n  - '19'\nlength: 3\n{WHY}",
            "yaml:4: people_nip[1]: the agency has nobody with this NIP",
        ),
        (
            f"kind: return\nperson_nip: {EMPLOYEE}\nperson: {uuid.UUID(int=1)}\n{WHY}",
            "person_nip: is given as person too",
        ),
        (
            f"kind: end_substitution\nsubstitution_of_nip: {RATER}\n{WHY}",
            "substitution_of_nip: nobody stands in",
        ),
        (f"kind: extend\nunit_code: U1\nuntil: besok\n{WHY}", "yaml:3: until: 'besok' is not a day"),
        (f"kind: return\nperson_nip: {EMPLOYEE}\n{WHY}", "yaml:2: person_nip: No absence of this person"),
        (
            f"kind: move\nperson_nip: {EMPLOYEE}\nunit_code: U1\nrater_nip: {EMPLOYEE}\n{WHY}",
            "yaml:4: rater_nip: Nobody appraises himself",
        ),
    ),
)
async def test_a_mistake_in_the_file_is_told_with_line_and_field(
    kinerja: CommandLine, agency: SmallAgency, database: AsyncEngine, tmp_path: Path, content: str, told: str
) -> None:
    for command in ("preview", "apply"):
        answer = await kinerja("change", command, written(tmp_path, content), "--as", OFFICER)
        assert (answer.code, told in answer.err) == (1, True), answer.err
    assert await value(database, "SELECT count(*) FROM operation") == 0


async def test_nobody_orders_about_himself(kinerja: CommandLine, agency: SmallAgency, tmp_path: Path) -> None:
    own = written(tmp_path, f"kind: absence\nperson_nip: {OFFICER}\nabsence: study\n{WHY}")
    answer = await kinerja("change", "apply", own, "--as", OFFICER)
    assert (answer.code, "another official must act" in answer.err) == (1, True)


async def test_only_officers_order_what_is_not_their_own(
    kinerja: CommandLine, agency: SmallAgency, tmp_path: Path
) -> None:
    answer = await kinerja("change", "apply", written(tmp_path, SUBSTITUTE), "--as", RATER)
    assert (answer.code, "Only the personnel officers may order this" in answer.err) == (1, True)


async def test_a_key_that_cannot_be_used_is_refused(
    kinerja: CommandLine, agency: SmallAgency, tmp_path: Path
) -> None:
    answer = await kinerja("change", "apply", written(tmp_path, EXTEND), "--as", OFFICER, "--key", "a b")
    assert (answer.code, "1 to 80 printable ASCII" in answer.err) == (1, True)


@pytest.mark.parametrize("step", ("show", "pause", "resume", "withdraw", "rerun"))
async def test_an_order_that_is_not_there_is_told(
    kinerja: CommandLine, agency: SmallAgency, step: str
) -> None:
    answer = await kinerja("change", step, uuid.uuid4())
    assert (answer.code, "There is no such order" in answer.err) == (1, True)


async def test_a_decree_is_a_file_with_days_and_the_names_of_cycles(
    kinerja: CommandLine, running: SmallAgency, tmp_path: Path
) -> None:
    decree = f'kind: adopt_calendar\ncycle_names: ["2026"]\nclosed: [2026-03-03]\n{WHY}'
    answer = await kinerja("change", "preview", written(tmp_path, decree), "--as", OFFICER)
    assert answer.code == 0, answer.err
    assert "Change working days by a decree: 3 appraisals affected" in answer.out
    assert ["the new working days hold", "3"] in cells(answer)


async def test_a_wrong_day_of_a_decree_is_told_with_its_line(
    kinerja: CommandLine, running: SmallAgency, tmp_path: Path
) -> None:
    decree = f"kind: adopt_calendar\nclosed: [2026-03-03]\nworking: [2026-03-03]\n{WHY}"
    answer = await kinerja("change", "preview", written(tmp_path, decree), "--as", OFFICER)
    assert answer.code == 1
    assert ":3:" in answer.err
    assert "either closed or working" in answer.err
