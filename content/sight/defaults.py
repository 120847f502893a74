"""Who sees what where a scheme says nothing: a rule for each deviation from "nobody sees anything"."""

from content.sight.rules import Kind, Role, Sight, SightRule
from states.stage_groups import OBJECTION_STAGES
from states.stages import Stage

DOSSIER = (
    Kind.PLAN,
    Kind.CHECK_IN,
    Kind.SELF_ASSESSMENT,
    Kind.EVIDENCE,
    Kind.PROGRESS,
    Kind.NOTE,
    Kind.RATING,
    Kind.MEETING,
)
"""What a rating rests on and what became of it."""

DEFAULTS = (
    SightRule(kinds=DOSSIER, roles=(Role.EMPLOYEE, Role.RATER, Role.HR), sight=Sight.VISIBLE),
    SightRule(kinds=(Kind.RATING_DRAFT,), roles=(Role.RATER, Role.HR), sight=Sight.VISIBLE),
    # He answers for the rating of his subordinate (art 46), and needs the whole file only to set it himself (art 50).
    SightRule(
        kinds=(Kind.PLAN, Kind.RATING_DRAFT, Kind.RATING), roles=(Role.RATER_SUPERIOR,), sight=Sight.VISIBLE
    ),
    SightRule(kinds=DOSSIER, roles=(Role.RATER_SUPERIOR,), sight=Sight.VISIBLE, stages=(Stage.COUNTERSIGN,)),
    # He decides from the whole file (art 59(3)).
    SightRule(kinds=DOSSIER, roles=(Role.APPEALS_OFFICER,), sight=Sight.VISIBLE, stages=OBJECTION_STAGES),
    # What others say is shown as a whole; the employee is shown it with his result.
    SightRule(kinds=(Kind.INPUT,), roles=(Role.RATER, Role.HR), sight=Sight.AGGREGATED),
    SightRule(kinds=(Kind.INPUT,), roles=(Role.EMPLOYEE,), sight=Sight.AGGREGATED, only_delivered=True),
    SightRule(
        kinds=(Kind.INPUT,), roles=(Role.RATER_SUPERIOR,), sight=Sight.AGGREGATED, stages=(Stage.COUNTERSIGN,)
    ),
    SightRule(
        kinds=(Kind.INPUT,), roles=(Role.APPEALS_OFFICER,), sight=Sight.AGGREGATED, stages=OBJECTION_STAGES
    ),
    SightRule(kinds=(Kind.LENIENCY,), roles=(Role.HR,), sight=Sight.VISIBLE),
)
"""A later rule wins over an earlier one; what no rule names is hidden."""
