"""Lets the people of a rehearsal answer the surveys to which they are invited. Some never do."""

import asyncio
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from content.surveys.questions import Questions, questions_of
from service.rehearsal.api_client import ApiClient
from service.rehearsal.sentences import SURVEY_WORDS
from states.scripted.temperament import Dice
from store.agency.content_rules import content_rules_of
from store.survey.rehearsing import WaitingAnswer, waiting_answers

MOST = 500
"""So many answers are looked for at once; there are more only in a large agency, and then in the next round."""
_ANSWERING = 0.9
"""The share of people who answer."""


class Answering:
    """Answers in rounds, of which one at a time is under way."""

    def __init__(self, database: AsyncEngine, cycle: uuid.UUID, client: ApiClient) -> None:
        self._database = database
        self._cycle = cycle
        self._client = client
        self._settled: set[tuple[uuid.UUID, uuid.UUID]] = set()
        """Who has been asked about, by survey: he answered, was refused, or never answers."""
        self.answered = 0

    async def answer(self, away: Collection[uuid.UUID]) -> None:
        """Answers for everybody who is waited for, unless he is ``away`` or never answers.

        Raises the database's error. A refusal is final: the survey has closed meanwhile.
        """
        async with self._database.connect() as connection:
            waiting = [
                each
                for each in await waiting_answers(connection, self._cycle, MOST)
                if (each.survey, each.person) not in self._settled and each.person not in away
            ]
            asked = {
                (each.scheme, each.input, each.post): questions_of(
                    await content_rules_of(connection, each.scheme), each.input, each.post
                )
                for each in waiting
            }
        self._settled.update((each.survey, each.person) for each in waiting)
        await asyncio.gather(
            *(self._answer(each, asked[each.scheme, each.input, each.post]) for each in waiting)
        )

    async def _answer(self, waiting: WaitingAnswer, questions: Questions) -> None:
        seed = f"{waiting.survey}-{waiting.person}"
        if not Dice(seed).happens(0, _ANSWERING):
            return
        key, body = f"gladi-{seed}", scripted_answer(questions, seed)
        if await self._client.answer_survey(waiting.person, waiting.survey, key, body) is None:
            self.answered += 1


def scripted_answer(questions: Questions, seed: str) -> Mapping[str, Any]:
    """An answer as a request. Most people find most things good; words are given to every question."""
    steps = questions.scale.names
    lowest = max(1, len(steps) * 2 // 3) - 1
    return {
        "answers": {
            item.name: steps[Dice(f"{seed}|{item.name}").among(0, 0, lowest)] for item in questions.items
        },
        "texts": {
            asked.name: SURVEY_WORDS[Dice(f"{seed}|{asked.name}").among(0, 0, len(SURVEY_WORDS) - 1)]
            for asked in questions.rules.texts
        },
    }
