"""A predicate that somebody hands in beside the ratings: it must be the one that follows from them."""

from content.forms.mistakes import Mistake, Reason
from content.rating.outcome import Outcome


def claim_mistakes(claimed: str, outcome: Outcome, path: tuple[str | int, ...]) -> tuple[Mistake, ...]:
    """A mistake at ``path`` if the claimed predicate is not the outcome's."""
    if claimed == outcome.predicate:
        return ()
    return (Mistake(path, Reason.PREDICATE_WRONG, {"follows": outcome.predicate}),)
