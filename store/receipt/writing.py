"""Receipt evidence as rows that the recording statement writes."""

from states.codec import Json
from states.receipt_record import ReceiptRecord
from store.message.channels import ChannelName


def receipt_row(record: ReceiptRecord) -> Json:
    """The row that joins ``receipt_evidence``, with its place in the record."""
    return {
        "sequence": record.sequence,
        "revision": record.revision,
        "level": record.level.value,
        "at": record.at.isoformat(),
        "channel": ChannelName.INBOX.value if record.in_the_inbox else "",
    }
