import asyncio
import signal
from collections.abc import Mapping

from pydantic import SecretStr

from service.configuration.settings import Settings
from service.runtime.environment import server_environment
from service.runtime.managed_process import Service
from service.runtime.ports import Ports
from service.runtime.postgres import PostgresServer
from service.runtime.supervisor import Supervisor
from service.runtime.temporal import TemporalServer, find_program

_USUAL_POSTGRES_PORT = 5432
_USUAL_TEMPORAL_PORT = 7233
_USUAL_TEMPORAL_UI_PORT = 8233


class EmbeddedServers:
    """PostgreSQL and Temporal of one run. Each is started unless the settings point to another server."""

    def __init__(
        self,
        settings: Settings,
        supervisor: Supervisor,
        ports: Ports,
        search_attributes: Mapping[str, str],
        dynamic_configuration: Mapping[str, object],
    ) -> None:
        self._settings = settings
        self._supervisor = supervisor
        self._ports = ports
        self._search_attributes = search_attributes
        self._dynamic_configuration = dynamic_configuration
        self.temporal: TemporalServer | None = None

    @property
    def temporal_ui_url(self) -> str | None:
        """The address of the embedded engine's pages; None for an outside engine."""
        return None if self.temporal is None else self.temporal.ui_url

    async def start(self) -> Settings:
        """Starts the embedded servers. Returns the settings with both addresses filled in."""
        found: dict[str, object] = {}
        if self._settings.database_url is None:
            found["database_url"] = SecretStr((await self._start_postgres()).url)
        if self._settings.temporal_address is None:
            self.temporal = await self._start_temporal()
            found["temporal_address"] = self.temporal.address
        return self._settings.model_copy(update=found)

    async def _start_postgres(self) -> PostgresServer:
        server = PostgresServer(
            self._settings.state_directory / "postgres", self._ports.choose("postgres", _USUAL_POSTGRES_PORT)
        )
        user = await asyncio.to_thread(server.initialise)
        await self._supervisor.start(
            Service(
                name="postgres",
                command=server.command(),
                environment=server_environment(),
                ready=lambda: asyncio.to_thread(server.is_ready),
                user=user,
                # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
                stop_signal=signal.SIGINT,
                stop_seconds=20.0,
                # Recovery after a crash replays what was written since the last checkpoint.
                ready_seconds=120.0,
            )
        )
        await asyncio.to_thread(server.create_database)
        return server

    async def _start_temporal(self) -> TemporalServer:
        directory = self._settings.state_directory / "temporal"
        server = TemporalServer(
            program=await find_program(directory / "program"),
            database=directory / "temporal.db",
            port=self._ports.choose("temporal", _USUAL_TEMPORAL_PORT),
            ui_port=self._ports.choose("temporal-ui", _USUAL_TEMPORAL_UI_PORT),
            namespace=self._settings.temporal_namespace,
            search_attributes=self._search_attributes,
            dynamic_configuration=self._dynamic_configuration,
        )
        await self._supervisor.start(
            Service(
                name="temporal",
                command=server.command(),
                environment=server_environment(),
                ready=lambda: asyncio.to_thread(server.is_ready),
                # Temporal waits for its clients to leave. A kill loses nothing that it acknowledged.
                stop_seconds=5.0,
                ready_seconds=60.0,
            )
        )
        return server
