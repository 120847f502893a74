import datetime as dt
import uuid

from service.answer import Answer
from service.entries.schemas import CountedEntries, EntryLine
from service.evidence.schemas import EvidenceLine
from service.filled.schemas import Filled, ShownRow
from service.periods.schemas import PeriodList
from service.plans.schemas import PlanRevision, RevisionLine
from service.ratings.schemas import RatingDetail


class WrittenDocument(Answer):
    """Something that was handed in, with what it says."""

    digest: str
    trigger: str
    """The action that it came with."""
    trigger_name: str
    by: str
    on_behalf_of: str | None
    """The official in whose place it was written."""
    at: dt.datetime
    """In business time."""
    returned: bool
    """Whether it was sent back; what is handed in anew then stands for itself."""
    written: Filled


class Appointment(Answer):
    """When and where the result is handed over."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    cancelled: bool


class AgreedAction(Answer):
    """Something with a day that was agreed at a meeting: an action, or a step of a development plan."""

    appraisal_id: uuid.UUID
    """The case in which it was agreed."""
    year: int
    section: str
    """The part of the form in which it stands."""
    section_name: str
    day: dt.date | None
    """Until when."""
    passed: bool
    """Whether that day is over."""
    action: ShownRow


class CaseFile(Answer):
    """A case with everything in it that I may see."""

    appraisal_id: uuid.UUID
    employee_id: uuid.UUID
    employee: str
    unit: str
    cycle: str
    year: int
    stage: str
    stage_name: str
    sequence: int
    scheme: str
    roles: list[str]
    """As what I look at it."""
    open: list[str]
    """The kinds of content that I may see now; what is not among them is left out below."""
    plan: PlanRevision | None
    """The plan in force."""
    submitted_plan: PlanRevision | None
    """A revision on which nobody has decided yet."""
    revisions: list[RevisionLine]
    check_ins: list[WrittenDocument]
    """Reports and reviews, in order."""
    self_assessment: WrittenDocument | None
    rating: RatingDetail | None
    """The result that counts, or the draft of one."""
    appointment: Appointment | None
    meeting: WrittenDocument | None
    """What was noted and agreed when the result was handed over."""
    evidence: list[EvidenceLine]
    """The newest first."""
    more_evidence: bool
    """Whether there is more than is listed here; the list of evidence has it all."""
    entries: list[EntryLine]
    """What was noted in the year, the latest day first."""
    more_entries: bool
    """Whether there are more than are listed here; the list of notes has them all."""
    counts: list[CountedEntries]
    """How many notes there are of the kinds that the scheme counts."""
    periods: PeriodList
    """All periods of the year, with what was rated in those before this one."""
    agreed_last_year: list[AgreedAction]
    """What was agreed at the meeting of the year before."""
