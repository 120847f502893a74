"""Hands in the actions of scripted people through the API, signed in like everybody else."""

import asyncio
import datetime as dt
import http.client
import json
import threading
import time
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from service.accounts.tokens import TokenSigner
from states.triggers import Trigger

AT_ONCE = 8
"""At most this many scripted people act at the same moment."""

PATIENCE_SECONDS = 120.0
"""An action is given up when the server has been away for this long."""

_VALID_FOR = dt.timedelta(hours=12)
_ANSWER_SECONDS = 30.0
_SHORTEST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """The API's answer to an action that it did not carry out."""

    code: str
    detail: str


class ApiClient:
    """The API at ``url``, with a token for each person of the agency who acts.

    Use it from one event loop; the requests themselves wait in threads.
    """

    def __init__(
        self, url: str, signer: TokenSigner, agency: uuid.UUID, *, patience: float = PATIENCE_SECONDS
    ) -> None:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        self._make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or (443 if secure else 80)
        self._path = parts.path.rstrip("/")
        self._signer = signer
        self._agency = agency
        self._patience = patience
        self._tokens: dict[uuid.UUID, tuple[str, dt.datetime]] = {}
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="scripted")
        self._own = threading.local()
        self._connections: list[http.client.HTTPConnection] = []
        self.waits = 0
        """How often an action was handed in again because the server was away."""

    async def hand_in(
        self,
        person: uuid.UUID,
        appraisal: uuid.UUID,
        trigger: Trigger,
        key: str,
        body: Mapping[str, Any],
    ) -> Refusal | None:
        """Hands in an action. Returns None once it is acknowledged, else the refusal."""
        return await self._create(person, f"appraisals/{appraisal}/actions/{trigger}", key, body)

    async def note(
        self, person: uuid.UUID, appraisal: uuid.UUID, kind: str, key: str, body: Mapping[str, Any]
    ) -> Refusal | None:
        """Notes something of the year. Returns None once it is on record, else the refusal."""
        return await self._create(person, f"appraisals/{appraisal}/entries/{kind}", key, body)

    async def choose_training(
        self, person: uuid.UUID, appraisal: uuid.UUID, key: str, body: Mapping[str, str]
    ) -> Refusal | None:
        """Chooses a training after the result. Returns None once it is on record, else the refusal."""
        return await self._create(person, f"appraisals/{appraisal}/trainings", key, body)

    async def rate_team(
        self, person: uuid.UUID, team: uuid.UUID, key: str, body: Mapping[str, str]
    ) -> Refusal | None:
        """Sets the result of a team. Returns None once it is on record, else the refusal."""
        return await self._send("PUT", person, f"teams/{team}/result", key, body)

    async def _create(
        self, person: uuid.UUID, path: str, key: str, body: Mapping[str, Any]
    ) -> Refusal | None:
        return await self._send("POST", person, path, key, body)

    async def _send(
        self, method: str, person: uuid.UUID, path: str, key: str, body: Mapping[str, Any]
    ) -> Refusal | None:
        """Sends a body until there is an answer.

        While the server is away, the same request is repeated under the same key, so that it takes effect once.
        """
        path = f"{self._path}/api/v1/{path}"
        headers = {
            "Authorization": f"Bearer {self._token(person)}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
            "Accept-Language": "id",
        }
        content = json.dumps(body, ensure_ascii=False).encode()
        given_up_at, pause = time.monotonic() + self._patience, _SHORTEST_PAUSE_SECONDS
        loop = asyncio.get_running_loop()
        while True:
            status, answer = await loop.run_in_executor(
                self._threads, self._ask, method, path, headers, content
            )
            if 200 <= status < 300:
                return None
            if 400 <= status < 500 or time.monotonic() > given_up_at:
                return _refusal(status, answer)
            self.waits += 1
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def close(self) -> None:
        """Ends the threads and their connections."""
        self._threads.shutdown(cancel_futures=True)
        for connection in self._connections:
            connection.close()

    def _token(self, person: uuid.UUID) -> str:
        now = dt.datetime.now(dt.UTC)
        token, renew_at = self._tokens.get(person, ("", now))
        if renew_at <= now:
            token = self._signer.issue(person, self._agency, _VALID_FOR, now)
            self._tokens[person] = token, now + _VALID_FOR / 2
        return token

    def _ask(self, method: str, path: str, headers: Mapping[str, str], content: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer; status 0 if no answer came."""
        connection: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._make(self._host, self._port, timeout=_ANSWER_SECONDS)
            self._own.connection = connection
            self._connections.append(connection)
        try:
            connection.request(method, path, content, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return 0, type(error).__name__.encode()


def _refusal(status: int, answer: bytes) -> Refusal:
    try:
        problem = json.loads(answer)
        return Refusal(str(problem["code"]), str(problem.get("detail", "")))
    except (ValueError, KeyError, TypeError):
        return Refusal(f"http_{status}" if status else "no_answer", answer[:200].decode("utf-8", "replace"))
