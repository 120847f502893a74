"""Clients that act on cases over HTTP and repeat whatever they got no answer to."""

import asyncio
import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from service.tokens import TokenSigner
from states.triggers import RevisionGround, Trigger
from tests.chaos.ledger import Acknowledgement, Asked, Ledger
from tests.fixtures.agency import SmallAgency

_PATIENCE_SECONDS = (3.0, 15.0)
"""Some clients hang up while the server still works on it, others do not."""
_GIVES_UP = 0.05
_TWIN, _RIVAL, _OUT_OF_PLACE = 0.06, 0.08, 0.06
_DISCONNECTED = (aiohttp.ClientError, TimeoutError, OSError)

_WEIGHTS: dict[str, float] = {
    Trigger.CANCEL: 0.01,
    Trigger.SUSPEND: 0.15,
    Trigger.EXTEND: 0.25,
    Trigger.REASSIGN: 0.25,
    Trigger.REVISE_PLAN: 0.15,
    Trigger.RETURN_PLAN: 0.7,
    Trigger.RETURN_CHECK_IN: 0.5,
    Trigger.RETURN_SELF_ASSESSMENT: 0.5,
    Trigger.DISMISS_OBJECTION: 0.1,
    Trigger.WITHDRAW_OBJECTION: 0.1,
}


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
                await asyncio.sleep(self.random.uniform(0, 0.1))
                continue
            await self._carry_out(session, asked)
            await asyncio.sleep(self.random.uniform(0, 0.1))

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
        everybody = list(self.cases)
        # A few cases are fought over, so that commands meet on one case also with few clients.
        crowded = everybody[:8]
        appraisal = self.random.choice(crowded if self.random.random() < 0.4 else everybody)
        person = self._somebody(self.cases[appraisal])
        view = await self._look(session, appraisal, person)
        if view is None:
            return None
        asked = self._chosen(appraisal, person, view)
        if asked is not None:
            self.ledger.asked.append(asked)
        return asked

    def _somebody(self, employee: uuid.UUID) -> uuid.UUID:
        agency = self.agency
        people = (employee, agency.rater, agency.superior, agency.director, agency.head, agency.officer)
        return self.random.choices(people, weights=(30, 30, 12, 8, 3, 20))[0]

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
                view: dict[str, Any] | None = await answer.json() if answer.status == 200 else None
                return view
        except _DISCONNECTED:
            return None

    def _chosen(self, appraisal: uuid.UUID, person: uuid.UUID, view: dict[str, Any]) -> Asked | None:
        if self.random.random() < _OUT_OF_PLACE:
            trigger = self.random.choice([each for each in Trigger if each is not Trigger.CANCEL])
            return Asked(appraisal, person, trigger, {"text": self._words()})
        actions = view["actions"]
        if not actions:
            return None
        weights = [_WEIGHTS.get(action["trigger"], 1.0) for action in actions]
        action = self.random.choices(actions, weights)[0]
        body: dict[str, Any] = {"capacity": action["capacity"]}
        if action["needs_text"] or self.random.random() < 0.2:
            body["text"] = self._words()
        today = dt.datetime.fromisoformat(view["business_now"]).date()
        due = dt.date.fromisoformat(view["due_on"]) if view["due_on"] else today
        given = {
            "until": (max(today, due) + dt.timedelta(days=self.random.randint(1, 20))).isoformat(),
            "received_on": today.isoformat(),
            "ground": RevisionGround.PRIORITY_CHANGED.value,
            "assignee": str(self.random.choice((self.agency.rater, self.agency.superior))),
            "assigned_capacity": "rater",
        }
        body |= {name: given[name] for name in action["parameters"]}
        return Asked(appraisal, person, action["trigger"], body)

    def _words(self) -> str:
        return f"Uraian {self.random.getrandbits(64):x}"

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
