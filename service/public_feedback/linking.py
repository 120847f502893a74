"""The link of a unit: made, renewed, opened and closed by personnel officers, and shown to the head of the unit too."""

import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service import policy
from service.accounts.checking import is_officer, require_hr
from service.accounts.tokens import Identity
from service.problems import IdempotencyKeyReused, NotFound
from service.public_feedback.asking import Asked, asked_about
from service.public_feedback.schemas import NewPublicLink, PublicLink
from service.public_feedback.sealing import LinkTarget, PublicSeals
from states.codec import canonical
from store.organisation_rating.units import unit_in
from store.public_feedback.links import LinkChange, change_under, set_link, take_unit
from store.public_feedback.places import Place

PATH = "/umpan-balik"
"""Where the page of the form lies. It is printed: it never changes."""


class Linking:
    """Shows and changes links. Without seals there are none."""

    def __init__(self, database: AsyncEngine, seals: PublicSeals | None, public_address: str) -> None:
        self._database = database
        self._seals = seals
        self._public_address = public_address

    async def change(self, identity: Identity, unit: uuid.UUID, key: str, body: NewPublicLink) -> PublicLink:
        """Opens, closes or renews the link of a unit; the same ``key`` with the same body does so once.

        Raises `HrOnly`, `NotFound`, `NoPublicFeedback` and `IdempotencyKeyReused`.
        """
        change = LinkChange(identity.person, key, _fingerprint(unit, body))
        async with self._database.begin() as connection:
            await require_hr(connection, identity)
            if self._seals is None or not await take_unit(connection, unit, identity.agency):
                raise NotFound
            before = await change_under(connection, identity.person, key)
            if before not in (None, change.fingerprint):
                raise IdempotencyKeyReused
            await asked_about(connection, unit, identity.agency)
            if before is None and not await set_link(
                connection, unit, change, opened=body.open, renew=body.renew
            ):
                raise IdempotencyKeyReused
            asked = await asked_about(connection, unit, identity.agency)
        return self.shown(asked.place)

    async def of(self, connection: AsyncConnection, identity: Identity, unit: uuid.UUID) -> PublicLink:
        """The link of a unit, for personnel officers and its head. Raises `NotFound` and `NoPublicFeedback`."""
        asked = await asked_about(connection, unit, identity.agency)
        officer = await is_officer(connection, identity)
        head = await leads(connection, asked, identity)
        if self._seals is None or not policy.may_see_public_link(officer=officer, head=head):
            raise NotFound
        return self.shown(asked.place)

    def shown(self, place: Place) -> PublicLink:
        """The link of a place."""
        return PublicLink(unit_id=place.unit_id, unit=place.unit, open=place.is_open, url=self.url(place))

    def url(self, place: Place) -> str | None:
        """What is printed for a unit; None while it has no link."""
        if self._seals is None or place.link_id is None or place.version is None:
            return None
        token = self._seals.link_token(LinkTarget(place.link_id, place.version))
        return f"{self._public_address}{PATH}/{token}"


async def leads(connection: AsyncConnection, asked: Asked, identity: Identity) -> bool:
    """Whether somebody is the head of the unit now."""
    place = asked.place
    found = await unit_in(connection, place.cycle_id, place.unit_id, identity.agency)
    return found is not None and found.head_id == identity.person


def _fingerprint(unit: uuid.UUID, body: NewPublicLink) -> str:
    return hashlib.sha256(canonical({"unit": str(unit), "body": body.model_dump()})).hexdigest()
