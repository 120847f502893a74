"""Reads a whole roster. Pure: bytes in, rows and problems out; nothing is written."""

from service.roster.people import read_people
from service.roster.rows import Roster
from service.roster.units import read_units


def read_roster(units: bytes, people: bytes) -> Roster:
    """The contents of ``units.csv`` and ``roster.csv``, checked; problems stand in the order of the files."""
    unit_rows, known_units, unit_problems = read_units(units)
    person_rows, person_problems = read_people(people, known_units or None)
    problems = (
        *sorted(unit_problems, key=lambda problem: problem.line),
        *sorted(person_problems, key=lambda problem: problem.line),
    )
    return Roster(unit_rows, person_rows, problems)
