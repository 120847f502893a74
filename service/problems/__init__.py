"""Problems that the service itself finds with a request, beside the refusals of the core."""

from collections.abc import Mapping

from service.problems.accounts import HrOnly, NotSignedIn, OperatorOnly
from service.problems.appraisals import Busy, ChangeOnly, NotedOnly
from service.problems.availability import InternalProblem, OutcomeUnknown, Unavailable
from service.problems.base import FieldError, Problem
from service.problems.channels import AddressTaken, ChannelNotConfigured, WebhookRefused
from service.problems.cycles import CycleExists, LaunchNotRunning, OtherLaunchRunning
from service.problems.distributions import NoUnitLevels, OwnUnit, RatingsInWords
from service.problems.drafts import DraftStale
from service.problems.follow_up import ResultNotHandedOver
from service.problems.idempotency import IdempotencyKeyInvalid, IdempotencyKeyMissing, IdempotencyKeyReused
from service.problems.improvements import OwnImprovement
from service.problems.meetings import MeetingNotNow
from service.problems.noting import (
    CaseClosed,
    CaseNotBegun,
    NotYoursToAdd,
    NotYoursToWithdraw,
    ResultRests,
    TooManyNotes,
    TooMuchEvidence,
)
from service.problems.nudges import TooManyNudges
from service.problems.operations import ChangeNotPermitted, OperationEnded
from service.problems.public_feedback import (
    FormClosed,
    FormExpired,
    FormUnreadable,
    NoPublicFeedback,
    NotAForm,
    TextDecided,
    TooManyAnswers,
)
from service.problems.refusals import REFUSALS
from service.problems.requests import (
    BodyTooLarge,
    CursorInvalid,
    FormIncomplete,
    Invalid,
    MalformedJson,
    MediaTypeUnsupported,
    MethodNotAllowed,
    NotFound,
)
from service.problems.surveys import (
    NotYoursToInvite,
    SurveyAnsweredAlready,
    SurveyClosed,
    SurveyNotOpen,
)
from service.problems.teams import NoTeams, OwnTeam, TeamForHr
from service.problems.templates import TemplateUnknown
from service.problems.trainings import EmployeeOnly, NoResultYet
from service.problems.uploads import FileTooLarge, MultipartExpected, MultipartMalformed, UploadStalled

TITLES: Mapping[str, str] = {**{kind.code: kind.title for kind in Problem.__subclasses__()}, **REFUSALS}
"""The short title of every problem, including the refusals of the core."""

__all__ = [
    "TITLES",
    "AddressTaken",
    "BodyTooLarge",
    "Busy",
    "CaseClosed",
    "CaseNotBegun",
    "ChangeNotPermitted",
    "ChangeOnly",
    "ChannelNotConfigured",
    "CursorInvalid",
    "CycleExists",
    "DraftStale",
    "EmployeeOnly",
    "FieldError",
    "FileTooLarge",
    "FormClosed",
    "FormExpired",
    "FormIncomplete",
    "FormUnreadable",
    "HrOnly",
    "IdempotencyKeyInvalid",
    "IdempotencyKeyMissing",
    "IdempotencyKeyReused",
    "InternalProblem",
    "Invalid",
    "LaunchNotRunning",
    "MalformedJson",
    "MediaTypeUnsupported",
    "MeetingNotNow",
    "MethodNotAllowed",
    "MultipartExpected",
    "MultipartMalformed",
    "NoPublicFeedback",
    "NoResultYet",
    "NoTeams",
    "NoUnitLevels",
    "NotAForm",
    "NotFound",
    "NotSignedIn",
    "NotYoursToAdd",
    "NotYoursToInvite",
    "NotYoursToWithdraw",
    "NotedOnly",
    "OperationEnded",
    "OperatorOnly",
    "OtherLaunchRunning",
    "OutcomeUnknown",
    "OwnImprovement",
    "OwnTeam",
    "OwnUnit",
    "Problem",
    "RatingsInWords",
    "ResultNotHandedOver",
    "ResultRests",
    "SurveyAnsweredAlready",
    "SurveyClosed",
    "SurveyNotOpen",
    "TeamForHr",
    "TemplateUnknown",
    "TextDecided",
    "TooManyAnswers",
    "TooManyNotes",
    "TooManyNudges",
    "TooMuchEvidence",
    "Unavailable",
    "UploadStalled",
    "WebhookRefused",
]
