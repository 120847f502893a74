"""All tables in one place, for migrations and their test."""

from sqlmodel import SQLModel

from store.agency.table import Agency, CalendarVersion, OrganisationUnit, SchemeVersion
from store.appraisal.table import AppraisalRow, DeadlineRow, EventRow, TaskRow
from store.assignment.table import Assignment
from store.attempt.table import AttemptRow
from store.cycle.table import Cycle
from store.document.table import DocumentRow
from store.outbox.table import NoticeRow
from store.person.table import Person, RoleGrant

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Agency",
    "AppraisalRow",
    "Assignment",
    "AttemptRow",
    "CalendarVersion",
    "Cycle",
    "DeadlineRow",
    "DocumentRow",
    "EventRow",
    "NoticeRow",
    "OrganisationUnit",
    "Person",
    "RoleGrant",
    "SchemeVersion",
    "TaskRow",
]
