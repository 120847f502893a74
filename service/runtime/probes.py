"""Short checks whether a server answers. Each gives up after two seconds."""

import http.client
import smtplib
from urllib.parse import urlsplit

READINESS_PATH = "/health/ready"

_SECONDS = 2.0


def answers_http(url: str, path: str = READINESS_PATH) -> bool:
    """Whether the server of `url` answers a GET of `path` with success (2xx)."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_SECONDS)
    try:
        connection.request("GET", parts.path.rstrip("/") + path)
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def answers_smtp(host: str, port: int) -> bool:
    """Whether a mail server greets on the port and takes a NOOP."""
    try:
        with smtplib.SMTP(host, port, timeout=_SECONDS) as server:
            return server.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False
