"""The kinds of notice. People choose by kind what reaches them; some kinds always go through some channels."""

from enum import StrEnum

from states.stages import Stage
from store.message.channels import CHAT, ChannelName


class Kind(StrEnum):
    """What a notice is about."""

    RESULT = "result"
    """*Hasil penilaian*: the person's own result waits for an answer or is final. Rights run from it."""
    OBJECTION = "objection"
    """*Keberatan*: an objection must be examined and decided within a time set by law."""
    TASK = "task"
    """*Tugas baru*: a task has opened or was handed over."""
    REMINDER = "reminder"
    """*Pengingat*: a due day comes near."""
    ESCALATION = "escalation"
    """*Eskalasi*: a due day has passed."""
    CHANGE = "change"
    """*Perubahan*: an extension, a suspension, another rater."""
    NUDGE = "nudge"
    """*Permintaan tindak lanjut*: a supervisor or the personnel office asks for it personally."""


_OF_TEMPLATE = {
    "finalised": Kind.RESULT,
    "result_ready": Kind.RESULT,
    "task_opened": Kind.TASK,
    "handed_over": Kind.TASK,
    "reminder": Kind.REMINDER,
    "escalation": Kind.ESCALATION,
    "extended": Kind.CHANGE,
    "changed": Kind.CHANGE,
    "nudge": Kind.NUDGE,
}
_OBJECTION_STAGES = frozenset({Stage.OBJECTED, Stage.OBJECTION_REVIEW})


def kind_of(template: str, stage: Stage) -> Kind:
    """The kind of a notice by its template and stage. Raises `KeyError` for a template without a kind."""
    kind = _OF_TEMPLATE[template]
    return Kind.OBJECTION if kind is Kind.TASK and stage in _OBJECTION_STAGES else kind


LOCKED = frozenset({Kind.RESULT, Kind.OBJECTION, Kind.ESCALATION, Kind.NUDGE})
"""Kinds whose e-mails nobody may switch off: rights, duties with a time set by law, and what is late."""

_CHAT_BY_DEFAULT = frozenset({Kind.RESULT, Kind.OBJECTION, Kind.REMINDER, Kind.ESCALATION, Kind.NUDGE})


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
