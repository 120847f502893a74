import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

from service.runtime.problems import PortTaken

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen on `port` of `host` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Without this option, a port in TIME_WAIT after our own server stopped would look taken for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def any_free_port(host: str = LOOPBACK) -> int:
    """A port of `host` that nobody listens on now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Ports:
    """Chooses ports for one state directory: the port of the last start, else the usual one, else any free one."""

    remembered: Mapping[str, int]
    chosen: dict[str, int] = field(default_factory=dict)

    def choose(self, name: str, usual: int, host: str = LOOPBACK) -> int:
        """The port for the server called `name`: the same as at the last start if that is still free."""
        for port in (self.remembered.get(name, usual), usual):
            if port not in self.chosen.values() and is_free(port, host):
                return self._keep(name, port)
        port = any_free_port(host)
        while port in self.chosen.values():
            port = any_free_port(host)
        return self._keep(name, port)

    def insist(self, name: str, port: int, variable: str, host: str = LOOPBACK) -> int:
        """Takes `port`, which the operator set through `variable`. Raises PortTaken if it is in use."""
        if port in self.chosen.values() or not is_free(port, host):
            raise PortTaken(
                f"Port {port} of {host} is in use by another program. Stop that program, set {variable} to "
                f"another port, or unset {variable} and a free port is chosen."
            )
        return self._keep(name, port)

    def _keep(self, name: str, port: int) -> int:
        self.chosen[name] = port
        return port
