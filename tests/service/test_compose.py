import asyncio
import mmap
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from service.configuration.settings import PREFIX, Settings, load_settings
from service.runtime.postgres import programs
from service.runtime.scratch import ScratchPostgres, scratch_postgres, scratch_temporal
from service.runtime.temporal import program_at_hand
from tests.service.compose_file import (
    ROOT,
    MissingVariable,
    example_variables,
    read_compose,
    read_raw,
)
from tests.service.runtime.sql import sql

FILLED_IN = {
    "POSTGRES_PASSWORD": "superuserpassword",
    "DATABASE_PASSWORD": "kinerjapassword",
    "TEMPORAL_DATABASE_PASSWORD": "temporalpassword",
    "TOKEN_SECRET": "t" * 64,
    "PUBLIC_URL": "https://kinerja.example.go.id",
    "SMTP_URL": "smtp://mailbox:1025",
}
COMPOSE = read_compose(FILLED_IN)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("kinerja:")}
# What the image of PostgreSQL reads, and what our own script in it reads.
POSTGRES_VARIABLES = {
    "POSTGRES_PASSWORD",
    "POSTGRES_INITDB_ARGS",
    "DATABASE_PASSWORD",
    "TEMPORAL_DATABASE_PASSWORD",
}
SQL_TOOL_VARIABLES = {"SQL_PLUGIN", "SQL_HOST", "SQL_PORT", "SQL_USER", "SQL_PASSWORD"}


def kinerja_commands() -> list[list[str]]:
    commands = [service["command"] for service in OURS.values()]
    checks = [service["healthcheck"]["test"][2:] for service in OURS.values() if "healthcheck" in service]
    return commands + checks


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScratchPostgres]:
    with scratch_postgres(tmp_path_factory.mktemp("compose")) as server:
        # The image starts its scripts on a server that has nothing of ours yet.
        server.server.run_sql("DROP DATABASE kinerja; DROP ROLE kinerja")
        yield server


def natively(server: ScratchPostgres) -> dict[str, str]:
    superuser_password = server.superuser_url.split(":")[2].split("@")[0]
    return {
        "PATH": f"{programs()}{os.pathsep}{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(server.server.port),
        "PGPASSWORD": superuser_password,
    }


def test_all_that_production_needs_is_there() -> None:
    assert set(SERVICES) == {
        "postgres",
        "temporal-schema",
        "temporal",
        "temporal-ready",
        "migrate",
        "api",
        "worker-appraisal",
        "worker-notify",
        "mailbox",
    }


@pytest.mark.parametrize("name", sorted(FILLED_IN))
def test_nothing_starts_without_a_variable_and_the_message_tells_what_to_set(name: str) -> None:
    with pytest.raises(MissingVariable, match=rf"^{name}: set {name} in \.env"):
        read_compose({key: value for key, value in FILLED_IN.items() if key != name})


def test_the_example_lists_every_variable_that_must_be_set_and_gives_no_value_away() -> None:
    assert set(example_variables()) == set(re.findall(r"\$\{(\w+):\?", read_raw())) == set(FILLED_IN)
    assert not any(example_variables().values())


def test_the_example_names_every_other_variable_with_the_default_of_the_file() -> None:
    text = (ROOT / ".env.example").read_text()
    defaults = set(re.findall(r"\$\{(\w+):-([^}]*)\}", read_raw()))
    assert defaults
    for name, default in defaults:
        assert f"#{name}={default}\n" in text


@pytest.mark.parametrize("command", kinerja_commands(), ids=" ".join)
def test_every_command_of_kinerja_is_one_that_the_command_line_knows(command: list[str]) -> None:
    from service.cli.app import app

    known: Any = typer.main.get_command(app)
    words = list(command)
    while hasattr(known, "commands"):
        word = words.pop(0)
        assert word in known.commands
        known = known.commands[word]
    options = {name for parameter in known.params for name in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= options
    known.make_context(command[0], words, resilient_parsing=True).close()


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_variable_of_kinerja_is_a_setting_with_a_good_value(name: str) -> None:
    variables = OURS[name]["environment"]
    assert all(key.startswith(PREFIX) for key in variables)
    settings = load_settings(variables)
    if name != "mailbox":
        assert settings.temporal_address == "temporal:7233"
        assert settings.database_url is not None
        assert settings.smtp_server is not None


def test_every_variable_of_postgresql_is_read_by_its_image_or_our_script() -> None:
    script = COMPOSE["configs"]["postgres-roles"]["content"]
    assert set(SERVICES["postgres"]["environment"]) == POSTGRES_VARIABLES
    assert {name for name in POSTGRES_VARIABLES if f"${name}" in script} == {
        "DATABASE_PASSWORD",
        "TEMPORAL_DATABASE_PASSWORD",
    }


def test_every_variable_of_temporal_is_read_by_the_server() -> None:
    program = program_at_hand()
    assert program is not None
    # The dev server carries the configuration template of the production server.
    with program.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for name in SERVICES["temporal"]["environment"]:
            assert content.find(f'(env "{name}")'.encode()) != -1, name


def test_every_variable_of_the_schema_tool_is_one_it_reads() -> None:
    assert set(SERVICES["temporal-schema"]["environment"]) == SQL_TOOL_VARIABLES


def test_the_server_and_the_tools_of_temporal_have_one_version_that_the_tests_use_too() -> None:
    images = {service["image"] for name, service in SERVICES.items() if name.startswith("temporal")}
    versions = {image.split(":")[1] for image in images}
    program = program_at_hand()
    told = subprocess.run((str(program), "--version"), capture_output=True, text=True, check=True).stdout
    assert len(versions) == 1
    assert f"Server {versions.pop()}" in told


def test_every_port_is_the_one_that_the_other_side_uses() -> None:
    api, mailbox = SERVICES["api"], SERVICES["mailbox"]
    assert api["ports"] == [f"127.0.0.1:8080:{api['environment']['KINERJA_API_PORT']}"]
    settings = load_settings(api["environment"])
    assert settings.smtp_server is not None
    assert (settings.smtp_server.host, settings.smtp_server.port) == (
        "mailbox",
        int(mailbox["environment"]["KINERJA_MAILBOX_PORT"]),
    )
    assert SERVICES["temporal"]["healthcheck"]["test"][-1] == "7233"
    assert SERVICES["temporal"]["environment"]["DB_PORT"] == "5432"
    exposed = re.search(r"^EXPOSE (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert exposed is not None
    assert exposed[1].split() == ["8080", "1025"]


def test_every_service_that_stays_has_a_health_check() -> None:
    once = {"temporal-schema", "temporal-ready", "migrate"}
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == once
    assert all(SERVICES[name]["restart"].startswith("on-failure") for name in once)


def test_every_dependency_exists_and_waits_for_the_right_thing() -> None:
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            expected = (
                "service_healthy" if "healthcheck" in SERVICES[name] else "service_completed_successfully"
            )
            assert how == {"condition": expected}


def test_no_password_stands_in_the_file() -> None:
    for line in read_raw().splitlines():
        if re.search(r"(PASSWORD|PWD|SECRET|TOKEN)\w*:", line):
            # Asked for, or for a channel that may be left out: nothing.
            assert ":?" in line or line.endswith(":-}"), line


def test_the_health_check_of_postgresql_passes_on_a_real_one_and_fails_without(
    postgres: ScratchPostgres,
) -> None:
    command = SERVICES["postgres"]["healthcheck"]["test"]
    assert command[0] == "CMD"
    subprocess.run(command[1:], env=natively(postgres), check=True)
    nobody = natively(postgres) | {"PGPORT": "1"}
    assert subprocess.run(command[1:], env=nobody, check=False).returncode != 0


async def test_the_roles_can_use_their_own_databases_only(postgres: ScratchPostgres) -> None:
    service = SERVICES["postgres"]
    passwords = {name: value for name, value in service["environment"].items() if name in POSTGRES_VARIABLES}
    script = COMPOSE["configs"]["postgres-roles"]["content"]
    variables = natively(postgres) | passwords
    run = asyncio.to_thread(subprocess.run, ("sh", "-s"), input=script, text=True, env=variables, check=True)
    await run

    async def connect(role: str, password: str, database: str) -> None:
        port = postgres.server.port
        url = f"postgresql+asyncpg://{role}:{password}@127.0.0.1:{port}/{database}"
        await sql(url, "CREATE TABLE mine (id int)")

    await connect("kinerja", "kinerjapassword", "kinerja")
    await connect("temporal", "temporalpassword", "temporal")
    await connect("temporal", "temporalpassword", "temporal_visibility")
    with pytest.raises(Exception, match="permission denied"):
        await connect("temporal", "temporalpassword", "kinerja")
    with pytest.raises(Exception, match="permission denied"):
        await connect("kinerja", "kinerjapassword", "temporal")


def test_the_options_of_the_production_database_are_ones_it_knows(postgres: ScratchPostgres) -> None:
    command = SERVICES["postgres"]["command"]
    assert command[0] == "postgres"
    for flag in command[1:]:
        if flag != "-c":
            name, value = flag.split("=")
            assert postgres.server.run_sql(f"SHOW {name}") == value
    arguments = SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    known = subprocess.run((str(programs() / "initdb"), "--help"), capture_output=True, text=True, check=True)
    assert all(argument.split("=")[0] in known.stdout for argument in arguments)


def test_the_health_check_of_temporal_passes_on_a_real_one_and_fails_without(tmp_path: Path) -> None:
    service = SERVICES["temporal-ready"]
    command = [*service["entrypoint"], *service["command"]]
    assert command == ["temporal", "operator", "cluster", "health", "--address", "temporal:7233"]
    program = program_at_hand()
    with scratch_temporal(tmp_path) as server:
        natively = (str(program), *command[1:-1], server.address)
        done = subprocess.run(natively, capture_output=True, text=True, check=True)
        assert done.stdout == "SERVING\n"
        host, port = server.address.split(":")
        probe = SERVICES["temporal"]["healthcheck"]["test"]
        assert probe[:4] == ["CMD", "nc", "-z", host]
        assert probe[4:] == ["7233"]
        assert port.isdecimal()
    assert subprocess.run(natively, capture_output=True, check=False).returncode != 0


def test_the_image_is_built_from_what_is_in_the_project() -> None:
    text = (ROOT / "Dockerfile").read_text()
    for variable in re.findall(rf"{PREFIX}\w+(?==)", text):
        assert variable.removeprefix(PREFIX).lower() in Settings.model_fields
    assert (ROOT / "requirements.lock").exists()
    assert 'ENTRYPOINT ["kinerja"]' in text
    directory = re.search(rf"{PREFIX}STATE_DIRECTORY=(\S+)", text)
    assert directory is not None
    mounts = {mount.split(":")[1] for service in OURS.values() for mount in service.get("volumes", ())}
    assert mounts == {f"{directory[1]}/mailbox"}


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\w+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["kinerja"]


def test_secrets_and_local_state_stay_out_of_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "var", ".git"} <= set(ignored)
