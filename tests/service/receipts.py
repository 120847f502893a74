"""Calls of Meta with receipts, in their documented form."""

from typing import Any


def status(name: str, reference: str = "wamid.1", **more: Any) -> dict[str, Any]:
    """One receipt."""
    usual = {"id": reference, "status": name, "timestamp": "1767927600", "recipient_id": "628123456789"}
    return usual | more


def failed(code: int, **more: Any) -> dict[str, Any]:
    """A receipt of failure."""
    error = {"code": code, "title": "Failed", "message": "Failed", "error_data": {"details": "Details"}}
    return status("failed", errors=[error], **more)


def call(*statuses: Any) -> dict[str, Any]:
    """The body around them."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "62211234", "phone_number_id": "1065"},
        "statuses": list(statuses),
    }
    entry = {"id": "102", "changes": [{"value": value, "field": "messages"}]}
    return {"object": "whatsapp_business_account", "entry": [entry]}
