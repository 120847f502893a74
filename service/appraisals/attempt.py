"""One request for an action and the person who makes it, as all steps pass it on."""

import uuid
from dataclasses import dataclass

from service.accounts.tokens import Identity
from service.appraisals.request import ActionRequest
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Attempt:
    """The action that somebody requests on an appraisal, and the key of the request."""

    identity: Identity
    appraisal: uuid.UUID
    trigger: Trigger
    key: str
    asked: ActionRequest
    fingerprint: str
    """A digest of the whole request and of the person who makes it."""

    @classmethod
    def of(
        cls, identity: Identity, appraisal: uuid.UUID, trigger: Trigger, key: str, asked: ActionRequest
    ) -> "Attempt":
        """The attempt of a person."""
        return cls(identity, appraisal, trigger, key, asked, asked.fingerprint(identity.person, trigger))


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An action that is on record, and the state of the case after it."""

    appraisal: uuid.UUID
    stage: str
    sequence: int
