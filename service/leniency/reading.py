"""How raters rate beside all together, for personnel officers."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from content.rules import ContentRules
from content.sight.rules import Kind, Role, Sight
from content.sight.table import sight_of
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.cycles.checking import cycle_of
from service.distributions.checking import rating_rules
from service.leniency.picture import raters_picture
from service.leniency.schemas import LeniencyPage
from service.leniency.showing import shown_leniency
from service.paging import cut, id_key
from service.problems import NotFound
from states.stages import Stage
from store.agency.content_rules import content_rules_of
from store.organisation_rating.units import UnitInCycle, unit_in
from store.rating.repository import rater_counts
from translations import Locale


async def leniency_page(
    connection: AsyncConnection,
    identity: Identity,
    cycle: uuid.UUID,
    locale: Locale,
    *,
    unit: uuid.UUID | None,
    subunits: bool,
    cursor: str | None,
    limit: int,
) -> LeniencyPage:
    """A page of raters, in the order of their ids. The asker himself, if he rates, is not among them.

    Raises `NotFound` for everybody but personnel officers, `RatingsInWords` and `CursorInvalid`.
    """
    after = id_key(cursor)
    if not await is_officer(connection, identity):
        raise NotFound
    scheme = (await cycle_of(connection, cycle, identity)).scheme
    chosen = None if unit is None else await _unit(connection, cycle, unit, identity)
    content, rating, scale = rating_rules(await content_rules_of(connection, scheme))
    _require_open(content)
    counts = await rater_counts(connection, cycle, unit, subunits=subunits, asker=identity.person)
    picture = raters_picture(counts, scale)
    raters = [
        rater
        for rater in picture.leniency.raters
        if rater.rater != str(identity.person) and (after is None or rater.rater > str(after))
    ]
    page, following = cut(raters[: limit + 1], limit, lambda rater: (rater.rater,))
    return shown_leniency(
        cycle,
        chosen,
        picture,
        page,
        {str(count.rater_id): count.rater for count in counts},
        content,
        rating.predicates,
        following,
        locale,
        subunits=subunits,
    )


async def _unit(
    connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID, identity: Identity
) -> UnitInCycle:
    found = await unit_in(connection, cycle, unit, identity.agency)
    if found is None:
        raise NotFound
    return found


def _require_open(content: ContentRules) -> None:
    """Raises `NotFound` where the scheme hides this from personnel officers, too."""
    # The picture is of ratings that were given; it belongs to no single case and stage.
    found = sight_of(content, Role.HR, Kind.LENIENCY, Stage.FINALISED, delivered=True)
    if found is not Sight.VISIBLE:
        raise NotFound
