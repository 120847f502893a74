"""The matrix: two ratings by judgement meet in one cell (PermenPANRB 6/2022)."""

from content.forms.mistakes import Mistake, Reason
from content.parts import Values
from content.rating.outcome import Outcome
from content.rating.places import Found, values_at
from content.rating.rules import FieldPlace, MatrixMethod
from content.rating.unrated import Unrated
from content.rating.wording import step


def matrix_outcome(method: MatrixMethod, filled: Values) -> Outcome:
    """The cell in which the two ratings of the filled form meet.

    Raises `Unrated` where one of them is missing or no step that the matrix knows.
    """
    results, behaviour = _only(filled, method.results), _only(filled, method.behaviour)
    row = method.cells.get(str(results.value), {})
    mistakes = [
        Mistake(each.path, Reason.MISSING if each.value is None else Reason.NOT_A_CHOICE)
        for each, known in ((results, row), (behaviour, not row or str(behaviour.value) in row))
        if each.value is None or not known
    ]
    if mistakes:
        raise Unrated(*mistakes)
    ratings = {"results": str(results.value), "behaviour": str(behaviour.value)}
    predicate = row[ratings["behaviour"]]
    return Outcome(
        predicate,
        results=ratings["results"],
        behaviour=ratings["behaviour"],
        working=(step("cell", ratings, predicate, method.article),),
    )


def _only(filled: Values, place: FieldPlace) -> Found:
    found = values_at(filled, place)
    return found[0] if len(found) == 1 else Found((place.section, place.field), None)
