"""The people that a launch looks at."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ARRAY, Text, Uuid, bindparam

from states.codec import Json

# The units and all below them. A unit that is its own ancestor by mistake ends the walk: UNION drops what was seen.
CHOSEN_UNITS = """
    chosen_unit AS (
        SELECT id FROM unit WHERE id = ANY(:units)
        UNION
        SELECT unit.id FROM unit JOIN chosen_unit ON unit.parent_id = chosen_unit.id
    )
"""
"""The part of ``WITH RECURSIVE`` that `IS_CHOSEN` needs."""

IS_CHOSEN = """
    (:units IS NULL OR person.unit_id IN (SELECT id FROM chosen_unit))
    AND (:employment IS NULL OR person.employment = ANY(:employment))
    AND (:post_kinds IS NULL OR person.post_kind = ANY(:post_kinds))
    AND (:echelons IS NULL OR person.echelon = ANY(:echelons))
    AND (:people IS NULL OR person.id = ANY(:people))
"""
"""Whether a row ``person`` belongs to a selection. `BINDS` binds the selection's `parameters`."""

BINDS = (
    bindparam("units", type_=ARRAY(Uuid())),
    bindparam("employment", type_=ARRAY(Text())),
    bindparam("post_kinds", type_=ARRAY(Text())),
    bindparam("echelons", type_=ARRAY(Text())),
    bindparam("people", type_=ARRAY(Uuid())),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The people of an agency who fit every given criterion; everybody if none is given."""

    units: tuple[uuid.UUID, ...] = ()
    """These units, each with all below it."""
    employment: tuple[str, ...] = ()
    """PNS or PPPK."""
    post_kinds: tuple[str, ...] = ()
    echelons: tuple[str, ...] = ()
    people: tuple[uuid.UUID, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Sequence[str]]) -> "Selection":
        """The selection that `to_data` gave as data."""
        return cls(
            units=tuple(map(uuid.UUID, data.get("units", ()))),
            employment=tuple(data.get("employment", ())),
            post_kinds=tuple(data.get("post_kinds", ())),
            echelons=tuple(data.get("echelons", ())),
            people=tuple(map(uuid.UUID, data.get("people", ()))),
        )

    def to_data(self) -> Json:
        """The given criteria as JSON, sorted and without repetitions, so that equal selections give equal JSON."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: sorted({str(value) for value in values}) for name, values in given.items() if values}

    def describe(self) -> str:
        """A short text that names nobody: ``everybody``, or the number of values of each criterion."""
        given = ((field.name, len(getattr(self, field.name))) for field in fields(self))
        return ", ".join(f"{name}: {count}" for name, count in given if count) or "everybody"

    def parameters(self) -> dict[str, Any]:
        """The values of `BINDS`; NULL for a criterion that is not given."""
        return {field.name: list(getattr(self, field.name)) or None for field in fields(self)}


EVERYBODY = Selection()
