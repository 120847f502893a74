"""Finds circles in relations between somebody and the one above."""

from collections.abc import Mapping


def circles(parents: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Every circle of two or more members in ``parents``, each once."""
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


def without_circles(
    wanted: Mapping[str, str | None], present: Mapping[str, str | None]
) -> tuple[dict[str, str | None], list[tuple[str, ...]]]:
    """The wanted parents without circles, and the circles that were removed.

    ``wanted`` replaces ``present``. A member of a circle in the result goes back to its parent in ``present``,
    until only the circles are left that ``present`` itself has.
    """
    kept: dict[str, str | None] = {}
    opened: list[tuple[str, ...]] = []
    while True:
        result = {**present, **wanted, **kept}
        still_wanted = wanted.keys() - kept.keys()
        found = [circle for circle in circles(result) if not still_wanted.isdisjoint(circle)]
        if not found:
            return {member: result[member] for member in wanted}, opened
        opened += found
        kept |= {member: present.get(member) for circle in found for member in circle if member in wanted}
