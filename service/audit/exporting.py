"""The record with its hashes as lines of JSON, for somebody else to keep."""

from collections.abc import Iterator
from typing import Any

from store.appraisal.auditing import AuditedAppraisal


def lines_of(record: AuditedAppraisal) -> Iterator[dict[str, Any]]:
    """One line for each event, and one for the head of the appraisal's chain."""
    for event in record.events:
        yield {
            "appraisal": str(record.id),
            "sequence": event.sequence,
            "kind": event.kind,
            "body": event.body,
            "command": event.command_id,
            "fingerprint": event.fingerprint,
            "recorded_at": event.recorded_at.isoformat(),
            "hash": event.hash,
        }
    yield {"appraisal": str(record.id), "sequence": record.sequence, "head": record.head}
