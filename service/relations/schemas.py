import datetime as dt
import uuid

from service.answer import Answer
from service.substitutions.schemas import SubstitutionLine


class ResponsibleOfficial(Answer):
    """Who acts in a capacity now."""

    capacity: str
    capacity_name: str
    person_id: uuid.UUID
    name: str
    basis: str
    basis_name: str
    on_behalf_of_id: uuid.UUID | None
    on_behalf_of: str | None
    """The official in whose place it is done; null for the official himself."""
    in_words: str


class AssignmentLine(Answer):
    """A relation to an official, past, present or to come."""

    capacity: str
    capacity_name: str
    official_id: uuid.UUID
    official: str
    basis: str
    basis_name: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None
    """Exclusive; null where it lasts."""
    letter: str
    reason: str
    appraisal_id: uuid.UUID | None
    """Where it holds for one appraisal only."""
    operation_id: uuid.UUID | None


class AbsenceLine(Answer):
    """An absence, past, present or to come."""

    kind: str
    kind_name: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None
    """Exclusive; null for one that lasts."""
    letter: str
    reason: str
    operation_id: uuid.UUID | None


class Relations(Answer):
    """One person's place in the line, as it stands now in the agency's time."""

    person_id: uuid.UUID
    name: str
    business_now: dt.datetime
    responsible: list[ResponsibleOfficial]
    """The rater and the one above; a capacity that nobody can hold is missing."""
    rates: int
    """People whom the person rates by definitive relations."""
    substitutions: list[SubstitutionLine]
    """In force and to come, as official or as substitute."""
    assignments: list[AssignmentLine]
    """The newest first."""
    absences: list[AbsenceLine]
    """The newest first."""
