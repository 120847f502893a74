"""A reader of the database, with all rights of the program, watches every answer come in and guesses whose is whose.

The same attacks are made on a table that keeps answers as one would without a thought: there they succeed.
"""

import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.base import new_id
from tests.fixtures.surveys import ITEMS, STEPS, SurveyedAgency, answer, survey_agency

pytestmark = pytest.mark.database

PEOPLE = 10
NAIVE = """
    CREATE TABLE naive_answer (id uuid PRIMARY KEY, survey_id uuid, words text, steps text);
"""
TABLES = {
    "survey": "id",
    "survey_invitation": "survey_id",
    "survey_ballot": "survey_id",
    "survey_mean": "survey_id",
    "survey_text": "survey_id",
    "attended": "id",
    "notice": "attended_id",
    "naive_answer": "survey_id",
}
"""The tables that have to do with surveys, and where each names the survey."""
Row = Mapping[str, Any]
Look = Mapping[str, Sequence[Row]]
"""All rows of all tables that have to do with surveys, by table."""


@dataclass
class Watched:
    """What the reader saw of one survey, and what is true."""

    survey: uuid.UUID
    people: list[uuid.UUID]
    """In the order in which they answered."""
    truth: dict[uuid.UUID, str]
    """The words of each: only to count how often the reader is right."""
    looks: list[Look] = field(default_factory=list)
    """Before the first answer, after each one, and after the closing."""

    def rows(self, look: int, table: str) -> list[Row]:
        return [row for row in self.looks[look][table] if row.get("survey_id") == self.survey]

    def answered_at(self, person: uuid.UUID) -> int:
        """After how many answers the reader first saw that somebody had answered."""
        return next(
            place
            for place in range(len(self.looks))
            for row in self.rows(place, "survey_invitation")
            if row["person_id"] == person and row["answered"]
        )


@dataclass
class Observed:
    surveys: SurveyedAgency
    watched: list[Watched]


async def look_at(surveys: SurveyedAgency, survey: uuid.UUID) -> Look:
    """Everything about a survey in every table, with the places of its rows and the transactions that wrote them."""
    found: dict[str, Sequence[Row]] = {}
    async with surveys.database.connect() as connection:
        for table, column in TABLES.items():
            rows = await connection.execute(
                text(
                    "SELECT CAST(ctid AS text) AS ctid, CAST(CAST(xmin AS text) AS bigint) AS xmin, *"
                    f" FROM {table} WHERE {column} = :survey"
                ),
                {"survey": survey},
            )
            found[table] = [dict(row._mapping) for row in rows]
    return found


async def test_no_table_of_surveys_is_left_out(observed: "Observed") -> None:
    tables = await observed.surveys.rows("SELECT tablename FROM pg_tables WHERE tablename LIKE 'survey%'")
    assert {row.tablename for row in tables} <= set(TABLES)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def observed(shared: AsyncEngine) -> Observed:
    surveys = await survey_agency(shared, employees=PEOPLE, appraised=("employees",))
    async with shared.begin() as connection:
        await connection.execute(text(NAIVE))
    chance = random.Random(15)
    seen = []
    for person in surveys.agency.employees:
        survey = await surveys.opened(person)
        people = await surveys.invited(survey)
        chance.shuffle(people)
        truth = {each: f"words {uuid.uuid4().hex}" for each in people}
        watched = Watched(survey, people, truth, [await look_at(surveys, survey)])
        for each in people:
            step = chance.choice(STEPS)
            await surveys.answer(survey, each, answer(step, strong=truth[each]))
            await surveys.run(
                "INSERT INTO naive_answer VALUES (:id, :survey, :words, :steps)",
                id=new_id(),
                survey=survey,
                words=truth[each],
                steps=step,
            )
            watched.looks.append(await look_at(surveys, survey))
        await surveys.closed(survey)
        watched.looks.append(await look_at(surveys, survey))
        seen.append(watched)
    return Observed(surveys, seen)


# The attacks. Each guesses whose words are whose from what was seen, of the table of texts that it is told.
Guess = Mapping[uuid.UUID, str]


def by_place(watched: Watched, table: str) -> Guess:
    """The rows in the order in which they lie in the table, as people answered."""
    rows = sorted(
        watched.rows(-1, table), key=lambda row: tuple(map(int, row["ctid"].strip("()").split(",")))
    )
    return dict(zip(watched.people, (row["words"] for row in rows), strict=False))


def by_id(watched: Watched, table: str) -> Guess:
    """The rows in the order of their ids, as people answered."""
    rows = sorted(watched.rows(-1, table), key=lambda row: str(row["id"]))
    return dict(zip(watched.people, (row["words"] for row in rows), strict=False))


def by_transaction(watched: Watched, table: str) -> Guess:
    """The rows in the order of the transactions that wrote them, as those that noted who answered."""
    rows = sorted(watched.rows(-1, table), key=lambda row: row["xmin"])
    noted = {
        row["person_id"]: row["xmin"] for row in watched.rows(-1, "survey_invitation") if row["answered"]
    }
    people = sorted(noted, key=lambda person: noted[person])
    return dict(zip(people, (row["words"] for row in rows), strict=False))


def by_appearance(watched: Watched, table: str) -> Guess:
    """What was new to be read right after somebody had answered."""
    found: dict[uuid.UUID, str] = {}
    for person in watched.people:
        at = watched.answered_at(person)
        before = {row["words"] for row in watched.rows(at - 1, table)}
        new = [row["words"] for row in watched.rows(at, table) if row["words"] not in before]
        if len(new) == 1:
            found[person] = new[0]
    return found


def by_key(watched: Watched, table: str) -> Guess:
    """Ids of ballots that were new when somebody had answered, found again among what is shown."""
    shown = {row["id"]: row["words"] for row in watched.rows(-1, table)}
    found: dict[uuid.UUID, str] = {}
    for person in watched.people:
        at = watched.answered_at(person)
        for ballots in ("survey_ballot", "naive_answer"):
            before = {row["id"] for row in watched.rows(at - 1, ballots)}
            for row in watched.rows(at, ballots):
                if row["id"] not in before and row["id"] in shown:
                    found[person] = shown[row["id"]]
    return found


ATTACKS: tuple[Callable[[Watched, str], Guess], ...] = (
    by_place,
    by_id,
    by_transaction,
    by_appearance,
    by_key,
)


def right(observed: Observed, attack: Callable[[Watched, str], Guess], table: str) -> int:
    """How many of all people an attack finds out."""
    return sum(
        watched.truth[person] == words
        for watched in observed.watched
        for person, words in attack(watched, table).items()
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_finds_no_more_than_chance(
    observed: Observed, attack: Callable[[Watched, str], Guess]
) -> None:
    # One of five is right by chance: 10 of 50, give or take 3. Three times as many never are.
    assert right(observed, attack, "survey_text") < 30


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_same_attack_finds_everybody_where_answers_are_kept_without_a_thought(
    observed: Observed, attack: Callable[[Watched, str], Guess]
) -> None:
    assert right(observed, attack, "naive_answer") == 5 * PEOPLE


def test_all_words_are_shown_after_all(observed: Observed) -> None:
    for watched in observed.watched:
        assert {row["words"] for row in watched.rows(-1, "survey_text")} == set(watched.truth.values())


def test_until_it_closes_nothing_that_anybody_answered_can_be_read_anywhere(observed: Observed) -> None:
    for watched in observed.watched:
        for look in watched.looks[:-1]:
            read = str({table: rows for table, rows in look.items() if not table.startswith("naive")})
            assert not any(words in read for words in watched.truth.values())
            assert not any(words.encode().hex() in read for words in watched.truth.values())
            ours = [row for row in look["survey_mean"] if row["survey_id"] == watched.survey]
            assert ours == []


def test_sealed_answers_differ_in_nothing_that_can_be_seen(observed: Observed) -> None:
    sealed = {
        row["sealed"]
        for watched in observed.watched
        for look in watched.looks
        for row in look["survey_ballot"]
    }
    assert len(sealed) == 5 * PEOPLE
    assert {len(each) for each in sealed} == {4_096}


def test_what_one_answer_changes_to_be_read_is_only_that_somebody_answered(observed: Observed) -> None:
    """Subtraction: what is there after an answer, less what was there before."""
    for watched in observed.watched:
        for before, after in zip(watched.looks[:-2], watched.looks[1:-1], strict=True):
            for table in set(after) - {"naive_answer", "survey_ballot", "survey_invitation", "notice"}:
                assert _facts(after[table]) == _facts(before[table])
            new = len(after["survey_ballot"]) - len(before["survey_ballot"])
            noted = sum(row["answered"] for row in after["survey_invitation"]) - sum(
                row["answered"] for row in before["survey_invitation"]
            )
            assert (new, noted) == (1, 1)


def test_all_that_is_shown_was_written_by_the_closing_at_once(observed: Observed) -> None:
    for watched in observed.watched:
        shown = [*watched.rows(-1, "survey_text"), *watched.rows(-1, "survey_mean")]
        assert len({row["xmin"] for row in shown}) == 1
        assert watched.rows(-1, "survey_ballot") == []
        (survey,) = [row for row in watched.looks[-1]["survey"] if row["id"] == watched.survey]
        assert survey["wrapped_key"] is None
        assert survey["xmin"] == shown[0]["xmin"]


def test_the_means_are_those_of_all_and_of_nobody_alone(observed: Observed) -> None:
    for watched in observed.watched:
        means = watched.rows(-1, "survey_mean")
        assert {(row["of_group"], row["answers"]) for row in means} == {("all", 5)}
        assert {row["item"] for row in means} == set(ITEMS)


def _facts(rows: Sequence[Row]) -> list[str]:
    """Rows without where they lie and what wrote them, which a lock changes as well."""
    return sorted(str({k: v for k, v in row.items() if k not in ("ctid", "xmin", "told_at")}) for row in rows)
