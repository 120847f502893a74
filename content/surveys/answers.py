"""The one check of an answer to a survey."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from content.forms.writing import printable, tidy
from content.surveys.ballots import MOST_BYTES_OF_A_TEXT
from content.surveys.questions import Questions


class AnswerMistake(StrEnum):
    """What may be wrong with an answer."""

    MISSING = "missing"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_TEXT = "unknown_text"
    TOO_LONG = "too_long"
    TOO_MANY_BYTES = "too_many_bytes"
    UNPRINTABLE = "unprintable"


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """A mistake at its place."""

    part: str
    """``answers`` or ``texts``."""
    name: str
    mistake: AnswerMistake
    limit: int = 0
    """Of characters or bytes, where there is one."""


def tidied(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts without blanks around them; empty ones are left out."""
    return {name: tidy(text) for name, text in texts.items() if tidy(text)}


def answer_faults(
    questions: Questions, answers: Mapping[str, str], texts: Mapping[str, str]
) -> list[AnswerFault]:
    """All mistakes of an answer whose texts are tidied; none if it may be counted. Everything asked is answered."""
    return [*_steps(questions, answers), *_texts(questions, texts)]


def _steps(questions: Questions, answers: Mapping[str, str]) -> Iterator[AnswerFault]:
    asked = [item.name for item in questions.items]
    for name in asked:
        if name not in answers:
            yield AnswerFault("answers", name, AnswerMistake.MISSING)
        elif answers[name] not in questions.scale.names:
            yield AnswerFault("answers", name, AnswerMistake.UNKNOWN_STEP)
    for name in answers:
        if name not in asked:
            yield AnswerFault("answers", name, AnswerMistake.UNKNOWN_ITEM)


def _texts(questions: Questions, texts: Mapping[str, str]) -> Iterator[AnswerFault]:
    longest = {text.name: text.longest for text in questions.rules.texts}
    for name, text in texts.items():
        if name not in longest:
            yield AnswerFault("texts", name, AnswerMistake.UNKNOWN_TEXT)
        elif not printable(text):
            yield AnswerFault("texts", name, AnswerMistake.UNPRINTABLE)
        elif len(text) > longest[name]:
            yield AnswerFault("texts", name, AnswerMistake.TOO_LONG, longest[name])
        elif len(text.encode()) > MOST_BYTES_OF_A_TEXT:
            yield AnswerFault("texts", name, AnswerMistake.TOO_MANY_BYTES, MOST_BYTES_OF_A_TEXT)
