"""Prepares the engine: registers its namespace and the namespace's search attributes."""

import asyncio
import datetime as dt

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.search_attributes import REGISTRATION

_TYPES = {
    "Keyword": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    "Bool": IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
}

RETENTION = dt.timedelta(days=90)
"""How long the engine keeps the history of a closed appraisal. The record keeps everything."""

_NOTICED_SECONDS = 60.0


async def register_namespace(client: Client) -> bool:
    """Creates the client's namespace if it is missing, and waits until it can be used; True if it was missing.

    Raises `RPCError` if the engine lets nobody create one, and `TimeoutError` if it stays unknown.
    """
    if await _is_known(client):
        return False
    try:
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(
                namespace=client.namespace,
                description="kinerja",
                workflow_execution_retention_period=Duration(seconds=int(RETENTION.total_seconds())),
            )
        )
    except RPCError as error:
        # Another process was quicker.
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise
    # The parts of the engine see a new namespace one after another.
    async with asyncio.timeout(_NOTICED_SECONDS):
        while not (await _is_known(client) and await _is_searchable(client)):  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.5)
    return True


async def _is_known(client: Client) -> bool:
    try:
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True


async def _is_searchable(client: Client) -> bool:
    try:
        await client.count_workflows()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True


async def register_search_attributes(client: Client) -> list[str]:
    """Adds the search attributes that the namespace lacks and returns their names; harmless to repeat.

    Raises `RPCError` if the engine lets nobody add one (a hosted engine, for instance).
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
