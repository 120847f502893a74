"""All tables in one place, for migrations and their test."""

from sqlmodel import SQLModel

from store.absence.table import AbsenceRow
from store.agency.table import Agency, CalendarVersion, OrganisationUnit, SchemeVersion
from store.appraisal.table import AppraisalRow, DeadlineRow, EventRow, TaskRow
from store.assignment.table import Assignment
from store.attempt.table import AttemptRow
from store.attending.table import AttendedRow
from store.contact.table import ContactRow
from store.cycle.table import Cycle
from store.document.table import DocumentRow
from store.draft.table import DraftAsideRow, DraftRow
from store.earlier_result.table import EarlierListRow, EarlierResultRow
from store.entry.table import EntryRow
from store.evidence.table import EvidenceRow, StoredFileRow
from store.following.table import FollowingRow
from store.improvement.table import ImprovementOutcomeRow, ImprovementRow, ImprovementWatchRow
from store.input.table import InputResultRow
from store.launch.table import LaunchOutcomeRow
from store.meeting.table import AppointmentRow
from store.message.table import MessageAttemptRow, MessageRow, NoticeRow
from store.operation.table import OperationItemRow, OperationRow
from store.organisation_rating.table import DistributionReasonRow, OrganisationRatingRow
from store.pause.table import ChannelPauseRow
from store.person.table import Person, RoleGrant
from store.preference.table import PreferenceRow
from store.public_feedback.table import (
    PublicAnswerRow,
    PublicLinkChangeRow,
    PublicLinkRow,
    PublicSaltRow,
    PublicTextRow,
    PublicThrottleRow,
)
from store.receipt.table import ReceiptEvidenceRow
from store.roster.table import RosterFindingRow, RosterImportRow
from store.skill.table import SkillStandingRow, UnitSkillRow
from store.substitution.table import SubstitutionRow
from store.survey.table import (
    SurveyBallotRow,
    SurveyInvitationRow,
    SurveyMeanRow,
    SurveyRow,
    SurveyTextRow,
)
from store.team.table import TeamMemberRow, TeamResultRow, TeamRow
from store.training.table import TrainingChoiceRow

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "AbsenceRow",
    "Agency",
    "AppointmentRow",
    "AppraisalRow",
    "Assignment",
    "AttemptRow",
    "AttendedRow",
    "CalendarVersion",
    "ChannelPauseRow",
    "ContactRow",
    "Cycle",
    "DeadlineRow",
    "DistributionReasonRow",
    "DocumentRow",
    "DraftAsideRow",
    "DraftRow",
    "EarlierListRow",
    "EarlierResultRow",
    "EntryRow",
    "EventRow",
    "EvidenceRow",
    "FollowingRow",
    "ImprovementOutcomeRow",
    "ImprovementRow",
    "ImprovementWatchRow",
    "InputResultRow",
    "LaunchOutcomeRow",
    "MessageAttemptRow",
    "MessageRow",
    "NoticeRow",
    "OperationItemRow",
    "OperationRow",
    "OrganisationRatingRow",
    "OrganisationUnit",
    "Person",
    "PreferenceRow",
    "PublicAnswerRow",
    "PublicLinkChangeRow",
    "PublicLinkRow",
    "PublicSaltRow",
    "PublicTextRow",
    "PublicThrottleRow",
    "ReceiptEvidenceRow",
    "RoleGrant",
    "RosterFindingRow",
    "RosterImportRow",
    "SchemeVersion",
    "SkillStandingRow",
    "StoredFileRow",
    "SubstitutionRow",
    "SurveyBallotRow",
    "SurveyInvitationRow",
    "SurveyMeanRow",
    "SurveyRow",
    "SurveyTextRow",
    "TaskRow",
    "TeamMemberRow",
    "TeamResultRow",
    "TeamRow",
    "TrainingChoiceRow",
    "UnitSkillRow",
]
