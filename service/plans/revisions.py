"""The revisions of a plan, from what was done on its case: each submission is one, and none is ever changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from states.triggers import Trigger
from store.file.acts import Act

PLANNING: tuple[Trigger, ...] = (
    Trigger.SUBMIT_PLAN,
    Trigger.APPROVE_PLAN,
    Trigger.RETURN_PLAN,
    Trigger.REVISE_PLAN,
)
"""The acts from which revisions are read."""


class RevisionState(StrEnum):
    """What became of a revision."""

    SUBMITTED = "submitted"
    """Nobody has decided on it yet."""
    RETURNED = "returned"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    """Approved, and replaced by a later one that was approved."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One submitted plan."""

    number: int
    """From 1, in the order of submission."""
    submitted: Act
    state: RevisionState
    decided: Act | None = None
    """Its approval or return."""
    ground: str | None = None
    """The legal ground of the revision; None for the first plan, and for one that was returned before."""
    superseded_by: int | None = None

    @property
    def digest(self) -> str:
        """The text of the plan."""
        return str(self.submitted.digest)


def revisions_of(acts: Iterable[Act]) -> tuple[Revision, ...]:
    """The revisions of a plan from the acts of its case, in order."""
    revisions: list[Revision] = []
    ground: str | None = None
    for act in acts:
        match act.trigger:
            case Trigger.REVISE_PLAN:
                ground = act.ground
            case Trigger.SUBMIT_PLAN if act.digest is not None:
                number = len(revisions) + 1
                revisions.append(Revision(number, act, RevisionState.SUBMITTED, ground=ground))
            case Trigger.RETURN_PLAN if revisions:
                revisions[-1] = replace(revisions[-1], state=RevisionState.RETURNED, decided=act)
            case Trigger.APPROVE_PLAN if revisions:
                revisions[:-1] = [_superseded(each, len(revisions)) for each in revisions[:-1]]
                revisions[-1] = replace(revisions[-1], state=RevisionState.IN_FORCE, decided=act)
                ground = None
    return tuple(revisions)


def in_force(revisions: Sequence[Revision]) -> Revision | None:
    """The plan that counts; None before one was approved."""
    return next((each for each in revisions if each.state is RevisionState.IN_FORCE), None)


def awaiting(revisions: Sequence[Revision]) -> Revision | None:
    """The last revision where nobody has decided on it yet."""
    last = revisions[-1] if revisions else None
    return last if last is not None and last.state is RevisionState.SUBMITTED else None


def _superseded(revision: Revision, by: int) -> Revision:
    if revision.state is not RevisionState.IN_FORCE:
        return revision
    return replace(revision, state=RevisionState.SUPERSEDED, superseded_by=by)
