"""The state of a notice and its reason, in words."""

from collections.abc import Mapping

from notifications.kinds import Kind, kind_of
from states.rules import RungKind
from states.stages import Stage
from store.message.channels import ChannelName
from store.message.notice import NoticeState
from store.message.reasons import Reason
from translations import Locale, translate
from translations import mark as _

CHANNELS: Mapping[str, str] = {
    ChannelName.INBOX: _("Inbox"),
    ChannelName.EMAIL: _("E-mail"),
    ChannelName.WHATSAPP: _("WhatsApp"),
    ChannelName.TELEGRAM: _("Telegram"),
    ChannelName.WEBHOOK: _("The agency's gateway"),
}

KINDS: Mapping[str, str] = {
    Kind.RESULT: _("Own result"),
    Kind.OBJECTION: _("Objection"),
    Kind.TASK: _("New task"),
    Kind.REMINDER: _("Reminder"),
    Kind.ESCALATION: _("Escalation"),
    Kind.CHANGE: _("Change"),
    Kind.CALENDAR: _("Changed calendar"),
    Kind.MEETING: _("Feedback meeting"),
    Kind.FEEDBACK: _("Feedback on others"),
    Kind.FOLLOW_UP: _("Follow-up of a result"),
    Kind.NUDGE: _("Nudge"),
}

RUNGS: Mapping[str, str] = {
    RungKind.REMINDER: _("Reminder"),
    RungKind.ESCALATION: _("Escalation"),
}

STATES: Mapping[str, str] = {
    NoticeState.CREATED: _("Waits to be sent"),
    NoticeState.HELD: _("Held back for now"),
    NoticeState.DIGESTING: _("Gathered into a digest"),
    NoticeState.SENDING: _("Is being sent"),
    NoticeState.SENT: _("Handed over to the provider"),
    NoticeState.DELIVERED: _("Delivered"),
    NoticeState.SEEN: _("Seen"),
    NoticeState.TEMPORARY_FAILURE: _("Failed for now, will be tried again"),
    NoticeState.PERMANENT_FAILURE: _("Failed for good"),
    NoticeState.CANCELLED: _("Not sent any more"),
    NoticeState.SUPPRESSED: _("Not sent on purpose"),
}

REASONS: Mapping[str, str] = {
    Reason.SENDING_HOURS: _("It waits for the sending hours of the recipient's unit."),
    Reason.DIGEST: _("It waits for the next digest, which tells everything at once."),
    Reason.DAILY_LIMIT: _(
        "That day has its share of messages to the recipient; this one goes a working day later."
    ),
    Reason.FALLBACK: _("Another channel did not reach the recipient; this one takes over."),
    Reason.PREFERENCE: _("The recipient does not want notices of this kind through this channel."),
    Reason.NOT_NEAR_ENOUGH_FOR_CHAT: _(
        "Chat tells only what is due by the next day; other channels tell this."
    ),
    Reason.REHEARSAL: _("A rehearsal reaches nobody."),
    Reason.CHANNEL_NOT_CONFIGURED: _("This installation has no such channel; operators set it up."),
    Reason.BEYOND_CALENDAR: _("The rehearsal has reached years that no working calendar covers."),
    Reason.DONE: _("What it asks for was done before it was sent."),
    Reason.DONE_SINCE: _("What it asks for has been done since."),
    Reason.CASE_CANCELLED: _("The appraisal was cancelled before it was sent."),
    Reason.DUE_DAY_MOVED: _("Another due day runs by now and has reminders of its own."),
    Reason.OVERTAKEN: _("The appointment was changed before it was sent; a later notice tells it."),
    Reason.HANDED_OVER: _("The task had passed to somebody else before it was sent."),
    Reason.NOTHING_LEFT: _("Nothing of what the message was to tell was still wanted."),
    Reason.NO_ADDRESS: _("No address of the recipient is known for this channel."),
    Reason.BAD_ADDRESS: _("The provider says that nothing arrives at this address."),
    Reason.BOUNCED: _("The message came back."),
    Reason.REFUSED: _("The provider refused the message; its answer says why."),
}

OUTCOMES: Mapping[str, str] = {
    "sent": _("taken over"),
    "delivered": _("delivered"),
    "temporary_failure": _("failed for now"),
    "permanent_failure": _("failed for good"),
    "bounced": _("came back"),
}
"""The outcome of an attempt, or of a later report of the provider."""


def channel_name(channel: str, locale: Locale) -> str:
    """The name of a channel."""
    return translate(CHANNELS[channel], locale)


def kind_of_notice(template: str, stage: str, duty: str = "") -> Kind:
    """The kind of notice that this template makes in this stage about this duty."""
    return kind_of(template, Stage(stage), duty)


def kind_name(kind: str, locale: Locale) -> str:
    """The name of a kind of notice."""
    return translate(KINDS[kind], locale)


def rung_name(kind: str, locale: Locale) -> str:
    """The name of a rung of a ladder."""
    return translate(RUNGS[kind], locale)


def notice_state(state: str, locale: Locale) -> str:
    """The state of a notice in words."""
    return translate(STATES[state], locale)


def reason_sentence(reason: str, locale: Locale) -> str | None:
    """The reason of this state; None if there is nothing to say."""
    return translate(REASONS[reason], locale) if reason else None


def attempt_outcome(outcome: str, locale: Locale) -> str:
    """The outcome of an attempt in words."""
    return translate(OUTCOMES[outcome], locale)
