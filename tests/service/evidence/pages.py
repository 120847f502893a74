"""A web server of a few lines that answers as it is told, and remembers what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def moved(location: str) -> bytes:
    """A redirect."""
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


def failed(status: int) -> bytes:
    """An error."""
    return f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode()


@dataclass
class Pages:
    """The server: its port, and the first line and host of each request."""

    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)


@asynccontextmanager
async def pages(answers: Mapping[str, bytes | None]) -> AsyncIterator[Pages]:
    """Serves these answers by method and path, such as ``HEAD /``; None never answers, what is missing is a 404."""
    serving = Pages(0)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                asked = head[0].rpartition(" ")[0]
                host = next(line[6:] for line in head if line.lower().startswith("host: "))
                serving.asked.append((asked, host))
                answer = answers.get(asked, failed(404))
                if answer is None:
                    await asyncio.sleep(3600)
                else:
                    writer.write(answer)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    serving.port = server.sockets[0].getsockname()[1]
    try:
        yield serving
    finally:
        server.close()
