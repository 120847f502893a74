class RuntimeProblem(Exception):
    """Something that kinerja needs could not be started or found. The text says what to do about it."""


class AlreadyServing(RuntimeProblem):
    """Another `kinerja serve` works on the same state directory."""


class NothingServing(RuntimeProblem):
    """A server's address is not set and no `kinerja serve` runs on the state directory."""


class PortTaken(RuntimeProblem):
    """A port that was asked for by name is in use by another program."""


class ServerMissing(RuntimeProblem):
    """The program of an embedded server is not installed."""


class StartFailed(RuntimeProblem):
    """A process ended, or was not ready in time, while it was being started."""
