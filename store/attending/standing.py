"""Which notice tells of what is attended to, and whether what it tells still stands."""

from collections.abc import Mapping

from store.attending.kinds import AttendedKind

OF_TEMPLATE: Mapping[str, AttendedKind] = {
    "survey_invited": AttendedKind.SURVEY,
    "survey_reminder": AttendedKind.SURVEY,
    "team_result_asked": AttendedKind.TEAM_RESULT,
    "team_result_reminder": AttendedKind.TEAM_RESULT,
    "improvement_began": AttendedKind.IMPROVEMENT,
    "improvement_reminder": AttendedKind.IMPROVEMENT,
    "improvement_test_due": AttendedKind.IMPROVEMENT,
}
"""The templates of notices about what is attended to."""

BESIDE_THE_CASE = frozenset({AttendedKind.SURVEY, AttendedKind.TEAM_RESULT})
"""What is asked of people who have no right in the case: nothing leads them to it or tells them of it."""

STANDS = "attended.ended_at IS NULL AND appraisal.stage <> 'cancelled'"
"""Whether what a notice asks is still asked. A case that is cancelled asks nobody for anything any more."""

CONFIDENTIAL = "notice.template IN ('survey_invited', 'survey_reminder')"
"""Notices from which others could read who has answered: they are shown to their recipient alone."""
