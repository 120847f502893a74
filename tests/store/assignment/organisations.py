"""Random small organisations, with more trouble in them than any agency has."""

from hypothesis import strategies as st

from tests.store.assignment.asking import CAPACITIES, JUDGES
from tests.store.assignment.organisation import (
    SCHEMES,
    Appraised,
    Away,
    Letter,
    Organisation,
    Period,
    Relation,
)

TICKS = range(5)
"""All that periods begin and end at, so that many meet."""

_KINDS = st.sampled_from(("definitive", "definitive", "plt", "plh", "delegated", "stepping_in"))
_ABSENCES = st.sampled_from(("leave", "leave", "suspended", "retired"))
_STANDINGS = st.sampled_from(("01", "01", "01", "01", "03", "98", "05"))


@st.composite
def _periods(draw: st.DrawFn, *, ends: bool = False) -> Period:
    since = draw(st.sampled_from(TICKS))
    until = draw(st.integers(since, TICKS[-1] + 1))
    return Period(since, until if ends or draw(st.booleans()) else None)


@st.composite
def _line(draw: st.DrawFn, people: tuple[str, ...]) -> list[Relation]:
    """A definitive rater for most, above them; some change theirs once, at the same moment."""
    relations = []
    for number, person in enumerate(people[1:], 1):
        if draw(st.integers(0, 19)) == 19:
            continue
        above = st.sampled_from(people[max(0, number - 2) : number])
        moves = draw(st.sampled_from((None, None, None, *TICKS[1:])))
        relations.append(Relation(0, moves, person, draw(above)))
        if moves is not None:
            others = [name for name in people if name != person]
            relations.append(Relation(moves, None, person, draw(st.sampled_from(others))))
    return relations


@st.composite
def _further(
    draw: st.DrawFn, people: tuple[str, ...], cases: list[Appraised], line: list[Relation]
) -> list[Relation]:
    """Explicit officials, acting ones, and those of one case; of what may last only once, one lasts."""
    relations: list[Relation] = []
    lasting: set[tuple[str, str, str | None]] = {
        (each.employee, each.capacity, None) for each in line if each.until is None
    }
    for _ in range(draw(st.integers(0, 5))):
        case = draw(st.sampled_from((None, *cases)))
        employee = case.employee if case else draw(st.sampled_from(people))
        holder = draw(st.sampled_from([name for name in people if name != employee]))
        capacity, kind, period = draw(st.sampled_from(JUDGES)), draw(_KINDS), draw(_periods())
        once = (employee, capacity, case.name if case else None)
        until = period.until
        if until is None and (case or kind == "definitive"):
            until = period.since + 1 if once in lasting else None
            lasting.add(once)
        relations.append(
            Relation(period.since, until, employee, holder, capacity, kind, case.name if case else None)
        )
    return relations


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Five to nine people in a line that branches, who are away, substituted, moved, and appraised."""
    people = tuple("abcdefghi"[: draw(st.integers(5, 9))])
    person = st.sampled_from(people)
    low = st.sampled_from(people[2:])
    cases = [
        Appraised(
            f"case {number}",
            draw(low),
            draw(st.sampled_from(CAPACITIES)),
            tuple(draw(st.lists(person, max_size=3, unique=True))),
            draw(st.sampled_from((None, None, *TICKS))),
        )
        for number in range(draw(st.integers(2, 5)))
    ]
    line = draw(_line(people))
    letters = []
    for _ in range(draw(st.integers(0, 4))):
        official, substitute = draw(st.lists(person, min_size=2, max_size=2, unique=True))
        kind = draw(st.sampled_from(("plt", "plh", "delegated")))
        period = draw(_periods(ends=kind != "plt"))
        letters.append(Letter(period.since, period.until, official, substitute, kind))
    absences = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(_ABSENCES)
        period = draw(_periods(ends=kind == "leave"))
        absences.append(Away(period.since, period.until, draw(person), kind))
    return Organisation(
        people,
        hr=tuple(draw(st.lists(person, min_size=1, max_size=2, unique=True))),
        top_deciders=tuple(draw(st.lists(person, max_size=2, unique=True))),
        scheme=draw(st.sampled_from(tuple(SCHEMES))),
        relations=(*line, *draw(_further(people, cases, line))),
        letters=tuple(letters),
        absences=tuple(absences),
        standings={name: draw(_STANDINGS) for name in people if draw(st.integers(0, 3)) == 0},
        cases=tuple(cases),
    )
