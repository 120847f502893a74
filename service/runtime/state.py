import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from pydantic import SecretStr

from service.configuration.settings import Settings
from service.runtime.addresses import Addresses
from service.runtime.atomic_file import write_atomically
from service.runtime.problems import NothingServing, RuntimeProblem
from service.runtime.process_record import ProcessRecord

FILE = "runtime.json"


@dataclass(frozen=True)
class RuntimeState:
    """What `kinerja serve` tells the other commands through <state directory>/runtime.json.

    The ports stay in the file after `serve` has ended, so that the next start takes the same ones.
    """

    ports: Mapping[str, int] = field(default_factory=dict)
    supervisor: ProcessRecord | None = None
    addresses: Addresses | None = None  # set once every server is ready
    processes: Mapping[str, int] = field(default_factory=dict)  # process ids by service name

    @classmethod
    def read(cls, state_directory: Path) -> Self:
        """Reads the state of a state directory; it is empty before the first start."""
        file = state_directory / FILE
        if not file.exists():
            return cls()
        try:
            kept = json.loads(file.read_text())
            supervisor, addresses = kept["supervisor"], kept["addresses"]
            return cls(
                ports=kept["ports"],
                supervisor=None if supervisor is None else ProcessRecord(**supervisor),
                addresses=None if addresses is None else Addresses(**addresses),
                processes=kept["processes"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise RuntimeProblem(
                f"{file} cannot be read ({error}). Stop kinerja and remove that file."
            ) from error

    def write(self, state_directory: Path) -> None:
        """Writes the state with mode 0600, because the addresses contain passwords."""
        write_atomically(state_directory / FILE, json.dumps(asdict(self), indent=2))

    @property
    def is_serving(self) -> bool:
        """Whether the `kinerja serve` that wrote this state still runs."""
        return self.supervisor is not None and self.supervisor.process() is not None


def with_running_servers(settings: Settings) -> Settings:
    """The settings, completed by the addresses of the servers that a running `kinerja serve` started.

    Addresses that are set stay. Raises NothingServing, with advice, if one is missing and no `serve` runs.
    """
    if None not in (settings.database_url, settings.temporal_address, settings.smtp_url):
        return settings
    state = RuntimeState.read(settings.state_directory)
    if not state.is_serving or state.addresses is None:
        raise NothingServing(
            f"No kinerja runs on {settings.state_directory}. Start one with `kinerja serve`, or set "
            "KINERJA_DATABASE_URL, KINERJA_TEMPORAL_ADDRESS and KINERJA_SMTP_URL."
        )
    found = state.addresses
    return settings.model_copy(
        update={
            "database_url": settings.database_url or SecretStr(found.database_url),
            "temporal_address": settings.temporal_address or found.temporal_address,
            "smtp_url": settings.smtp_url or SecretStr(found.smtp_url),
            "public_url": settings.public_url or found.api_url,
        }
    )
