"""Which lines of a list of earlier results can be recorded. Pure."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence

from service.earlier_results.schemas import EarlierYear
from service.problems import FieldError
from store.earlier_result.repository import NewEarlierResult
from translations import mark as _

WHO = _("Give either the person or the NIP.")
UNKNOWN_PERSON = _("Nobody of the agency is known by this.")
TWICE = _("This person and year stand in the list twice.")
NOT_EARLIER = _("This year is not before the latest cycle of the agency, {year}.")


def named_person(
    item: EarlierYear, nips: Mapping[str, uuid.UUID], people: Collection[uuid.UUID]
) -> uuid.UUID | None:
    """Who a line is about, of those who are known; None for nobody."""
    if item.nip is not None:
        return nips.get(item.nip)
    return item.person if item.person in people else None


def line_errors(
    items: Sequence[EarlierYear],
    nips: Mapping[str, uuid.UUID],
    people: Collection[uuid.UUID],
    latest: int | None,
) -> Iterator[tuple[int, str, FieldError]]:
    """Each mistake with the place of its line and the name of its field.

    ``latest`` is the year of the agency's latest cycle: what is appraised there comes to its result by itself.
    """
    seen: set[tuple[uuid.UUID, int]] = set()
    for at, item in enumerate(items):
        field = "person" if item.nip is None else "nip"
        if (item.person is None) == (item.nip is None):
            yield at, field, FieldError(f"/items/{at}", WHO)
            continue
        person = named_person(item, nips, people)
        if person is None:
            yield at, field, FieldError(f"/items/{at}/{field}", UNKNOWN_PERSON)
        elif (person, item.year) in seen:
            yield at, "year", FieldError(f"/items/{at}", TWICE)
        else:
            seen.add((person, item.year))
        if latest is not None and item.year >= latest:
            error = FieldError(f"/items/{at}/year", NOT_EARLIER, {"year": str(latest)})
            yield at, "year", error


def lines_of(
    items: Sequence[EarlierYear], nips: Mapping[str, uuid.UUID], people: Collection[uuid.UUID]
) -> list[NewEarlierResult]:
    """The lines of a list without mistakes."""
    lines = []
    for item in items:
        person = named_person(item, nips, people)
        if person is not None:
            lines.append(NewEarlierResult(person, item.year, item.predicate, item.source))
    return lines
