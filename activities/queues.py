"""Task queues: a slow mail server must never starve a human command."""

from enum import StrEnum


class Queue(StrEnum):
    """What a worker serves."""

    APPRAISAL = "appraisal"
    """Workflows, and the recording that their commands wait for."""
    NOTIFY = "notify"
    """Everything that talks to the outside."""
