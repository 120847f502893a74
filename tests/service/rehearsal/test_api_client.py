"""Handing in against a server that is away, comes back, refuses, and breaks off."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from service.accounts.tokens import TokenSigner
from service.rehearsal.api_client import ApiClient, Refusal
from service.runtime.ports import any_free_port
from states.triggers import Trigger

AGENCY, PERSON, APPRAISAL = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
SIGNER = TokenSigner("a secret of the tests that is long enough")
DONE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
AWAY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}"
BROKEN_OFF = b""


def problem(code: str) -> bytes:
    body = json.dumps({"code": code, "detail": "Tidak."}).encode()
    return b"HTTP/1.1 409 Conflict\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class Answering:
    """Gives its answers one after another, the last one for ever, and keeps what it was asked."""

    def __init__(self, *answers: bytes) -> None:
        self.port = any_free_port()
        self.asked: list[str] = []
        self._answers = list(answers)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                length = int(_header(head, "content-length"))
                self.asked.append(head + (await reader.readexactly(length)).decode())
                answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                if answer == BROKEN_OFF:
                    return
                writer.write(answer)
        except asyncio.IncompleteReadError:
            return
        finally:
            writer.close()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        server = await asyncio.start_server(self._one, "127.0.0.1", self.port)
        async with server:
            yield


def _header(head: str, name: str) -> str:
    lines = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    return {key.lower(): value for key, value in lines.items()}[name]


@pytest.fixture
def hand_in() -> Callable[..., object]:
    async def ask(server: Answering, *, patience: float = 20.0) -> tuple[Refusal | None, int]:
        client = ApiClient(f"http://127.0.0.1:{server.port}", SIGNER, AGENCY, patience=patience)
        try:
            refusal = await client.hand_in(
                PERSON, APPRAISAL, Trigger.SUBMIT_PLAN, "gladi-1", {"text": "Rencana"}
            )
        finally:
            client.close()
        return refusal, client.waits

    return ask


async def test_an_action_is_handed_in_by_its_actor_with_its_key(hand_in) -> None:  # type: ignore[no-untyped-def]
    server = Answering(DONE)
    async with server.listening():
        assert await hand_in(server) == (None, 0)
    (asked,) = server.asked
    assert asked.startswith(f"POST /api/v1/appraisals/{APPRAISAL}/actions/submit_plan ")
    assert _header(asked, "idempotency-key") == "gladi-1"
    assert SIGNER.read(_header(asked, "authorization").removeprefix("Bearer ")).person == PERSON
    assert json.loads(asked.partition("\r\n\r\n")[2]) == {"text": "Rencana"}


@pytest.mark.parametrize("trouble", (AWAY, BROKEN_OFF))
async def test_the_same_request_is_repeated_while_the_server_is_away(hand_in, trouble: bytes) -> None:  # type: ignore[no-untyped-def]
    server = Answering(trouble, trouble, DONE)
    async with server.listening():
        assert await hand_in(server) == (None, 2)
    assert len(server.asked) == 3
    assert len(set(server.asked)) == 1


async def test_nothing_listening_is_waited_for(hand_in) -> None:  # type: ignore[no-untyped-def]
    server = Answering(DONE)

    async def later() -> None:
        await asyncio.sleep(0.5)
        async with server.listening():
            await asyncio.sleep(2)

    coming = asyncio.create_task(later())
    refusal, waits = await hand_in(server)
    await coming
    assert (refusal, waits > 0) == (None, True)


async def test_a_refusal_is_not_repeated(hand_in) -> None:  # type: ignore[no-untyped-def]
    server = Answering(problem("too_early"))
    async with server.listening():
        assert await hand_in(server) == (Refusal("too_early", "Tidak."), 0)
    assert len(server.asked) == 1


async def test_a_server_that_stays_away_is_given_up(hand_in) -> None:  # type: ignore[no-untyped-def]
    refusal, _ = await hand_in(Answering(DONE), patience=0.3)
    assert refusal is not None
    assert refusal.code == "no_answer"


async def test_a_training_is_chosen_by_its_employee_with_a_key_of_its_own() -> None:
    server = Answering(DONE)
    client = ApiClient(f"http://127.0.0.1:{server.port}", SIGNER, AGENCY)
    async with server.listening():
        body = {"training": "patient_safety", "weakness": "health_care"}
        assert await client.choose_training(PERSON, APPRAISAL, "gladi-1-training", body) is None
    client.close()
    (asked,) = server.asked
    assert asked.startswith(f"POST /api/v1/appraisals/{APPRAISAL}/trainings ")
    assert _header(asked, "idempotency-key") == "gladi-1-training"
    assert json.loads(asked.partition("\r\n\r\n")[2]) == body
