"""Checks who stands below whom: known, not oneself, and without going round in a circle."""

from collections.abc import Iterable, Mapping

from service.roster.rows import PersonRow, RosterFile, RowProblem, UnitRow
from states.nip import mask
from translations import mark as _


def check_parents(units: Iterable[UnitRow], known: frozenset[str]) -> list[RowProblem]:
    """Problems with the parent units; ``known`` are all ids in the file."""
    by_id = {unit.unit_id: unit for unit in units}
    problems: list[RowProblem] = []

    def refuse(row: UnitRow, code: str, message: str, /, **parameters: str) -> None:
        problems.append(RowProblem(RosterFile.UNITS, row.line, "unor_atasan_id", code, message, parameters))

    for unit in by_id.values():
        if unit.parent_id == unit.unit_id:
            refuse(unit, "own_parent", _("The unit {unit} is its own parent unit."), unit=unit.unit_id)
        elif unit.parent_id is not None and unit.parent_id not in known:
            refuse(
                unit,
                "unknown_parent",
                _("The parent unit {unit} does not stand in the file. Add it or correct it."),
                unit=unit.parent_id,
            )
    for circle in circles({unit.unit_id: unit.parent_id for unit in by_id.values()}):
        refuse(
            min((by_id[unit_id] for unit_id in circle), key=lambda unit: unit.line),
            "parent_loop",
            _("These units stand below each other in a circle: {chain}. Correct one of them."),
            chain=" → ".join((*circle, circle[0])),
        )
    return problems


def check_superiors(people: Iterable[PersonRow], known: frozenset[str]) -> list[RowProblem]:
    """Problems with the superiors; ``known`` are the digits of every NIP in the file."""
    by_nip = {person.nip.digits: person for person in people}
    problems: list[RowProblem] = []

    def refuse(row: PersonRow, code: str, message: str, /, **parameters: str) -> None:
        problems.append(RowProblem(RosterFile.PEOPLE, row.line, "atasan_nip", code, message, parameters))

    for digits, person in by_nip.items():
        if person.superior_nip == digits:
            refuse(
                person,
                "own_superior",
                _("The person is named as the own superior. Name somebody else, or nobody for the head."),
            )
        elif person.superior_nip is not None and person.superior_nip not in known:
            refuse(
                person,
                "unknown_superior",
                _("The superior {nip} does not stand in the file. Add the person or correct the number."),
                nip=mask(person.superior_nip),
            )
    for circle in circles({digits: person.superior_nip for digits, person in by_nip.items()}):
        members = [by_nip[digits] for digits in circle]
        refuse(
            min(members, key=lambda person: person.line),
            "superior_loop",
            _("These lines name each other as superiors in a circle: {chain}. Correct one of them."),
            chain=" → ".join(str(person.line) for person in (*members, members[0])),
        )
    return problems


def circles(parents: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Every circle of two or more that following ``parents`` runs into, each once."""
    finished: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in parents:
        path: dict[str, int] = {}
        here: str | None = start
        while here is not None and here in parents and here not in finished and here not in path:
            path[here] = len(path)
            here = parents[here]
        if here is not None and here in path and parents[here] != here:
            found.append(tuple(path)[path[here] :])
        finished.update(path)
    return found
