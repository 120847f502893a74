"""What all ballots of a survey come to, and no more of it than may be shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from content.surveys.ballots import Ballot
from content.surveys.questions import Questions

WHOLE = "all"
"""The name of all groups together."""


@dataclass(frozen=True, slots=True)
class ItemMean:
    """What was answered of one thing, by everybody or by one group."""

    group: str
    item: str
    answers: int
    mean: float


@dataclass(frozen=True, slots=True)
class Tally:
    """What may be kept of a survey with enough answers."""

    answers: int
    number: float
    """The mean over all answers and things."""
    means: tuple[ItemMean, ...]
    texts: tuple[tuple[str, str], ...]
    """Question and words; whoever writes them down shuffles them first."""


def tallied(questions: Questions, ballots: Sequence[Ballot]) -> Tally | None:
    """The tally; None of fewer ballots than the minimum, and where nothing was asked.

    The groups stand apart only if each that answered reaches the minimum by itself. Otherwise a small one would be
    what is left of the whole without the large one.
    """
    minimum = questions.rules.minimum
    if len(ballots) < minimum or not questions.items:
        return None
    means = _means(questions, WHOLE, ballots)
    answered = Counter(ballot.group for ballot in ballots)
    if len(answered) > 1 and min(answered.values()) >= minimum:
        for group in sorted(answered):
            means += _means(questions, group, [ballot for ballot in ballots if ballot.group == group])
    numbers = _exact(questions)
    total = sum((numbers[step] for ballot in ballots for step in ballot.steps), Fraction(0))
    texts = tuple(
        (question.name, ballot.texts[place])
        for place, question in enumerate(questions.rules.texts)
        for ballot in ballots
        if ballot.texts[place]
    )
    number = float(total / (len(ballots) * len(questions.items)))
    return Tally(len(ballots), number, tuple(means), texts)


def _means(questions: Questions, group: str, ballots: Sequence[Ballot]) -> list[ItemMean]:
    numbers = _exact(questions)
    return [
        ItemMean(
            group,
            item.name,
            len(ballots),
            float(sum((numbers[ballot.steps[place]] for ballot in ballots), Fraction(0)) / len(ballots)),
        )
        for place, item in enumerate(questions.items)
    ]


def _exact(questions: Questions) -> tuple[Fraction, ...]:
    return tuple(Fraction(str(number)) for number in questions.numbers)
