import datetime as dt
import uuid
from typing import Annotated

from pydantic import WithJsonSchema

from service.answer import Answer
from service.preflight.wording import Fixer
from store.cycle.causes import CAUSES, Cause, Severity

CauseCode = Annotated[Cause, WithJsonSchema({"type": "string", "enum": [str(cause) for cause in CAUSES]})]


class CauseFound(Answer):
    """One thing that is wrong, and with how many."""

    code: CauseCode
    severity: Severity
    severity_name: str
    count: int
    """People; units for a vacant post."""
    people: int
    """How many appraisals are concerned."""
    wrong: str
    """What is wrong, in a sentence."""
    remedy: str
    """What to do, in a sentence."""
    fixer: Fixer
    fixer_name: str
    """Who has to do it."""


class PreflightSummary(Answer):
    """What a launch would come to now."""

    cycle: uuid.UUID
    business_at: dt.datetime
    """The moment of business time to which it applies."""
    span: int
    people: int
    """All who are looked at: running, ready, exempt, not in service and blocked together."""
    running: int
    ready: int
    """Would be started by a launch."""
    exempt: int
    """PP 30/2019 art 23 asks for no plan."""
    not_in_service: int
    blocked: int
    """Would be skipped by a launch until something is mended."""
    provisional_years: list[int]
    """Years of its course whose public holidays are not decreed: due days in them may still move."""
    provisional_in_words: str | None
    causes: list[CauseFound]
    """What was found, the most urgent first."""


class FindingLine(Answer):
    """One person, or one unit, with whom something is wrong."""

    person_id: uuid.UUID | None
    """Null where the unit itself is meant."""
    name: str
    full_name: str
    nip_masked: str
    """All but the last three digits hidden."""
    post: str
    unit_id: uuid.UUID
    unit_code: str
    unit: str
    rater_id: uuid.UUID | None
    rater: str
    stand_in_id: uuid.UUID | None
    """Who acts for a rater who is away."""
    stand_in: str
    basis: str
    basis_name: str
    """On which ground somebody acts for the rater."""
    people: int
    """How many appraisals are concerned."""


class FindingPage(Answer):
    """Findings of one cause, in the order of the ids."""

    items: list[FindingLine]
    next: str | None
    """Cursor of the next page; null on the last."""
