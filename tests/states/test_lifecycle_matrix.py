"""Every stage × trigger × capacity × circumstance against an expectation that is written here by hand.

The expectation is read off the design of the lifecycle and PP 30/2019, not off the table under test. What is
not listed must be refused: `IllegalTransition` when nobody may do it in the stage, else `NotPermitted`.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import lru_cache

import pytest

from states.appraisal import Appraisal
from states.commands import Command
from states.decide import decide
from states.errors import DomainError
from states.events import Acted, RungReached
from states.evolve import evolve
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import PEOPLE, QUARTERLY, Case, case_in, lapse_policy, patient, rules

EXPECTATION = """
# stage            trigger                 who              when              -> outcome

scheduled          open_planning           hr               any               -> plan_drafting
scheduled          open_planning           clock            any               -> TooEarly

plan_drafting      submit_plan             employee         any               -> plan_review

plan_review        return_plan             rater            any               -> plan_drafting
plan_review        approve_plan            rater            first             -> first_half
plan_review        approve_plan            rater            without_check_ins -> second_half
plan_review        approve_plan            rater            revised_first     -> first_half
plan_review        approve_plan            rater            revised_report    -> midyear_report
plan_review        approve_plan            rater            revised_review    -> midyear_review
plan_review        approve_plan            rater            revised_second    -> second_half

first_half         open_check_in           hr               any               -> midyear_report
first_half         open_check_in           clock            any               -> TooEarly

midyear_report     submit_check_in         employee         any               -> midyear_review

midyear_review     return_check_in         rater            any               -> midyear_report
midyear_review     review_check_in         rater            only_one          -> second_half
midyear_review     review_check_in         rater            more_to_come      -> first_half
midyear_review     review_check_in         rater            last_of_four      -> second_half

second_half        open_evaluation         hr               any               -> self_assessment
second_half        open_evaluation         clock            any               -> TooEarly

# Art 28: an approved plan changes on legal grounds, while the work lasts.
first_half         revise_plan             rater,hr         any               -> plan_drafting
midyear_report     revise_plan             rater,hr         any               -> plan_drafting
midyear_review     revise_plan             rater,hr         any               -> plan_drafting
second_half        revise_plan             rater,hr         any               -> plan_drafting

self_assessment    submit_self_assessment  employee         any               -> rating
self_assessment    proceed_to_rating       rater,hr         running           -> TooEarly
self_assessment    proceed_to_rating       rater,hr         lapsed            -> rating
self_assessment    proceed_to_rating       clock            any               -> NotPermitted

rating             return_self_assessment  rater            any               -> self_assessment
rating             rate                    rater            unmoderated       -> feedback_meeting
rating             rate                    rater            moderated         -> moderation

moderation         confirm_rating          hr               any               -> feedback_meeting
moderation         return_rating           hr               any               -> rating

feedback_meeting   deliver_result          rater            any               -> response

# Arts 49(3), 50, 59(1): sign or object; silence counts from evidenced receipt only.
response           acknowledge_receipt     employee         delivered         -> response
response           acknowledge_receipt     employee         arrived           -> response
response           acknowledge_receipt     employee         seen              -> response
response           acknowledge_receipt     employee         received          -> AlreadyRecorded
response           record_receipt          hr               delivered         -> response
response           record_receipt          hr               arrived           -> response
response           record_receipt          hr               seen              -> AlreadyRecorded
response           record_receipt          hr               received          -> AlreadyRecorded
response           note_seen               employee         delivered         -> response
response           note_seen               employee         arrived           -> response
response           note_seen               employee         seen              -> AlreadyRecorded
response           note_seen               employee         received          -> AlreadyRecorded
response           note_delivery           clock            delivered         -> response
response           note_delivery           clock            arrived           -> AlreadyRecorded
response           note_delivery           clock            seen              -> AlreadyRecorded
response           note_delivery           clock            received          -> AlreadyRecorded
response           note_bounce             clock            delivered         -> IllegalTransition
response           note_bounce             clock            arrived           -> response
response           note_bounce             clock            seen              -> AlreadyRecorded
response           note_bounce             clock            received          -> AlreadyRecorded
response           deem_received           clock            delivered         -> TooEarly
response           deem_received           clock            arrived           -> TooEarly
response           deem_received           clock            seen              -> AlreadyRecorded
response           deem_received           clock            received          -> AlreadyRecorded
response           agree                   employee         any               -> agreed
response           object                  employee         any               -> objected
response           lapse_response          hr               delivered         -> TooEarly
response           lapse_response          hr               arrived           -> TooEarly
response           lapse_response          hr               seen,running      -> TooEarly
response           lapse_response          hr               seen,lapsed       -> countersign
response           lapse_response          hr               received,running  -> TooEarly
response           lapse_response          hr               received,lapsed   -> countersign
response           lapse_response          clock            any               -> NotPermitted

countersign        countersign             rater_superior   any               -> finalised
countersign        agree                   employee         any               -> agreed
countersign        object                  employee         any               -> objected

agreed             finalise                rater,hr         any               -> finalised
agreed             finalise                clock            any               -> NotPermitted

# Art 59(2)-(4): examined, both sides asked, kept or changed; final.
objected           admit_objection         appeals_officer  any               -> objection_review
objected           dismiss_objection       appeals_officer  any               -> finalised
objected           withdraw_objection      employee         any               -> finalised

objection_review   hear_employee           appeals_officer  heard_none        -> objection_review
objection_review   hear_employee           appeals_officer  heard_rater       -> objection_review
objection_review   hear_employee           appeals_officer  heard_employee    -> AlreadyRecorded
objection_review   hear_employee           appeals_officer  heard_both        -> AlreadyRecorded
objection_review   hear_rater              appeals_officer  heard_none        -> objection_review
objection_review   hear_rater              appeals_officer  heard_employee    -> objection_review
objection_review   hear_rater              appeals_officer  heard_rater       -> AlreadyRecorded
objection_review   hear_rater              appeals_officer  heard_both        -> AlreadyRecorded
objection_review   uphold_result           appeals_officer  heard_none        -> BothSidesNotHeard
objection_review   uphold_result           appeals_officer  heard_employee    -> BothSidesNotHeard
objection_review   uphold_result           appeals_officer  heard_rater       -> BothSidesNotHeard
objection_review   uphold_result           appeals_officer  heard_both        -> finalised
objection_review   change_result           appeals_officer  heard_none        -> BothSidesNotHeard
objection_review   change_result           appeals_officer  heard_employee    -> BothSidesNotHeard
objection_review   change_result           appeals_officer  heard_rater       -> BothSidesNotHeard
objection_review   change_result           appeals_officer  heard_both        -> finalised
objection_review   dismiss_objection       appeals_officer  any               -> finalised
objection_review   withdraw_objection      employee         any               -> finalised

finalised          reopen                  hr               any               -> rating

# Every open stage; resume goes back to where the case was suspended.
OPEN               cancel                  hr               any               -> cancelled
OPEN               reassign                hr               any               -> SAME
AWAITING           extend                  hr               any               -> SAME
RUNNING            suspend                 hr               any               -> suspended
OPEN               note_change             hr,rater         any               -> SAME

# "This is not my superior" stops the clock until HR has answered; a suspension for another reason is resumed.
DISPUTABLE         dispute_rater           employee         unconfirmed       -> suspended
DISPUTABLE         dispute_rater           employee         confirmed         -> RaterConfirmed
suspended          resume                  hr               by_hr             -> SOURCE
suspended          resume                  hr               by_dispute        -> DisputeOpen
suspended          answer_dispute          hr               by_dispute        -> SOURCE
suspended          answer_dispute          hr               by_hr             -> IllegalTransition

# Art 36: after a move what was done under an approved plan is rated.
plan_drafting      close_period            hr               unplanned         -> IllegalTransition
plan_drafting      close_period            hr               planned           -> rating
plan_review        close_period            hr               unplanned         -> IllegalTransition
plan_review        close_period            hr               planned           -> rating
PLANNED            close_period            hr               any               -> rating
self_assessment    close_period            hr               any               -> rating
"""

RUNNING = [
    "scheduled",
    "plan_drafting",
    "plan_review",
    "first_half",
    "midyear_report",
    "midyear_review",
    "second_half",
    "self_assessment",
    "rating",
    "moderation",
    "feedback_meeting",
    "response",
    "countersign",
    "agreed",
    "objected",
    "objection_review",
]
PLANNED = ["first_half", "midyear_report", "midyear_review", "second_half"]
GROUPS = {
    "PLANNED": PLANNED,
    "DISPUTABLE": ["scheduled", "plan_drafting", "plan_review", *PLANNED, "self_assessment", "rating"],
    "RUNNING": RUNNING,
    "OPEN": [*RUNNING, "suspended"],
    "AWAITING": [stage for stage in RUNNING if stage not in ("scheduled", "first_half", "second_half")]
    + ["suspended"],
}

# What must come with an action: without it the action is refused, by whoever may do it.
NEEDED = """
ParameterInvalid: revise_plan record_receipt note_delivery extend reassign
ContentMissing:   submit_plan return_plan submit_check_in return_check_in submit_self_assessment
ContentMissing:   return_self_assessment rate return_rating object dismiss_objection hear_employee hear_rater
ContentMissing:   uphold_result change_result suspend cancel reopen
ContentMissing:   note_change dispute_rater answer_dispute close_period
"""

Expected = dict[tuple[str, str, str], list[tuple[frozenset[str], str]]]


def _lines() -> Iterator[tuple[list[str], str, list[str], frozenset[str], str]]:
    for line in EXPECTATION.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, outcome = line.split("->")
        stage, trigger, who, when = left.split()
        circumstances = frozenset() if when == "any" else frozenset(when.split(","))
        yield GROUPS.get(stage, [stage]), trigger, who.split(","), circumstances, outcome.strip()


@lru_cache(maxsize=1)
def _expected() -> Expected:
    expected: Expected = {}
    for stages, trigger, capacities, circumstances, outcome in _lines():
        for stage in stages:
            for capacity in capacities:
                expected.setdefault((stage, trigger, capacity), []).append((circumstances, outcome))
    return expected


def _expected_outcome(
    stage: str, trigger: str, capacity: str, circumstances: frozenset[str], source: str | None
) -> str:
    choices = _expected().get((stage, trigger, capacity))
    if choices is None:
        someone_may = any(place[:2] == (stage, trigger) for place in _expected())
        return "NotPermitted" if someone_may else "IllegalTransition"
    fitting = [outcome for wanted, outcome in choices if wanted <= circumstances]
    assert len(fitting) == 1, f"{stage} {trigger} {capacity} {sorted(circumstances)}: {fitting}"
    return {"SAME": stage, "SOURCE": source or ""}.get(fitting[0], fitting[0])


def _outcome(case: Case, trigger: Trigger, capacity: Capacity) -> str:
    return _outcome_of(case, case.command(trigger, capacity))


def _outcome_of(case: Case, command: Command) -> str:
    """The stage that the command leads to, or the name of its refusal; the case itself stays where it is."""
    try:
        events = decide(case.appraisal, command, case.now, case.rules)
    except DomainError as refusal:
        return type(refusal).__name__
    reached = case.appraisal
    for event in events:
        reached = evolve(reached, event)
    last = events[-1]
    assert isinstance(last, Acted)
    told = (last.trigger, last.capacity, last.source, last.target)
    assert told == (command.trigger, command.capacity, case.stage, reached.stage)
    assert reached.sequence == case.appraisal.sequence + len(events)
    return reached.stage.value


def _revised_from(stage: Stage) -> Case:
    case = case_in(stage, patient())
    case.do(Trigger.REVISE_PLAN)
    case.do(Trigger.SUBMIT_PLAN)
    return case


def _check_in(number: int) -> Case:
    case = case_in(Stage.FIRST_HALF, patient(check_ins=QUARTERLY))
    for turn in range(1, number + 1):
        case.open()
        case.do(Trigger.SUBMIT_CHECK_IN)
        if turn < number:
            case.do(Trigger.REVIEW_CHECK_IN)
    return case


def _received() -> Case:
    case = case_in(Stage.RESPONSE, patient())
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    return case


def _noted(trigger: Trigger) -> Case:
    case = case_in(Stage.RESPONSE, patient())
    case.do(trigger)
    return case


def _heard(*triggers: Trigger) -> Case:
    case = case_in(Stage.OBJECTION_REVIEW, patient())
    for trigger in triggers:
        case.do(trigger)
    return case


def _suspended_from(stage: str) -> Callable[[], Case]:
    def make() -> Case:
        case = case_in(Stage(stage), patient(moderation=stage == "moderation"))
        case.do(Trigger.SUSPEND)
        return case

    return make


def _being_revised() -> Case:
    case = case_in(Stage.FIRST_HALF, patient())
    case.do(Trigger.REVISE_PLAN)
    return case


def _disputed_in(stage: str) -> Callable[[], Case]:
    def make() -> Case:
        case = case_in(Stage(stage), patient())
        case.do(Trigger.DISPUTE_RATER)
        return case

    return make


def _confirmed_in(stage: str) -> Callable[[], Case]:
    def make() -> Case:
        case = _disputed_in(stage)()
        case.do(Trigger.ANSWER_DISPUTE)
        return case

    return make


UNCONFIRMED = [
    "scheduled",
    "plan_drafting",
    "plan_review first",
    "first_half",
    "midyear_report",
    "midyear_review only_one",
    "second_half",
    "self_assessment",
    "rating unmoderated",
]


def _circumstances(name: str, lapse: str) -> frozenset[str]:
    """What is true of a situation: what its name says, and the usual where it says nothing."""
    told = name.split()[1:]
    revised = "planned" in told or any(word.startswith("revised") for word in told)
    return frozenset(
        [
            *told,
            lapse,
            "planned" if revised else "unplanned",
            "confirmed" if "confirmed" in told else "unconfirmed",
            "by_dispute" if "by_dispute" in told else "by_hr",
        ]
    )


def _plainly(stage: Stage) -> Callable[[], Case]:
    return lambda: case_in(stage, patient(moderation=stage is Stage.MODERATION))


SITUATIONS: dict[str, Callable[[], Case]] = {
    "scheduled": _plainly(Stage.SCHEDULED),
    "plan_drafting": _plainly(Stage.PLAN_DRAFTING),
    "plan_review first": _plainly(Stage.PLAN_REVIEW),
    "plan_review without_check_ins": lambda: case_in(Stage.PLAN_REVIEW, patient(check_ins=())),
    "plan_review revised_first": lambda: _revised_from(Stage.FIRST_HALF),
    "plan_review revised_report": lambda: _revised_from(Stage.MIDYEAR_REPORT),
    "plan_review revised_review": lambda: _revised_from(Stage.MIDYEAR_REVIEW),
    "plan_review revised_second": lambda: _revised_from(Stage.SECOND_HALF),
    "first_half": _plainly(Stage.FIRST_HALF),
    "midyear_report": _plainly(Stage.MIDYEAR_REPORT),
    "midyear_review only_one": _plainly(Stage.MIDYEAR_REVIEW),
    "midyear_review more_to_come": lambda: _check_in(3),
    "midyear_review last_of_four": lambda: _check_in(4),
    "second_half": _plainly(Stage.SECOND_HALF),
    "self_assessment": _plainly(Stage.SELF_ASSESSMENT),
    "rating unmoderated": _plainly(Stage.RATING),
    "rating moderated": lambda: case_in(Stage.RATING, patient(moderation=True)),
    "moderation": _plainly(Stage.MODERATION),
    "feedback_meeting": _plainly(Stage.FEEDBACK_MEETING),
    "response delivered": _plainly(Stage.RESPONSE),
    "response arrived": lambda: _noted(Trigger.NOTE_DELIVERY),
    "response seen": lambda: _noted(Trigger.NOTE_SEEN),
    "response received": _received,
    "countersign": _plainly(Stage.COUNTERSIGN),
    "agreed": _plainly(Stage.AGREED),
    "objected": _plainly(Stage.OBJECTED),
    "objection_review heard_none": lambda: _heard(),
    "objection_review heard_employee": lambda: _heard(Trigger.HEAR_EMPLOYEE),
    "objection_review heard_rater": lambda: _heard(Trigger.HEAR_RATER),
    "objection_review heard_both": lambda: _heard(Trigger.HEAR_RATER, Trigger.HEAR_EMPLOYEE),
    "finalised": _plainly(Stage.FINALISED),
    "cancelled": _plainly(Stage.CANCELLED),
    **{f"suspended from_{stage}": _suspended_from(stage) for stage in RUNNING},
    "plan_drafting planned": _being_revised,
    **{f"suspended by_dispute from_{stage}": _disputed_in(stage) for stage in GROUPS["DISPUTABLE"]},
    **{f"{name} confirmed": _confirmed_in(name.split()[0]) for name in UNCONFIRMED},
}


def _mismatches(case: Case, name: str, lapse: str) -> list[str]:
    stage, circumstances = name.split()[0], _circumstances(name, lapse)
    source = name.partition("from_")[2] or None
    found = []
    for trigger in Trigger:
        for capacity in Capacity:
            expected = _expected_outcome(stage, trigger, capacity, circumstances, source)
            actual = _outcome(case, trigger, capacity)
            if actual != expected:
                found.append(f"{name} {lapse}: {trigger} by {capacity}: {actual}, not {expected}")
    return found


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_trigger_by_every_capacity_has_the_expected_outcome_while_the_deadline_runs(name: str) -> None:
    case = SITUATIONS[name]()
    assert case.stage == name.split()[0]
    assert not _mismatches(case, name, "running")


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_trigger_by_every_capacity_has_the_expected_outcome_after_the_lapse(name: str) -> None:
    case = SITUATIONS[name]()
    if case.appraisal.deadline is None:
        assert name.split()[0] in {"scheduled", "first_half", "second_half", "finalised", "cancelled"}
        return
    case.now = case.lapse + dt.timedelta(hours=1)
    late_wake = _mismatches(case, name, "lapsed")
    case.lapsed()
    assert not late_wake
    assert not _mismatches(case, name, "lapsed")


def _acting(name: str) -> Iterator[tuple[Trigger, Capacity]]:
    """Who may do what in a situation while its deadline runs."""
    stage, circumstances = name.split()[0], _circumstances(name, "running")
    source = name.partition("from_")[2] or None
    for trigger in Trigger:
        for capacity in Capacity:
            outcome = _expected_outcome(stage, trigger, capacity, circumstances, source)
            if outcome in set(Stage):
                yield trigger, capacity


@pytest.mark.parametrize("name", SITUATIONS)
def test_without_what_must_come_with_it_an_action_is_refused_and_nothing_else_is_asked(name: str) -> None:
    needed: dict[str, str] = {}
    for line in NEEDED.strip().splitlines():
        refusal, triggers = line.split(":")
        needed |= dict.fromkeys(triggers.split(), refusal)
    case = SITUATIONS[name]()
    for trigger, capacity in _acting(name):
        bare = Command(id="key-1", trigger=trigger, capacity=capacity, actor=PEOPLE[capacity])
        assert _outcome_of(case, bare) == needed.get(trigger, _outcome(case, trigger, capacity)), trigger


@pytest.mark.parametrize("name", tuple(name for name in SITUATIONS if name.startswith("objec")))
def test_one_who_set_the_result_may_do_nothing_as_an_appeals_officer(name: str) -> None:
    case = SITUATIONS[name]()
    for trigger, capacity in _acting(name):
        if capacity is Capacity.APPEALS_OFFICER:
            command = case.command(trigger, capacity, actor=PEOPLE[Capacity.RATER])
            assert _outcome_of(case, command) == "ConflictOfInterest", trigger


def test_the_expectation_names_only_what_exists() -> None:
    for stages, trigger, capacities, _, outcome in _lines():
        assert {Stage(stage) for stage in stages}
        assert Trigger(trigger) in Trigger
        assert {Capacity(capacity) for capacity in capacities}
        assert outcome in {"SAME", "SOURCE", *Stage} or outcome[0].isupper()


def test_every_stage_and_every_trigger_occurs_in_the_expectation() -> None:
    assert {trigger for _, trigger, *_ in _lines()} == {trigger.value for trigger in Trigger}
    assert {name.split()[0] for name in SITUATIONS} == {stage.value for stage in Stage}


OPENING_STAGES = {
    Stage.SCHEDULED: Stage.PLAN_DRAFTING,
    Stage.FIRST_HALF: Stage.MIDYEAR_REPORT,
    Stage.SECOND_HALF: Stage.SELF_ASSESSMENT,
}


@pytest.mark.parametrize(("stage", "opened"), OPENING_STAGES.items())
def test_a_command_after_the_opening_day_finds_the_next_stage_open(stage: Stage, opened: Stage) -> None:
    case = case_in(stage)
    assert case.appraisal.opens_on is not None
    case.now = case.rules.calendar.start_of_day(case.appraisal.opens_on)
    events = case.decide(Trigger.CANCEL)
    assert [event.target for event in events if isinstance(event, Acted)] == [opened, Stage.CANCELLED]


AUTOMATIC = {
    "self_assessment": ("auto:proceed_to_rating", Stage.RATING),
    "response received": ("auto:lapse_response", Stage.COUNTERSIGN),
    "response seen": ("auto:lapse_response", Stage.COUNTERSIGN),
    "agreed": ("auto:finalise", Stage.FINALISED),
}


def _under(case: Case, policy: str) -> Case:
    """The same case under a scheme with ``policy`` on the lapse of its stage."""
    book = case.rules.book
    case.rules = rules(book, stages=lapse_policy(policy, book=book, only=case.stage))
    return case


@pytest.mark.parametrize("name", AUTOMATIC)
def test_the_clock_advances_a_lapsed_case_where_the_scheme_says_so(name: str) -> None:
    policy, target = AUTOMATIC[name]
    case = _under(SITUATIONS[name](), policy)
    assert case.lapsed().stage is target


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize(
    "policy", dict.fromkeys(("wait", "escalate", *(policy for policy, _ in AUTOMATIC.values())))
)
def test_the_clock_advances_no_lapsed_case_elsewhere(name: str, policy: str) -> None:
    case = SITUATIONS[name]()
    if case.appraisal.deadline is None or AUTOMATIC.get(name.removesuffix(" confirmed"), ("",))[0] == policy:
        return
    stage = case.stage
    assert _under(case, policy).lapsed().stage is stage


def test_before_the_lapse_not_even_an_authorised_clock_may_advance_a_case() -> None:
    case = _under(SITUATIONS["self_assessment"](), "auto:proceed_to_rating")
    assert _outcome(case, Trigger.PROCEED_TO_RATING, Capacity.CLOCK) == "TooEarly"


def test_a_rung_of_a_ladder_never_changes_the_stage() -> None:
    case = SITUATIONS["rating unmoderated"]()
    before = _without_deadline(case.appraisal)
    caused = case.wake(case.lapse + dt.timedelta(days=60))
    assert len([event for event in caused if isinstance(event, RungReached)]) == 7
    assert _without_deadline(case.appraisal) == before


def _without_deadline(appraisal: Appraisal) -> tuple[Stage, dt.datetime, int]:
    return appraisal.stage, appraisal.entered_at, appraisal.revision


def test_a_late_objection_is_refused_only_where_the_scheme_refuses_it() -> None:
    case = case_in(Stage.COUNTERSIGN, rules(late_objection="refuse"))
    assert _outcome(case, Trigger.OBJECT, Capacity.EMPLOYEE) == "TooLate"
    case = case_in(Stage.COUNTERSIGN)
    assert _outcome(case, Trigger.OBJECT, Capacity.EMPLOYEE) == "objected"


def test_a_refusal_leaves_the_case_as_it_was() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    before = case.appraisal
    with pytest.raises(DomainError):
        decide(case.appraisal, case.command(Trigger.APPROVE_PLAN, Capacity.EMPLOYEE), case.now, case.rules)
    assert case.appraisal == before
