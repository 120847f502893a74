"""Tells the engine's namespace which search attributes there are."""

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.search_attributes import REGISTRATION

_TYPES = {
    "Keyword": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    "Bool": IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
}


async def register_search_attributes(client: Client) -> list[str]:
    """Adds the search attributes that the namespace lacks and returns their names; harmless to repeat.

    Raises `RPCError` where the engine lets nobody add any (a hosted one, for instance).
    """
    known = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    missing = [name for name in REGISTRATION if name not in known.custom_attributes]
    if not missing:
        return []
    try:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(
                namespace=client.namespace,
                search_attributes={name: _TYPES[REGISTRATION[name]] for name in missing},
            )
        )
    except RPCError as error:
        # Another process was quicker.
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise
    return missing
