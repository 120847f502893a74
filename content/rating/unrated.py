"""A rating that is not complete has no predicate."""

from content.forms.mistakes import Mistake


class Unrated(ValueError):
    """Nothing follows yet from what the rater set: something that the method needs is missing or no choice.

    ``mistakes`` name each place in the filled rating form; an input that is missing stands at ``("inputs", name)``.
    """

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, each.path))}: {each.reason}" for each in mistakes))
        self.mistakes = mistakes
