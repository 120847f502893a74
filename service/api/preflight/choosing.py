"""Whom a look is at: the same criteria as those of a launch, in the address."""

import uuid
from typing import Annotated

from fastapi import Depends, Query
from sqlalchemy.ext.asyncio import AsyncConnection

from service.cycles.launch_request import MOST_UNITS
from service.problems import FieldError, Invalid
from service.roster.rows import Echelon, Employment, PositionKind
from store.cycle.choosing import units_of
from store.cycle.selection import Selection
from translations import mark as _


async def _selection(
    units: Annotated[
        list[uuid.UUID], Query(max_length=MOST_UNITS, description="Ids of units, each with all below it.")
    ] = [],  # noqa: B006  # the framework copies it
    employment: Annotated[list[Employment], Query(max_length=2, description="PNS or PPPK.")] = [],  # noqa: B006
    post_kinds: Annotated[
        list[PositionKind], Query(max_length=10, description="Kinds of posts as in the roster.")
    ] = [],  # noqa: B006
    echelons: Annotated[list[Echelon], Query(max_length=20, description="Echelons as in the roster.")] = [],  # noqa: B006
) -> Selection:
    return Selection(tuple(units), tuple(employment), tuple(post_kinds), tuple(echelons))


Chosen = Annotated[Selection, Depends(_selection)]
"""Whoever fits every criterion that is given."""


async def require_known(connection: AsyncConnection, agency: uuid.UUID, who: Selection) -> None:
    """Raises `Invalid` for units that are none of the agency: a wrong id would quietly find nothing."""
    known = await units_of(connection, agency, who.units) if who.units else set()
    errors = [
        FieldError(f"/units/{place}", _("The agency has no such unit."))
        for place, unit in enumerate(who.units)
        if unit not in known
    ]
    if errors:
        raise Invalid(errors=errors)
