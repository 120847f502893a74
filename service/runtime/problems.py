class RuntimeProblem(Exception):
    """Something that kinerja needs could not be started or found. The text says what to do about it."""


class AlreadyServing(RuntimeProblem):
    """Another `kinerja serve` uses the same state directory."""


class NothingServing(RuntimeProblem):
    """A server's address is not set, and no `kinerja serve` runs on the state directory."""


class PortTaken(RuntimeProblem):
    """A port that the operator set is in use by another program."""


class ServerMissing(RuntimeProblem):
    """The program of an embedded server is not installed."""


class StartFailed(RuntimeProblem):
    """A process that was being started ended, or was not ready in time."""
