"""Takes an answer to a survey."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from activities.sealing import Seals
from content.surveys.answers import AnswerFault, answer_faults, tidied
from content.surveys.ballots import ballot_of, packed
from service.accounts.tokens import Identity
from service.problems import (
    FieldError,
    Invalid,
    NotFound,
    SurveyAnsweredAlready,
    SurveyClosed,
    SurveyNotOpen,
)
from service.problems.pointers import json_pointer
from service.surveys.reading import is_open, questions_on
from service.surveys.schemas import AnswerTaken, NewAnswer
from service.surveys.wording import MISTAKES
from store.attending.telling import silence
from store.survey.answering import invited, put_in


async def take_answer(
    database: AsyncEngine, seals: Seals, identity: Identity, survey: uuid.UUID, key: str, body: NewAnswer
) -> AnswerTaken:
    """Takes an answer once; a repeat under the same ``key`` is answered alike, whatever it says.

    What is repeated is not compared with what was taken: that would need a trace of the answer beside its author.
    Raises `NotFound`, `SurveyNotOpen`, `SurveyClosed`, `SurveyAnsweredAlready` and `Invalid`.
    """
    texts = tidied(body.texts)
    async with database.begin() as connection:
        found = await invited(connection, survey, identity.person, identity.agency, take=True)
        if found is None:
            raise NotFound
        taken = AnswerTaken(survey=survey, answered=True)
        if found.answered:
            if found.key == key:
                return taken
            raise SurveyClosed if not is_open(found) else SurveyAnsweredAlready
        if found.withdrawn:
            raise NotFound
        if found.state == "planned":
            raise SurveyNotOpen
        if not is_open(found) or found.wrapped_key is None:
            raise SurveyClosed
        questions = await questions_on(connection, found.scheme, found.input, found.post)
        faults = answer_faults(questions, body.answers, texts)
        if faults:
            raise Invalid(errors=[_error(fault) for fault in faults])
        content = packed(ballot_of(questions, found.asked_as, body.answers, texts))
        ballot = uuid.uuid4()
        sealed = seals.key(survey, found.wrapped_key).seal(ballot, content)
        await put_in(connection, survey, identity.person, key, ballot, sealed)
        await silence(connection, survey, identity.person)
    return taken


def _error(fault: AnswerFault) -> FieldError:
    limit = {"limit": str(fault.limit)} if fault.limit else None
    return FieldError(json_pointer((fault.part, fault.name)), MISTAKES[fault.mistake], limit)
