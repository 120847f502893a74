"""Ends the process."""

import atexit
import os
import sys
from collections.abc import Callable

from service.cli.problems import FAILED


def run_and_leave(command: Callable[[], object]) -> None:
    """Runs a command line that ends by `SystemExit`, and ends the process with its exit code.

    Threads of Temporal's SDK outlive the interpreter. They abort the process (``PyGILState_Release``) after all
    its work is done. So a process that loaded the SDK ends without the interpreter's last steps.
    """
    code: int = 0
    try:
        command()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else FAILED
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = FAILED
    if "temporalio.bridge.temporal_sdk_bridge" not in sys.modules:
        sys.exit(code)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
