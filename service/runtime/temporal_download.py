"""Fetches the Temporal server as its SDK does: `python -m service.runtime.temporal_download DIRECTORY`."""

import asyncio
import sys
from pathlib import Path

from temporalio.testing import WorkflowEnvironment


async def download(directory: Path) -> None:
    """Puts the server's program into `directory` and starts it once, to prove that it runs on this machine."""
    environment = await WorkflowEnvironment.start_local(download_dest_dir=str(directory))
    await environment.shutdown()


if __name__ == "__main__":
    asyncio.run(download(Path(sys.argv[1])))
