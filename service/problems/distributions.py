"""Problems with predicates of units and with counts of ratings."""

from service.problems.base import Problem
from translations import mark as _


class RatingsInWords(Problem):
    """The scheme of the cycle has no predicates that could be counted."""

    code = "ratings_in_words"
    title = _("Ratings in words")
    status = 409
    message = "The ratings of this cycle are written in words; there is nothing to count."


class NoUnitLevels(Problem):
    """The scheme of the cycle knows no predicate of a unit."""

    code = "no_unit_levels"
    title = _("Units have no predicate")
    status = 409
    message = "The scheme of this cycle gives no predicate to units."


class OwnUnit(Problem):
    """The asker leads the unit himself."""

    code = "own_unit"
    title = _("Your own unit")
    status = 403
    message = (
        "You lead this unit: its predicate becomes your own rating of results. "
        "Whoever rates you, or another personnel officer, decides about it."
    )
