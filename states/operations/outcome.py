"""What a change of the people responsible means for open cases."""

import uuid
from collections.abc import Iterable, Iterator, Mapping

from states.operations.items import Item, OpenCase, Performed, handed_to
from states.stages import Capacity
from states.triggers import Trigger

Cases = Mapping[uuid.UUID, OpenCase]


def outcome(before: Cases, after: Cases, own: Iterable[Item | None], *, written: int = 0) -> Performed:
    """The items of ``own``, and a note for each other case for which another person is responsible now.

    ``own`` is what the change itself does to cases; these get no note. ``written`` counts the people whose
    relations were written. A case that was not open ``before`` gets a note only if nobody is found for it.
    """
    items = {item.appraisal: item for item in own if item is not None}
    unresolved: list[uuid.UUID] = []
    for case, capacity, holder in _now_otherwise(before, after):
        if holder is None:
            unresolved.append(case)
            items.setdefault(case, Item(case, Trigger.NOTE_CHANGE))
        elif case in before:
            items.setdefault(case, handed_to(case, capacity, holder))
    return Performed(tuple(items.values()), relations=written, unresolved=tuple(unresolved))


def _now_otherwise(before: Cases, after: Cases) -> Iterator[tuple[uuid.UUID, Capacity, uuid.UUID | None]]:
    """Case, capacity and present holder, wherever the holder has changed."""
    for identity, case in after.items():
        earlier = before.get(identity)
        for capacity, holder in case.responsible.items():
            if earlier is None or earlier.responsible.get(capacity) != holder:
                yield identity, capacity, holder
