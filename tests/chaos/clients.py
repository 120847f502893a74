"""Clients that act on cases over HTTP and repeat whatever they got no answer to."""

import asyncio
import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from service.accounts.tokens import TokenSigner
from states.stages import Stage
from tests.chaos.choices import Choices
from tests.chaos.ledger import Acknowledgement, Asked, Ledger
from tests.fixtures.agency import SmallAgency

_PATIENCE_SECONDS = (3.0, 15.0)
"""Some clients hang up while the server still works on it, others do not."""
_GIVES_UP = 0.05
_TWIN, _RIVAL = 0.06, 0.08
_OPENS = 0.3
"""How often an employee who looks at a result opens it, so that it counts as received."""
_DISCONNECTED = (aiohttp.ClientError, TimeoutError, OSError)


@dataclass
class Crowd:
    """What the clients share."""

    addresses: Sequence[str]
    signer: TokenSigner
    agency: SmallAgency
    cases: dict[uuid.UUID, uuid.UUID]
    """Appraisals and their employees."""
    ledger: Ledger
    random: random.Random
    pause_seconds: float = 0.1
    """The longest pause of a client between two commands."""

    def __post_init__(self) -> None:
        self.choices = Choices(self.agency, self.cases, self.random)

    async def act_until(self, stop: asyncio.Event, clients: int) -> None:
        """Lets so many clients act at once until told to stop; each sees its last command through."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            for _ in range(clients):
                group.create_task(self._client(session, stop))

    async def settle(self) -> int:
        """Repeats, with its key, every command that a client had given up; returns how many there were."""
        open_ones = [asked for asked in self.ledger.asked if not asked.settled]
        async with aiohttp.ClientSession() as session:
            for asked in open_ones:
                await self._see_through(session, asked)
        return len(open_ones)

    async def repeat(self, most: int) -> int:
        """Repeats commands that were acknowledged long ago; returns how many."""
        done = [asked for asked in self.ledger.asked if asked.acknowledged]
        again = self.random.sample(done, min(most, len(done)))
        async with aiohttp.ClientSession() as session:
            for asked in again:
                await self._see_through(session, asked)
        return len(again)

    async def _client(self, session: aiohttp.ClientSession, stop: asyncio.Event) -> None:
        while not stop.is_set():
            asked = await self._next_command(session)
            if asked is None:
                await asyncio.sleep(self.random.uniform(0, self.pause_seconds))
                continue
            await self._carry_out(session, asked)
            await asyncio.sleep(self.random.uniform(0, self.pause_seconds))

    async def _carry_out(self, session: aiohttp.ClientSession, asked: Asked) -> None:
        """Most act once; some press the button twice, and some have a second person who does the same."""
        dice = self.random.random()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._see_through(session, asked, may_give_up=dice > _TWIN + _RIVAL))
            if dice < _TWIN:
                group.create_task(self._see_through(session, asked))
            elif dice < _TWIN + _RIVAL:
                rival = Asked(asked.appraisal, asked.person, asked.trigger, asked.body)
                self.ledger.asked.append(rival)
                group.create_task(self._see_through(session, rival))

    async def _next_command(self, session: aiohttp.ClientSession) -> Asked | None:
        appraisal = self.choices.case()
        person = self.choices.person(appraisal)
        view = await self._look(session, appraisal, person)
        if view is None:
            return None
        self.choices.saw(appraisal, view["stage"])
        if view["stage"] == Stage.RESPONSE and person == self.cases[appraisal]:
            await self._open(session, appraisal, person)
        asked = self.choices.wish(appraisal, person, view)
        if asked is not None:
            self.ledger.asked.append(asked)
        return asked

    async def _open(self, session: aiohttp.ClientSession, appraisal: uuid.UUID, person: uuid.UUID) -> None:
        if self.random.random() >= _OPENS:
            return
        url = f"{self._address()}/api/v1/appraisals/{appraisal}/seen"
        try:
            async with session.post(
                url, headers=self._sign_in(person), timeout=aiohttp.ClientTimeout(5)
            ) as answer:
                if answer.status not in (200, 503):
                    self.ledger.faults.append(f"seen {answer.status} {await answer.text()}")
        except _DISCONNECTED:
            return

    async def _look(
        self, session: aiohttp.ClientSession, appraisal: uuid.UUID, person: uuid.UUID
    ) -> dict[str, Any] | None:
        url = f"{self._address()}/api/v1/appraisals/{appraisal}"
        try:
            async with session.get(
                url, headers=self._sign_in(person), timeout=aiohttp.ClientTimeout(5)
            ) as answer:
                if answer.status == 500:
                    self.ledger.faults.append(f"GET {await answer.text()}")
                if answer.status != 200:
                    return None
                view: dict[str, Any] = await answer.json()
        except _DISCONNECTED:
            return None
        self.ledger.looked.append(asyncio.get_running_loop().time())
        return view

    async def _see_through(
        self, session: aiohttp.ClientSession, asked: Asked, *, may_give_up: bool = False
    ) -> None:
        """Sends the command under its key until it is acknowledged or definitely refused."""
        while not await self._send(session, asked):
            if may_give_up and self.random.random() < _GIVES_UP:
                asked.given_up = True
                return
            await asyncio.sleep(self.random.uniform(0.1, 0.8))
        if asked.ended is None:
            asked.ended = asyncio.get_running_loop().time()

    async def _send(self, session: aiohttp.ClientSession, asked: Asked) -> bool:
        done_before = bool(asked.acknowledged)
        url = f"{self._address()}/api/v1/appraisals/{asked.appraisal}/actions/{asked.trigger}"
        headers = {**self._sign_in(asked.person), "Idempotency-Key": asked.key}
        patience = aiohttp.ClientTimeout(self.random.uniform(*_PATIENCE_SECONDS))
        try:
            async with session.post(url, json=asked.body, headers=headers, timeout=patience) as answer:
                said = await answer.json()
        except _DISCONNECTED as error:
            asked.unknown[type(error).__name__] += 1
            return False
        match answer.status:
            case 200:
                asked.acknowledged.append(Acknowledgement(said["stage"], said["sequence"]))
                self.choices.saw(asked.appraisal, said["stage"], asked.trigger)
                return True
            case 400 | 401 | 403 | 404 | 409 | 422:
                asked.refused.append(said["code"])
                if done_before:
                    self.ledger.faults.append(
                        f"{asked.trigger} {asked.key} refused after it was acknowledged"
                    )
                return True
            case 503:
                asked.unknown[said["code"]] += 1
            case status:
                asked.unknown[str(status)] += 1
                self.ledger.faults.append(f"{asked.trigger} {said}")
        return False

    def _address(self) -> str:
        return self.random.choice(self.addresses)

    def _sign_in(self, person: uuid.UUID) -> dict[str, str]:
        token = self.signer.issue(person, self.agency.agency, dt.timedelta(hours=1))
        return {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
