"""The functions of a migrated database are those of the files, and a changed file comes with a revision."""

import hashlib
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

import store.migrations
from store.functions import install, texts
from store.migrating import upgrade

pytestmark = pytest.mark.database

NAMES = tuple(texts())
REPRESENTED = "represented(uuid,uuid,uuid,timestamp with time zone,text,timestamp with time zone,uuid[])"

# `pg_get_functiondef` tells everything of a function but its owner and rights, a comment within the body too.
DEFINITIONS = """
    SELECT CAST(CAST(oid AS regprocedure) AS text) AS signature, pg_get_functiondef(oid) AS definition FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
"""


async def definitions_in(database: AsyncEngine) -> dict[str, str]:
    """Each function of ours, under its name and what it takes."""
    async with database.connect() as connection:
        rows = await connection.execute(text(DEFINITIONS))
        return {row.signature: row.definition for row in rows}


async def execute(database: AsyncEngine, *statements: str) -> None:
    async with database.begin() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


def differing(found: dict[str, str], wanted: dict[str, str]) -> set[str]:
    """The functions that only one side has, or that are not the same on both."""
    return {name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name)}


@pytest.fixture
async def of_files(empty: AsyncEngine) -> dict[str, str]:
    """What the files alone make, each executed by itself."""
    await execute(empty, "SET LOCAL check_function_bodies = off", *texts().values())
    return await definitions_in(empty)


async def test_the_functions_of_a_migrated_database_are_those_of_the_files(
    database: AsyncEngine, of_files: dict[str, str]
) -> None:
    assert differing(await definitions_in(database), of_files) == set()


async def test_each_file_makes_the_one_function_of_its_name(empty: AsyncEngine) -> None:
    known: set[str] = set()
    for name, statement in texts().items():
        await execute(empty, "SET LOCAL check_function_bodies = off", statement)
        made = set(await definitions_in(empty)) - known
        assert [signature.partition("(")[0] for signature in made] == [name]
        known |= made


@pytest.mark.parametrize("name", NAMES)
async def test_postgresql_accepts_each_body(database: AsyncEngine, name: str) -> None:
    await execute(database, "SET LOCAL check_function_bodies = on", texts()[name])


@pytest.mark.parametrize(
    ("change", "changed"),
    (
        ("ALTER FUNCTION signers VOLATILE", "signers(jsonb)"),
        ("ALTER FUNCTION represented COST 7", REPRESENTED),
        (
            "CREATE OR REPLACE FUNCTION signers(snapshot jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE"
            " AS $$ SELECT CAST('{}' AS uuid[]) $$",
            "signers(jsonb)",
        ),
        ("DROP FUNCTION signers", "signers(jsonb)"),
        ("CREATE FUNCTION signers() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$", "signers()"),
    ),
    ids=("volatility", "estimate", "body", "missing", "without a file"),
)
async def test_a_function_that_is_not_that_of_its_file_is_seen(
    database: AsyncEngine, of_files: dict[str, str], change: str, changed: str
) -> None:
    await execute(database, change)
    assert differing(await definitions_in(database), of_files) == {changed}


async def test_a_database_from_before_the_files_gets_what_they_say(
    empty: AsyncEngine, database: AsyncEngine
) -> None:
    await upgrade(empty, "0009")
    await execute(empty, "ALTER FUNCTION signers VOLATILE")
    await upgrade(empty)
    assert differing(await definitions_in(empty), await definitions_in(database)) == set()


async def test_the_check_of_bodies_is_on_again_after_installing(empty: AsyncEngine) -> None:
    async with empty.begin() as connection:
        await connection.run_sync(install)
        assert await connection.scalar(text("SHOW check_function_bodies")) == "on"


def test_the_newest_revision_that_installs_the_files_knows_them() -> None:
    # The comment before a statement does not reach the database, so that it may change without a revision.
    statements = (statement[statement.index("CREATE") :] for statement in texts().values())
    digest = hashlib.sha256("".join(statements).encode()).hexdigest()
    directory = ScriptDirectory(str(Path(store.migrations.__path__[0])))
    named = [getattr(revision.module, "FUNCTIONS", None) for revision in directory.walk_revisions()]
    newest = next(filter(None, named))
    assert newest == digest, (
        f"The files of store/functions are not those that a revision installs. Add a revision that calls `install` "
        f'and says FUNCTIONS = "{digest}"; a revision that is not released yet gets the new value.'
    )


def test_absence_is_written_out_alike_wherever_it_counts() -> None:
    bodies = {name: " ".join(statement.split()) for name, statement in texts().items()}
    condition = bodies["is_away"].partition("SELECT ( ")[2].removesuffix(" ) $$;")
    assert condition.startswith("EXISTS ( SELECT FROM absence")
    assert {name: body.count(condition) for name, body in bodies.items() if "FROM absence" in body} == {
        "can_stand_in": 1,
        "is_away": 1,
        "responsible": 2,
    }
