"""Which texts of a case stand for what, from what was done on it: reports, the self-assessment, the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.plans.revisions import PLANNING, Revision, awaiting, in_force, revisions_of
from service.ratings.in_force import RATING, SetResult, result_in_force
from states.stages import Stage
from states.triggers import Trigger
from store.file.acts import Act

_CHECK_INS = (Trigger.SUBMIT_CHECK_IN, Trigger.REVIEW_CHECK_IN, Trigger.RETURN_CHECK_IN)
_SELF_ASSESSMENT = (Trigger.SUBMIT_SELF_ASSESSMENT, Trigger.RETURN_SELF_ASSESSMENT)
ACTS: tuple[Trigger, ...] = (*PLANNING, *_CHECK_INS, *_SELF_ASSESSMENT, *RATING)
"""The acts from which a file is put together."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A text that was handed in."""

    act: Act
    returned: bool = False

    @property
    def digest(self) -> str:
        """The text."""
        return str(self.act.digest)


@dataclass(frozen=True, slots=True)
class Course:
    """What stands where in the file of a case."""

    revisions: tuple[Revision, ...]
    check_ins: tuple[HandedIn, ...]
    self_assessment: HandedIn | None
    result: SetResult | None
    meeting: HandedIn | None

    @property
    def plan(self) -> Revision | None:
        """The plan in force."""
        return in_force(self.revisions)

    @property
    def submitted_plan(self) -> Revision | None:
        """A revision on which nobody has decided yet."""
        return awaiting(self.revisions)


def course_of(acts: Sequence[Act]) -> Course:
    """The file as its acts have it, in their order."""
    assessments = _handed_in(acts, Trigger.SUBMIT_SELF_ASSESSMENT, returned_by=Trigger.RETURN_SELF_ASSESSMENT)
    return Course(
        revisions=revisions_of(acts),
        check_ins=_handed_in(
            acts, Trigger.SUBMIT_CHECK_IN, Trigger.REVIEW_CHECK_IN, returned_by=Trigger.RETURN_CHECK_IN
        ),
        self_assessment=assessments[-1] if assessments else None,
        result=result_in_force(acts),
        meeting=_meeting(acts),
    )


def _handed_in(acts: Sequence[Act], *triggers: Trigger, returned_by: Trigger) -> tuple[HandedIn, ...]:
    found: list[HandedIn] = []
    for act in acts:
        if act.trigger in triggers and act.digest is not None:
            found.append(HandedIn(act))
        elif act.trigger == returned_by and found:
            found[-1] = HandedIn(found[-1].act, returned=True)
    return tuple(found)


def _meeting(acts: Sequence[Act]) -> HandedIn | None:
    """What came with the delivery of the result; none once the result is rated anew."""
    found: HandedIn | None = None
    for act in acts:
        if act.trigger == Trigger.DELIVER_RESULT:
            found = None if act.digest is None else HandedIn(act)
        elif act.trigger == Trigger.REOPEN and act.target == Stage.RATING:
            found = None
    return found
