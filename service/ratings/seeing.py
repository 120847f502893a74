"""Whether somebody sees a result: before its delivery as a draft, after it as the result."""

from content.sight.rules import Kind
from service.ratings.in_force import SetResult
from service.sight.seeing import ContentSight


def sees_result(sight: ContentSight, result: SetResult) -> bool:
    """Whether the asker may read this result of the case.

    Until an act on record gave it to the employee it is a draft, whatever the stage: a superior may still have to set
    what the rater has not delivered.
    """
    return sight.sees(Kind.RATING if result.delivered is not None else Kind.RATING_DRAFT)
