"""Opens, reminds and closes surveys."""

import datetime as dt
import uuid

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.sealing import Seals
from content.surveys.ballots import Ballot, unpacked
from content.surveys.days import closing_moment, last_day, local_day, next_moment, reminders
from content.surveys.questions import Questions, questions_of
from content.surveys.tally import Tally, tallied
from store.agency.content_rules import content_rules_of
from store.attending.repository import Attended
from store.attending.telling import silence, tell
from store.input.repository import close_input
from store.survey import repository as surveys
from store.survey.repository import HeldSurvey

INVITED, REMINDER = "survey_invited", "survey_reminder"
"""The templates of what invited people are told."""

_log = structlog.get_logger(__name__)


class SurveyAttending:
    """Does what is due of a survey. ``seals`` has the secret under which the keys of ballots are wrapped."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    async def attend(self, connection: AsyncConnection, attended: Attended) -> dt.datetime | None:
        """Opens the survey, reminds, extends or closes it. Returns the next moment; None once it is closed.

        Raises `NoSuchSurvey`, `NoSealingSecret` and `KeyUnreadable`: then nothing is lost, and it is tried again.
        """
        survey = await surveys.held(connection, attended.id)
        if survey is None or survey.state == "closed":
            return None
        if survey.case_over:
            await silence(connection, survey.id)
            await surveys.close(connection, survey.id, "case_over", None, 0, attended.now)
            return None
        rules = await content_rules_of(connection, survey.scheme)
        questions = questions_of(rules, survey.input, survey.post)
        if survey.state == "planned":
            return await self._open(connection, attended, survey, questions)
        if attended.now >= closing_moment(survey.closes_on, survey.zone):
            return await self._end(connection, attended, survey, questions)
        return await _remind(connection, attended, survey, questions)

    async def _open(
        self, connection: AsyncConnection, attended: Attended, survey: HeldSurvey, questions: Questions
    ) -> dt.datetime:
        # What opens late, since nothing worked for days, is still open for all its days.
        today = local_day(attended.now, survey.zone)
        late = today > survey.opens_on
        opens_on = today if late else survey.opens_on
        closes_on = last_day(opens_on, questions.rules.days) if late else survey.closes_on
        key = self._seals.new_key(survey.id)
        await surveys.open_survey(connection, survey.id, opens_on, closes_on, key)
        await tell_survey(connection, survey, INVITED, attended.now, closes_on)
        return next_moment(questions.rules, closes_on, survey.zone, attended.now)

    async def _end(
        self, connection: AsyncConnection, attended: Attended, survey: HeldSurvey, questions: Questions
    ) -> dt.datetime | None:
        read, damaged = await self._read(connection, survey, questions)
        tally = tallied(questions, read)
        if tally is None and questions.rules.too_few == "extend" and survey.state == "open":
            # Counted from the present day: it may close late, and still is open for as long as the scheme says.
            closes_on = local_day(attended.now, survey.zone) + dt.timedelta(
                days=questions.rules.extend_days - 1
            )
            await surveys.extend(connection, survey.id, closes_on)
            await tell_survey(connection, survey, REMINDER, attended.now, closes_on)
            return next_moment(questions.rules, closes_on, survey.zone, attended.now)
        await self._close(connection, attended, survey, tally, damaged)
        return None

    async def _read(
        self, connection: AsyncConnection, survey: HeldSurvey, questions: Questions
    ) -> tuple[list[Ballot], int]:
        key = self._seals.key(survey.id, survey.wrapped_key or b"")
        read: list[Ballot] = []
        damaged = 0
        for ballot in await surveys.ballots(connection, survey.id):
            try:
                read.append(unpacked(questions, key.open(ballot.id, ballot.sealed)))
            except ValueError:  # A broken seal, or bytes that are no ballot: somebody wrote into the table.
                damaged += 1
        if damaged:
            _log.error("ballots_damaged", survey=str(survey.id), ballots=damaged)
        return read, damaged

    async def _close(
        self,
        connection: AsyncConnection,
        attended: Attended,
        survey: HeldSurvey,
        tally: Tally | None,
        damaged: int,
    ) -> None:
        outcome = "too_few" if tally is None else "counted"
        await surveys.close(connection, survey.id, outcome, tally, damaged, attended.now)
        number = None if tally is None else tally.number
        await close_input(connection, survey.input, {survey.appraisal_id: number}, attended.now)
        await silence(connection, survey.id)


async def _remind(
    connection: AsyncConnection, attended: Attended, survey: HeldSurvey, questions: Questions
) -> dt.datetime:
    # Of several reminders whose days have passed while nothing worked, one is enough.
    due = [
        moment
        for moment in reminders(questions.rules, survey.closes_on, survey.zone)
        if attended.due_at <= moment <= attended.now
    ]
    if due:
        await tell_survey(connection, survey, REMINDER, attended.now, survey.closes_on)
    return next_moment(questions.rules, survey.closes_on, survey.zone, attended.now)


async def tell_survey(
    connection: AsyncConnection,
    survey: HeldSurvey,
    template: str,
    at: dt.datetime,
    closes_on: dt.date,
    people: list[uuid.UUID] | None = None,
) -> None:
    """Tells whoever is still to answer, or only these people of them; the same thing once a day."""
    waiting = await surveys.to_answer(connection, survey.id)
    await tell(
        connection,
        survey.id,
        survey.appraisal_id,
        template,
        waiting if people is None else [person for person in waiting if person in people],
        rule="survey",
        occurrence=local_day(at, survey.zone).toordinal(),
        due_on=closes_on,
        at=at,
    )
