"""What an operator can do something about is told in one sentence, with the right exit code."""

import re
import subprocess
import sys

import pytest

from service.cli.app import app
from service.cli.problems import CommandFailed, explanation
from service.configuration.settings import SettingsError
from service.runtime.problems import NothingServing
from tests.service.cli.conftest import CommandLine
from translations import Locale

COMMANDS = (
    ("serve",),
    ("api",),
    ("worker",),
    ("mailbox",),
    ("migrate",),
    ("health",),
    ("import-roster",),
    ("preflight",),
    ("token",),
    ("simulate",),
    ("reconcile",),
    ("rehearse",),
    ("role", "grant"),
    ("role", "revoke"),
    ("cycle", "create"),
    ("cycle", "launch"),
    ("cycle", "pause"),
    ("cycle", "resume"),
    ("cycle", "results"),
    ("cycle", "list"),
    ("change", "preview"),
    ("change", "apply"),
    ("change", "list"),
    ("change", "show"),
    ("change", "pause"),
    ("change", "resume"),
    ("change", "withdraw"),
    ("change", "rerun"),
    ("incidents",),
    ("report",),
    ("follow-up",),
    ("result", "import"),
    ("survey", "prepare"),
    ("survey", "list"),
    ("team", "list"),
    ("public", "link"),
    ("public", "show"),
    ("improvement", "list"),
    ("improvement", "test"),
    ("unit", "picture"),
    ("audit", "verify"),
    ("audit", "export"),
    ("scheme", "check"),
    ("scheme", "new"),
    ("scheme", "schema"),
    ("scheme", "show"),
    ("bounce",),
    ("hours",),
    ("xray",),
    ("nudge",),
    ("channel", "list"),
    ("channel", "pause"),
    ("channel", "resume"),
    ("channel", "retry"),
    ("templates", "list"),
    ("templates", "preview"),
    ("templates", "check"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
async def test_the_help_says_what_a_command_is_for_and_gives_an_example(
    alone: CommandLine, command: tuple[str, ...]
) -> None:
    answer = await alone(*command, "--help")
    assert answer.code == 0
    assert re.search(r"Example: .*kinerja " + " ".join(command), answer.out)


def test_no_command_is_without_a_test_of_its_help() -> None:
    single = [(info.name,) for info in app.registered_commands if not info.hidden]
    grouped = [
        (group.name, info.name)
        for group in app.registered_groups
        if group.typer_instance is not None
        for info in group.typer_instance.registered_commands
    ]
    assert sorted([*single, *grouped], key=str) == sorted(COMMANDS, key=str)


async def test_where_nothing_runs_the_way_to_start_it_is_told(alone: CommandLine) -> None:
    answer = await alone("cycle", "list")
    assert answer.code == 1
    assert "kinerja serve" in answer.err
    assert "Traceback" not in answer.err


async def test_a_database_that_does_not_answer_is_named(alone: CommandLine) -> None:
    answer = await alone("cycle", "list", DATABASE_URL="postgresql://kinerja:geheim@127.0.0.1:1/kinerja")
    assert answer.code == 1
    assert "The database does not answer" in answer.err
    assert "geheim" not in answer.err


async def test_a_wrong_setting_is_wrong_usage(alone: CommandLine) -> None:
    answer = await alone("cycle", "list", DATABASE_URL="mysql://somewhere/else")
    assert answer.code == 2
    assert "KINERJA_DATABASE_URL" in answer.err


async def test_an_unknown_command_is_wrong_usage(alone: CommandLine) -> None:
    assert (await alone("cycle", "begin")).code == 2


async def test_a_command_line_without_a_command_shows_the_commands(alone: CommandLine) -> None:
    answer = await CommandLine(alone.environment, language="")()
    assert "import-roster" in answer.out + answer.err


@pytest.mark.parametrize(
    ("error", "code"),
    ((NothingServing("none"), 1), (SettingsError("KINERJA_X: none"), 2), (CommandFailed("none"), 1)),
)
def test_expected_errors_have_their_exit_codes(error: Exception, code: int) -> None:
    explained = explanation(error, Locale.ENGLISH)
    assert explained is not None
    assert explained[1] == code
    assert "none" in explained[0]


def test_a_fault_of_the_program_is_not_explained_away() -> None:
    assert explanation(ZeroDivisionError("division by zero"), Locale.ENGLISH) is None


def test_the_help_needs_neither_the_engine_nor_the_database() -> None:
    """Health checks start the command line every few seconds."""
    script = (
        "import sys; import service.cli.app; "
        "print([name for name in ('temporalio', 'sqlalchemy', 'fastapi') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
