"""The kinds of notice. People choose by kind what reaches them; some kinds always go through some channels."""

from enum import StrEnum

from states.appraisal import DutyKind
from states.duties import STATEMENTS
from states.stages import Stage
from store.attending.standing import OF_TEMPLATE
from store.message.channels import CHAT, ChannelName


class Kind(StrEnum):
    """What a notice is about."""

    RESULT = "result"
    """*Hasil penilaian*: the person's own result waits for an answer or is final, or its receipt was put on record.
    Rights run from it."""
    OBJECTION = "objection"
    """*Keberatan*: an objection was filed, is examined, or has ended; somebody is to explain himself about it."""
    TASK = "task"
    """*Tugas baru*: a task has opened or was handed over."""
    REMINDER = "reminder"
    """*Pengingat*: a due day comes near."""
    ESCALATION = "escalation"
    """*Eskalasi*: a due day has passed."""
    CHANGE = "change"
    """*Perubahan*: an extension, a suspension, another rater."""
    CALENDAR = "calendar"
    """*Perubahan kalender*: a decree has changed the working days, and with them a due day."""
    MEETING = "meeting"
    """*Pertemuan*: the appointment at which a result is handed over was made, changed or cancelled."""
    FEEDBACK = "feedback"
    """*Survei*: somebody is asked in confidence about the work of others."""
    FOLLOW_UP = "follow_up"
    """*Tindak lanjut hasil penilaian*: what follows from a result, with its days."""
    NUDGE = "nudge"
    """*Permintaan tindak lanjut*: a supervisor or the personnel office asks for it personally."""


_OF_TEMPLATE = {
    "finalised": Kind.RESULT,
    "result_ready": Kind.RESULT,
    "receipt_recorded": Kind.RESULT,
    "receipt_answered": Kind.RESULT,
    "objection_filed": Kind.OBJECTION,
    "objection_ended": Kind.OBJECTION,
    "statement_given": Kind.OBJECTION,
    "statement_missing": Kind.OBJECTION,
    "task_opened": Kind.TASK,
    "handed_over": Kind.TASK,
    "duty_opened": Kind.TASK,
    "reminder": Kind.REMINDER,
    "duty_reminder": Kind.REMINDER,
    "escalation": Kind.ESCALATION,
    "duty_escalation": Kind.ESCALATION,
    "extended": Kind.CHANGE,
    "changed": Kind.CHANGE,
    "superior_plan_set": Kind.CHANGE,
    "conflict_declared": Kind.CHANGE,
    "deadline_moved": Kind.CALENDAR,
    "meeting_set": Kind.MEETING,
    "meeting_changed": Kind.MEETING,
    "meeting_cancelled": Kind.MEETING,
    "survey_invited": Kind.FEEDBACK,
    "survey_reminder": Kind.FEEDBACK,
    "team_result_asked": Kind.TASK,
    "team_result_reminder": Kind.REMINDER,
    "improvement_began": Kind.FOLLOW_UP,
    "improvement_reminder": Kind.FOLLOW_UP,
    "improvement_test_due": Kind.FOLLOW_UP,
    "nudge": Kind.NUDGE,
}
_OBJECTION_STAGES = frozenset({Stage.OBJECTED, Stage.OBJECTION_REVIEW})


_ABOUT_A_DUTY = frozenset({"duty_opened", "duty_reminder", "duty_escalation"})
_STATEMENTS = frozenset(STATEMENTS.values())


def kind_of(template: str, stage: Stage, duty: str = "") -> Kind:
    """The kind of a notice by its template, its stage and what is owed beside the stage.

    Raises `KeyError` for a template without a kind, and `ValueError` for an unknown duty.
    """
    kind = _OF_TEMPLATE[template]
    if template in OF_TEMPLATE:  # It goes on beside the case, wherever that stands.
        return kind
    if template in _ABOUT_A_DUTY and duty:
        return Kind.OBJECTION if DutyKind(duty) in _STATEMENTS else kind
    return Kind.OBJECTION if kind is Kind.TASK and stage in _OBJECTION_STAGES else kind


LOCKED = frozenset(
    {Kind.RESULT, Kind.OBJECTION, Kind.ESCALATION, Kind.CALENDAR, Kind.MEETING, Kind.FOLLOW_UP, Kind.NUDGE}
)
"""Kinds whose e-mails nobody may switch off: rights, duties with a time set by law, due days, appointments,
what follows from a result, and what is late."""

_CHAT_BY_DEFAULT = frozenset(
    {Kind.RESULT, Kind.OBJECTION, Kind.REMINDER, Kind.ESCALATION, Kind.MEETING, Kind.FOLLOW_UP, Kind.NUDGE}
)


def is_locked(kind: Kind, channel: ChannelName) -> bool:
    """Whether the kind always goes through the channel, whatever the person prefers."""
    return channel is ChannelName.INBOX or (channel is ChannelName.EMAIL and kind in LOCKED)


def is_wanted(kind: Kind, channel: ChannelName, preferred: bool | None) -> bool:
    """Whether a notice of the kind goes through the channel; ``preferred`` is None if nothing was chosen."""
    if is_locked(kind, channel):
        return True
    if preferred is not None:
        return preferred
    return channel not in CHAT or kind in _CHAT_BY_DEFAULT
