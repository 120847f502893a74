"""The command line in this process, on a database and an engine of the tests'."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli.app import app
from service.roster import RosterFile
from service.roster.sample import sample_file
from service.runtime.scratch import ScratchTemporal


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class CommandLine:
    """Runs commands with an environment of their own."""

    environment: Mapping[str, str]
    language: str = "en"
    _runner: CliRunner = field(default_factory=CliRunner)

    async def __call__(self, *arguments: object, **variables: str) -> Answer:
        """Runs one command; an error that nobody expected is raised here."""
        words = [*(("--language", self.language) if self.language else ()), *map(str, arguments)]
        environment = {**self.environment, **{f"KINERJA_{name}": value for name, value in variables.items()}}
        result = await asyncio.to_thread(self._runner.invoke, app, words, env=environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def kinerja(database_url: str, temporal: ScratchTemporal, tmp_path: Path) -> CommandLine:
    """The command line with a migrated, empty database."""
    return CommandLine(
        {
            "KINERJA_DATABASE_URL": database_url,
            "KINERJA_TEMPORAL_ADDRESS": temporal.address,
            "KINERJA_STATE_DIRECTORY": str(tmp_path / "var"),
            "COLUMNS": "200",
        }
    )


@pytest.fixture
def alone(tmp_path: Path) -> CommandLine:
    """The command line where no server runs and none is named."""
    return CommandLine({"KINERJA_STATE_DIRECTORY": str(tmp_path / "var"), "COLUMNS": "200"})


@pytest.fixture
def sample(tmp_path: Path) -> tuple[Path, Path]:
    """The sample roster as two files."""
    files = []
    for file in RosterFile:
        path = tmp_path / file.value
        path.write_bytes(sample_file(file))
        files.append(path)
    return files[0], files[1]
