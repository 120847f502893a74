"""Checks of the right to see channels, and to pause and resume them."""

from sqlalchemy.ext.asyncio import AsyncConnection

from service import policy
from service.accounts.tokens import Identity
from service.problems import NotFound, OperatorOnly
from store.message.channels import SENT_BY_RELAY, ChannelName
from store.person.roles import roles_of


async def require_sight(connection: AsyncConnection, identity: Identity) -> None:
    """Raises `OperatorOnly` unless the person is an operator or a personnel officer."""
    if not policy.may_see_channels(await roles_of(connection, identity.person, identity.agency)):
        raise OperatorOnly


async def steerable(connection: AsyncConnection, name: str, identity: Identity) -> ChannelName:
    """The channel of this name. Raises `OperatorOnly` for anybody but operators, whatever the name; `NotFound`."""
    if not policy.may_steer_channels(await roles_of(connection, identity.person, identity.agency)):
        raise OperatorOnly
    if name not in SENT_BY_RELAY:
        raise NotFound
    return ChannelName(name)
