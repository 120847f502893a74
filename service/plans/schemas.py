import datetime as dt
import uuid

from service.answer import Answer
from service.filled.schemas import Filled, ShownDifference


class RevisionLine(Answer):
    """One submitted plan, without what it says."""

    number: int
    """From 1, in the order of submission."""
    digest: str
    state: str
    """submitted, returned, in_force or superseded."""
    state_name: str
    submitted_at: dt.datetime
    """In business time."""
    submitted_by: str
    decided_at: dt.datetime | None
    decided_by: str | None
    on_behalf_of: str | None
    """The official in whose place it was decided."""
    ground: str | None
    """The legal ground of the revision (PP 30/2019 art 28(2)-(3))."""
    ground_name: str | None
    superseded_by: int | None
    """The later revision that took its place."""


class RevisionList(Answer):
    """All revisions of a plan, in the order of submission."""

    items: list[RevisionLine]


class PlanRevision(RevisionLine):
    """One submitted plan with what it says."""

    plan: Filled


class ComparedRevision(PlanRevision):
    """One submitted plan, compared with another one."""

    against: int | None
    """The other revision; null where none was named."""
    differences: list[ShownDifference] | None
    """What changed from the other one to this one; null where none was named."""


class SupportingResult(Answer):
    """A result of the plan, with what it supports of the superior's plan."""

    id: str
    title: str
    supports: list[str]
    """The superior's results, as he wrote them."""
    waits: bool
    """It was written before the superior's plan was there."""


class PlanAbove(Answer):
    """The plan that this one supports."""

    official: str
    """Who rates."""
    ready: bool
    """Whether he has a plan in force."""
    results: list[SupportingResult]


class Supporter(Answer):
    """Somebody whose plan supports a result."""

    appraisal_id: uuid.UUID
    employee: str
    results: list[str]
    """His results that do so, as he wrote them."""


class SupportedResult(Answer):
    """A result of the plan, with who supports it."""

    id: str
    title: str
    supporters: list[Supporter]
    """Those whose cases I see."""
    others: int
    """How many more there are."""


class PlansBelow(Answer):
    """The plans that support this one."""

    people: int
    """How many people have the employee as their rater in this cycle."""
    waiting: int
    """How many of them are drafting while there is no plan in force that theirs could support."""
    not_linked: int
    """How many plans in force still wait for this one in some result."""
    results: list[SupportedResult]
    lost: list[Supporter]
    """Plans that support a result which the plan in force no longer has; those whose cases I see."""


class PlanDetail(Answer):
    """The plan of an appraisal."""

    appraisal_id: uuid.UUID
    in_force: PlanRevision | None
    """Null before a plan was approved."""
    submitted: PlanRevision | None
    """A revision on which nobody has decided yet."""
    above: PlanAbove | None
    """Null where nobody is named as rater, and where the scheme knows no results."""
    below: PlansBelow | None
    """Null for somebody who rates nobody, and where the scheme knows no results."""


class LibraryLine(Answer):
    """An indicator to be taken over into a plan."""

    name: str
    aspect: str
    aspect_name: str
    subject: str | None
    """What it is about, where the scheme says so."""
    subject_name: str | None
    indicator: str
    unit: str | None


class Library(Answer):
    """Indicators that fit the post."""

    post: str
    family: str | None
    """The family of jobs that the post belongs to; null where the scheme knows none."""
    family_name: str | None
    items: list[LibraryLine]
