"""Notices as rows that the recording statement writes, one for each reader and channel."""

from states.codec import Json
from states.notices import Notice


def notice_row(notice: Notice) -> Json:
    """What the statement needs to find the readers and their channels."""
    return {
        "stage": notice.stage.value,
        "rule": notice.rule,
        "occurrence": notice.occurrence,
        "audience": notice.audience.value,
        "recipient": notice.recipient,
        "template": notice.template.value,
        "duty": notice.duty.value if notice.duty else "",
        "due_on": notice.due_on.isoformat() if notice.due_on else None,
        "at": notice.at.isoformat(),
        "inbox_only": notice.inbox_only,
    }
