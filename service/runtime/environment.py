import os
import sys
from collections.abc import Mapping

from service.configuration.settings import PREFIX, Settings

_KEPT_FOR_SERVERS = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")


def server_environment() -> dict[str, str]:
    """The variables of the embedded servers: no secrets of kinerja, no TEMPORAL_ or PG variables of a shell."""
    kept = {name: os.environ[name] for name in _KEPT_FOR_SERVERS if name in os.environ}
    return {"LC_ALL": "C.UTF-8", "TZ": "UTC", **kept}


def own_environment(settings: Settings, inherited: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of kinerja's own processes: those of this process, but KINERJA_ ones from the settings."""
    outside = os.environ if inherited is None else inherited
    kept = {name: value for name, value in outside.items() if not name.startswith(PREFIX)}
    # With this path a child finds the modules of this process even if kinerja runs from a checkout.
    path = os.pathsep.join(entry for entry in sys.path if entry and os.path.isdir(entry))
    return kept | settings.as_environment() | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": path}
