"""The reasons why some notices cannot be switched off, in words."""

from collections.abc import Mapping

from notifications.kinds import Kind
from store.message.channels import ChannelName
from translations import mark as _

INBOX_STAYS = _("The inbox has everything; it is where a notice counts as received.")

BY_EMAIL: Mapping[Kind, str] = {
    Kind.RESULT: _("Periods set by law run from the result, so it always comes by e-mail as well."),
    Kind.OBJECTION: _("Rights depend on what becomes of an objection, so it always comes by e-mail as well."),
    Kind.ESCALATION: _("What is overdue always comes by e-mail as well."),
    Kind.CALENDAR: _("A due day that a decree has moved always comes by e-mail as well."),
    Kind.MEETING: _("The appointment at which a result is handed over always comes by e-mail as well."),
    Kind.FOLLOW_UP: _("What follows from a result always comes by e-mail as well."),
    Kind.NUDGE: _("What somebody asks for by name always comes by e-mail as well."),
}


def lock_reason(kind: Kind, channel: ChannelName) -> str:
    """The reason, still to be translated, why `notifications.kinds.is_locked` holds for a kind on a channel."""
    return INBOX_STAYS if channel is ChannelName.INBOX else BY_EMAIL[kind]
