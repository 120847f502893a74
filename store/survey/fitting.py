"""SQL that says who may be asked about somebody. It states relations as they are at the business moment ``:now``."""

from store.person.standing import NOT_ACTIVE


def _holds(relation: str) -> str:
    return f"""{relation}.valid_from <= :now AND ({relation}.valid_until IS NULL OR {relation}.valid_until > :now)"""


APART = f"""
    SELECT COALESCE(array_agg(related.person), '{{}}') AS apart FROM (
        SELECT rating.holder_id AS person FROM assignment AS rating
        WHERE rating.employee_id = employee.id AND rating.capacity IN ('rater', 'rater_superior')
            AND {_holds("rating")}
        UNION
        SELECT above.holder_id FROM assignment AS rating
        JOIN assignment AS above ON above.employee_id = rating.holder_id AND above.capacity = 'rater'
            AND {_holds("above")}
        WHERE rating.employee_id = employee.id AND rating.capacity = 'rater' AND {_holds("rating")}
        UNION
        SELECT rated.employee_id FROM assignment AS rated
        WHERE rated.holder_id = employee.id AND rated.capacity = 'rater' AND {_holds("rated")}
    ) AS related"""  # noqa: S608  # put together from constants
"""Who is no peer of ``employee`` although he may stand beside him: raters, those above them, and those he rates."""

PEER = f"""
    candidate.unit_id = appraisal.unit_id AND candidate.id <> employee.id
    AND candidate.echelon = employee.echelon AND candidate.post_kind = employee.post_kind
    AND NOT candidate.id = ANY (related.apart) AND NOT candidate.{NOT_ACTIVE}"""
"""Whether ``candidate`` is a peer: the same level in the same unit (PP 30/2019 art 39(2)). ``related`` is `APART`."""

SUBORDINATE = f"""
    candidate.id <> employee.id AND NOT candidate.{NOT_ACTIVE} AND EXISTS (
        SELECT FROM assignment AS below
        WHERE below.employee_id = candidate.id AND below.holder_id = employee.id AND below.capacity = 'rater'
            AND below.appraisal_id IS NULL AND {_holds("below")}
    )"""  # put together from constants
"""Whether ``candidate`` is rated by the employee (PP 30/2019 art 39(3))."""
