"""The name of the operator, for the record of what operators do: his operating system account."""

import os
import pwd


def operator_name(user: int | None = None) -> str:
    """The name of an account, by default this process's; its number if it has no name, as in a container."""
    number = os.getuid() if user is None else user
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid {number}"
