"""Plays one of kinerja's own processes: `python stand_in.py mailbox|migrate|worker|api`."""

import asyncio
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from service.configuration.settings import load_settings
from service.runtime.mailbox import serve_mailbox
from service.runtime.probes import READINESS_PATH
from tests.service.runtime.sql import sql


class Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == READINESS_PATH else 404)
        self.end_headers()


async def migrate(database_url: str) -> None:
    await sql(
        database_url,
        "CREATE TABLE IF NOT EXISTS started (at timestamptz DEFAULT now())",
        "INSERT INTO started DEFAULT VALUES",
    )


def main(role: str) -> None:
    settings = load_settings()
    assert settings.database_url is not None
    assert settings.temporal_address is not None
    match role:
        case "mailbox":
            asyncio.run(serve_mailbox(settings.mailbox_host, settings.mailbox_port, settings.mail_directory))
        case "migrate":
            asyncio.run(migrate(settings.database_url.get_secret_value()))
        case "worker":
            print("working", flush=True)
            signal.pause()
        case "api":
            HTTPServer((settings.api_host, settings.api_port), Ready).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
