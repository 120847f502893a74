"""One request for an action, with who asks for it, through all its steps."""

import uuid
from dataclasses import dataclass

from service.accounts.tokens import Identity
from service.appraisals.request import ActionRequest
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody asks of an appraisal, under which key."""

    identity: Identity
    appraisal: uuid.UUID
    trigger: Trigger
    key: str
    asked: ActionRequest
    fingerprint: str
    """A digest of all that was asked and of who asked it."""

    @classmethod
    def of(
        cls, identity: Identity, appraisal: uuid.UUID, trigger: Trigger, key: str, asked: ActionRequest
    ) -> "Attempt":
        """The attempt of a person."""
        return cls(identity, appraisal, trigger, key, asked, asked.fingerprint(identity.person, trigger))


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An action that is on record, and where the case stood after it."""

    appraisal: uuid.UUID
    stage: str
    sequence: int
