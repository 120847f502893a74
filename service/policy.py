"""The rights in the service: the only place that turns relations into rights. Default deny.

`states.permission` says what a capacity may do to an appraisal in a stage. The store reads from the relations
which capacities somebody holds. This module says which rights these capacities give.
"""

import uuid
from collections.abc import Iterable, Sequence

from states.appraisal import Appraisal
from states.changes import AppointSubstitute, Change, SubstitutionKind
from states.errors import NotPermitted, ParameterInvalid
from states.stage_groups import OBJECTION_STAGES
from states.stages import Capacity, Stage
from states.table import PERMISSIONS, TABLE
from states.triggers import Trigger

SEEING: tuple[Capacity, ...] = (
    Capacity.EMPLOYEE,
    Capacity.RATER,
    Capacity.RATER_SUPERIOR,
    Capacity.HR,
)
"""A person who holds one of these capacities now sees the case in every stage."""

JUDGING: tuple[Capacity, ...] = (Capacity.APPEALS_OFFICER,)
"""A person who holds this capacity sees the case only while an objection to it is open."""

_ACTORS: dict[Trigger, tuple[Capacity, ...]] = {
    trigger: tuple(
        capacity
        for capacity in Capacity
        if capacity is not Capacity.CLOCK
        and any(row.trigger is trigger and capacity in row.by for row in TABLE)
    )
    for trigger in Trigger
}


def actors_of(trigger: Trigger) -> tuple[Capacity, ...]:
    """The capacities that may fire a trigger in any stage."""
    return _ACTORS[trigger]


FILLING: tuple[Capacity, ...] = (Capacity.EMPLOYEE, Capacity.RATER)
"""The capacities that forms ask for something."""


def filling_capacity(held: Iterable[str], trigger: Trigger) -> Capacity | None:
    """The capacity in which somebody fills in the form of an action, whatever the stage; None: he may not.

    Nobody fills in on his own case what an official is asked for.
    """
    capacities = set(map(Capacity, held))
    own = {Capacity.EMPLOYEE} if Capacity.EMPLOYEE in capacities else capacities
    return next((capacity for capacity in actors_of(trigger) if capacity in own), None)


def is_contested(appraisal: Appraisal) -> bool:
    """Whether an objection is open, even if it is suspended."""
    return appraisal.stage_of_work in OBJECTION_STAGES


def seeing_capacities(held: Iterable[str], appraisal: Appraisal) -> tuple[Capacity, ...]:
    """The held capacities that allow their holder to see the case; if empty, he may not see it."""
    allowed = {*SEEING, *(JUDGING if is_contested(appraisal) else ())}
    return tuple(capacity for capacity in map(Capacity, held) if capacity in allowed)


def acting_capacity(
    held: Sequence[Capacity], chosen: Capacity | None, trigger: Trigger, appraisal: Appraisal
) -> Capacity:
    """The capacity in which somebody acts: the chosen one, or the only one that is permitted.

    Raises `NotPermitted` for a capacity that is not held and `ParameterInvalid` when a choice is needed.
    If no held capacity is permitted, the first one is returned: the core then explains the refusal.
    """
    if chosen is not None:
        if chosen not in held:
            raise NotPermitted(trigger=trigger, stage=appraisal.stage, capacity=chosen)
        return chosen
    permitted = PERMISSIONS.get((appraisal.stage, trigger), frozenset())
    fitting = [capacity for capacity in held if capacity in permitted]
    if Capacity.EMPLOYEE in fitting:
        return Capacity.EMPLOYEE
    if len(fitting) > 1:
        choices = ", ".join(fitting)
        raise ParameterInvalid(
            "You hold several capacities here; choose one of {choices}.", field="capacity", choices=choices
        )
    return fitting[0] if fitting else held[0]


def may_request(change: Change, *, person: uuid.UUID, officer: bool) -> bool:
    """Whether somebody may request a change: a personnel officer, or an official who delegates his own tasks."""
    if officer:
        return True
    return (
        isinstance(change, AppointSubstitute)
        and change.basis is SubstitutionKind.DELEGATED
        and change.official == person
    )


EVIDENCE_AUTHORS: tuple[Capacity, ...] = (Capacity.EMPLOYEE, Capacity.RATER)
"""Who adds evidence to a case."""


def author_capacity(held: Iterable[Capacity], by: Iterable[Capacity]) -> Capacity | None:
    """The capacity in which somebody adds something to a case that these capacities add; None if he may not.

    On his own case everybody is its employee alone, whatever else he is.
    """
    capacities = set(held)
    if Capacity.EMPLOYEE in capacities:
        capacities = {Capacity.EMPLOYEE}
    return next((capacity for capacity in by if capacity in capacities), None)


_NUDGES: dict[Capacity, frozenset[Capacity]] = {
    Capacity.RATER: frozenset({Capacity.EMPLOYEE}),
    Capacity.RATER_SUPERIOR: frozenset({Capacity.EMPLOYEE, Capacity.RATER}),
    Capacity.HR: frozenset(Capacity) - {Capacity.CLOCK, Capacity.APPEALS_SUPERIOR},
}


def may_nudge(held: Iterable[str], awaited: Capacity) -> bool:
    """Whether somebody may nudge the holder of the awaited capacity.

    Supervisors may nudge people below them, personnel officers anybody; nobody may about his own appraisal.
    """
    capacities = set(map(Capacity, held))
    if Capacity.EMPLOYEE in capacities:
        return False
    return any(awaited in _NUDGES.get(capacity, ()) for capacity in capacities)


_HEARING = frozenset({Trigger.ASK_EMPLOYEE, Trigger.ASK_RATER, Trigger.GIVE_STATEMENT})
"""Kinds of texts by which both sides of an objection are heard (PP 30/2019 art 59(3))."""

_AT_THE_HEARING = frozenset({Capacity.EMPLOYEE, Capacity.RATER, Capacity.APPEALS_OFFICER, Capacity.HR})


def may_read(
    kind: str, author: uuid.UUID, *, delivered: bool, capacities: Iterable[Capacity], person: uuid.UUID
) -> bool:
    """Whether a person who sees a case may also read a text of it.

    Everybody may read his own texts. The employee may read a rating after its delivery, and never what HR and
    rater wrote to each other about it before. What the officer asks one side and what it states is open to both
    sides, the officer and HR (a fair hearing), and to nobody else. Why a rater declared a conflict of interest is for
    HR alone, unless it is their own appraisal.
    """
    held = set(capacities)
    if Capacity.EMPLOYEE in held:
        # Whatever else somebody is, his own case he reads as its employee.
        held = {Capacity.EMPLOYEE}
    if not held:
        return False
    if author == person:
        return True
    if kind == Trigger.DECLARE_CONFLICT:
        return Capacity.HR in held
    if kind in _HEARING:
        return bool(held & _AT_THE_HEARING)
    if held - {Capacity.EMPLOYEE}:
        return True
    if kind == Trigger.RETURN_RATING:
        return False
    return delivered if kind == Trigger.RATE else True


MEETING_STAGES = frozenset({Stage.RATING, Stage.MODERATION, Stage.FEEDBACK_MEETING})
"""The stages in which the appointment to hand over a result may be made, changed and cancelled."""

_AT_THE_MEETING = frozenset({Capacity.EMPLOYEE, Capacity.RATER, Capacity.HR})


def may_arrange_meeting(capacities: Iterable[Capacity]) -> bool:
    """Whether somebody may make the appointment: whoever acts as the rater now; nobody about himself."""
    held = set(capacities)
    return Capacity.RATER in held and Capacity.EMPLOYEE not in held


def concerns_meeting(capacities: Iterable[Capacity]) -> bool:
    """Whether a person who sees a case also sees when its result is handed over, and what was agreed and chosen."""
    return bool(set(capacities) & _AT_THE_MEETING)


def may_read_agenda(capacities: Iterable[Capacity], *, delivered: bool) -> bool:
    """Whether a person who sees a case reads what is to be talked about: before the result is handed over only who
    holds the meeting, since the agenda tells the result.
    """
    held = tuple(capacities)
    return concerns_meeting(held) if delivered else may_arrange_meeting(held)


def sees_notices_to_others(capacities: Iterable[Capacity]) -> bool:
    """Whether a person who sees a case also sees its notices to others; otherwise he sees only his own."""
    return Capacity.HR in capacities


def may_see_notices(recipient: uuid.UUID, *, asker: uuid.UUID, officer: bool) -> bool:
    """Whether the asker may see the recipient's notices and message copies: an officer all, others their own."""
    return officer or recipient == asker


def may_see_channels(roles: Iterable[str]) -> bool:
    """Whether somebody may see the state of the channels: operators and personnel officers may."""
    return not {"operator", "hr"}.isdisjoint(roles)


def may_steer_channels(roles: Iterable[str]) -> bool:
    """Whether somebody may pause and resume channels: only operators may."""
    return "operator" in roles


def may_see_distribution(*, officer: bool, superior: bool) -> bool:
    """Whether somebody may see how the ratings of a unit are spread: HR, and whoever rates the head of the unit."""
    return officer or superior


def may_rate_unit(*, officer: bool, superior: bool, head: bool) -> bool:
    """Whether somebody may set the predicate of a unit, and say why its ratings are spread as they are.

    The leader one level above may, and HR; the head of the unit never, since that predicate becomes his own rating
    of results (SE MenPANRB 3/2023).
    """
    return may_see_distribution(officer=officer, superior=superior) and not head


def may_see_team(*, officer: bool, rater: bool, belongs: bool) -> bool:
    """Whether somebody may see a team and its members: HR, whoever rates its leader, and who belongs to it."""
    return officer or rater or belongs


def may_rate_team(*, officer: bool, rater: bool, belongs: bool) -> bool:
    """Whether somebody may set the result of a team, and read it there: HR, and whoever rates its leader now.

    The leader and the members never, whatever else they are: their own files carry it, and there they read it.
    """
    return (officer or rater) and not belongs


def may_change_team(*, officer: bool, own: bool) -> bool:
    """Whether somebody may create a team, and add and end members: HR, but nobody about his own membership."""
    return officer and not own


def sees_invitations(capacities: Iterable[Capacity]) -> bool:
    """Whether a person who sees a case sees who is invited to its surveys: rater and HR do, not about themselves."""
    held = set(capacities)
    return bool(held & {Capacity.RATER, Capacity.HR}) and Capacity.EMPLOYEE not in held


def inviter(capacities: Iterable[Capacity], invited_by: Iterable[str]) -> str | None:
    """As what somebody invites to a survey, where the scheme lets these invite; None: he may not."""
    held = set(capacities)
    if not sees_invitations(held):
        return None
    return next((name for name in invited_by if name in {"hr", "rater"} and Capacity(name) in held), None)


def may_see_public_link(*, officer: bool, head: bool) -> bool:
    """Whether somebody may see and print the link of a unit: HR, and the head of the unit. Only HR changes it."""
    return officer or head


def may_read_public_texts(*, officer: bool, head: bool, above: bool) -> bool:
    """Whether somebody may read the cleared texts of the public about a unit: HR, its head, and whoever is above him.

    What is not cleared is for HR alone. Everybody of the agency sees the figures: they are made to be published.
    """
    return officer or head or above


def may_see_picture(*, officer: bool, superior: bool, head: bool) -> bool:
    """Whether somebody may see how the skills of a unit stand together: HR, its head, and whoever rates its head."""
    return officer or superior or head


_AT_AN_IMPROVEMENT = frozenset({Capacity.EMPLOYEE, Capacity.RATER, Capacity.HR})


def concerns_improvement(capacities: Iterable[Capacity]) -> bool:
    """Whether a person who sees a case also sees the time to improve that follows from it.

    It concerns the employee, whoever rates him now and personnel officers, and nobody above the rater.
    """
    return bool(set(capacities) & _AT_AN_IMPROVEMENT)


def may_close_improvement(*, officer: bool, own: bool) -> bool:
    """Whether somebody may put on record how a time to improve ended: personnel officers, and nobody his own."""
    return officer and not own
