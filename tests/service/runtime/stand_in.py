"""Plays one of kinerja's own processes: `python stand_in.py mailbox|migrate|worker|api`."""

import asyncio
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

import asyncpg

from service.runtime.mailbox import serve_mailbox
from service.runtime.probes import READINESS_PATH
from service.settings import load_settings


class Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == READINESS_PATH else 404)
        self.end_headers()


async def migrate(database_url: str) -> None:
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    await connection.execute("CREATE TABLE IF NOT EXISTS started (at timestamptz DEFAULT now())")
    await connection.execute("INSERT INTO started DEFAULT VALUES")
    await connection.close()


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
