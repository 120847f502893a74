"""Surveys in the language of their reader."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from content.parts import Words
from content.surveys.questions import Questions
from content.surveys.tally import WHOLE
from service.meetings.naming import said
from service.surveys import wording
from service.surveys.schemas import (
    AskedItem,
    AskedStep,
    AskedText,
    GroupMeans,
    InvitationLine,
    MeanLine,
    MySurvey,
    SurveyListLine,
    SurveyQuestions,
    SurveyResult,
    TextsLine,
)
from store.survey.answering import Invited
from store.survey.inviting import Invitation
from store.survey.reading import (
    StoredMean,
    StoredText,
    SurveyLine,
    SurveyOnRecord,
    SurveyToAnswer,
)
from translations import Locale, translate


def heading(row: SurveyLine | SurveyOnRecord, questions: Questions, locale: Locale) -> dict[str, Any]:
    """What every look at a survey has."""
    return {
        "id": row.id,
        "input": row.input,
        "label": said(questions.rules.label, locale),
        "state": row.state,
        "state_name": translate(wording.STATES[row.state], locale),
        "outcome": row.outcome or None,
        "outcome_name": translate(wording.OUTCOMES[row.outcome], locale) if row.outcome else None,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
    }


def shown_line(row: SurveyLine, questions: Questions, locale: Locale) -> SurveyListLine:
    """A survey of a list of HR."""
    return SurveyListLine(
        **heading(row, questions, locale),
        appraisal=row.appraisal,
        person=row.person,
        name=row.name,
        invited=row.invited,
        answered=row.answered,
    )


def shown_mine(row: SurveyToAnswer, questions: Questions, locale: Locale) -> MySurvey:
    """A survey that is to be answered."""
    return MySurvey(
        id=row.id,
        about=row.about,
        label=said(questions.rules.label, locale),
        group=row.asked_as,
        group_name=translate(wording.GROUPS[row.asked_as], locale),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
    )


def shown_questions(
    found: Invited, questions: Questions, locale: Locale, *, may_answer: bool
) -> SurveyQuestions:
    """What an invited person is asked."""
    return SurveyQuestions(
        about=found.about,
        group=found.asked_as,
        group_name=translate(wording.GROUPS[found.asked_as], locale),
        items=[
            AskedItem(
                name=item.name,
                label=said(item.label, locale),
                meaning=_maybe(item.meaning, locale),
                guides=[said(guide, locale) for guide in item.guides],
            )
            for item in questions.items
        ],
        steps=[
            AskedStep(name=step.name, label=said(step.label, locale), meaning=_maybe(step.meaning, locale))
            for step in questions.scale.steps
        ],
        texts=[
            AskedText(
                name=text.name,
                label=said(text.label, locale),
                help=_maybe(text.help, locale),
                longest=text.longest,
            )
            for text in questions.rules.texts
        ],
        may_answer=may_answer,
        answered=found.answered,
        promise=translate(wording.PROMISE, locale, minimum=str(questions.rules.minimum)),
    )


def shown_invitation(row: Invitation, locale: Locale) -> InvitationLine:
    """Somebody who is invited."""
    return InvitationLine(
        person=row.person,
        name=row.name,
        group=row.asked_as,
        group_name=translate(wording.GROUPS[row.asked_as], locale),
        invited_by=row.invited_by,
        invited_by_name=translate(wording.INVITERS[row.invited_by], locale),
        withdrawn=row.withdrawn,
    )


def shown_result(
    row: SurveyOnRecord,
    questions: Questions,
    means: Sequence[StoredMean],
    texts: Sequence[StoredText],
    locale: Locale,
) -> SurveyResult:
    """What a survey of a case came to; nothing of it as long as it was not counted."""
    counted = row.outcome == "counted"
    labels = {item.name: said(item.label, locale) for item in questions.items}
    by_group: dict[str, list[MeanLine]] = {}
    order = {name: place for place, name in enumerate(labels)}
    for mean in sorted(means, key=lambda each: order.get(each.item, len(order))) if counted else ():
        line = MeanLine(item=mean.item, label=labels[mean.item], answers=mean.answers, mean=mean.mean)
        by_group.setdefault(mean.group, []).append(line)
    return SurveyResult(
        **heading(row, questions, locale),
        article=questions.rules.article,
        minimum=questions.rules.minimum,
        answers=row.answers if counted else None,
        number=row.number if counted else None,
        items=by_group.pop(WHOLE, []),
        groups=[
            GroupMeans(
                group=group,
                group_name=translate(wording.GROUPS[group], locale),
                answers=lines[0].answers,
                items=lines,
            )
            for group, lines in sorted(by_group.items())
        ],
        texts=_texts(questions, texts, locale) if counted else [],
    )


def _texts(questions: Questions, texts: Sequence[StoredText], locale: Locale) -> list[TextsLine]:
    words = {
        text.name: [each.words for each in texts if each.question == text.name]
        for text in questions.rules.texts
    }
    return [
        TextsLine(question=text.name, label=said(text.label, locale), words=words[text.name])
        for text in questions.rules.texts
    ]


def grouped(rows: Sequence[Any]) -> Mapping[uuid.UUID, list[Any]]:
    """Rows by the survey that they belong to."""
    found: dict[uuid.UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.survey, []).append(row)
    return found


def _maybe(words: Words | None, locale: Locale) -> str | None:
    return None if words is None else said(words, locale)
