"""The people that a preflight looks at: the criteria of a launch, as query parameters."""

import uuid
from typing import Annotated

from fastapi import Depends, Query

from service.launches.request import MOST_UNITS
from service.roster.rows import Echelon, Employment, PositionKind
from store.cycle.selection import Selection


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
"""The people who fit every given criterion."""
