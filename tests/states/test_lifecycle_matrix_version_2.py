"""Every stage × trigger × capacity × circumstance under version 2 of the national rules, written here by hand.

The expectation is read off the design of the lifecycle and PP 30/2019, not off the table under test.
"""

import datetime as dt
from collections.abc import Callable

import pytest

from states.appraisal import Appraisal
from states.commands import Command
from states.decide import decide
from states.errors import DomainError
from states.events import Acted, RungReached
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import PEOPLE, QUARTERLY, Case, case_in, lapse_policy, patient, rules
from tests.states.matrix import CONTESTED, PLANNED, Matrix, needed_of, outcome, outcome_of

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

# The right to object is independent of a signature, a report and a suspension (art 59(1)).
agreed             object                  employee         any               -> objected
finalised          object                  employee         any               -> objected
suspended          object                  employee         with_result       -> objected
suspended          object                  employee         contested         -> AlreadyRecorded
suspended          object                  employee         without_result,uncontested -> IllegalTransition

# This version has no term for a rater who does not sign, no answer to a disputed receipt and no provisional report.
feedback_meeting   lapse_delivery          hr               running           -> TooEarly
feedback_meeting   lapse_delivery          hr               lapsed            -> countersign
feedback_meeting   lapse_delivery          clock            any               -> NotPermitted
countersign        deliver_result          rater            any               -> IllegalTransition
RECEIPT            dispute_receipt         employee         any               -> IllegalTransition
RECEIPT            answer_receipt          hr               any               -> IllegalTransition
RECEIPT            report_provisionally    rater,hr         any               -> IllegalTransition
RECEIPT            report_provisionally    clock            any               -> NotPermitted

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
objection_review   dismiss_objection       appeals_officer  heard_none        -> BothSidesNotHeard
objection_review   dismiss_objection       appeals_officer  heard_employee    -> BothSidesNotHeard
objection_review   dismiss_objection       appeals_officer  heard_rater       -> BothSidesNotHeard
objection_review   dismiss_objection       appeals_officer  heard_both        -> finalised
objection_review   ask_employee            appeals_officer  any               -> IllegalTransition
objection_review   ask_rater               appeals_officer  any               -> IllegalTransition
objection_review   give_statement          employee,rater   any               -> IllegalTransition
objection_review   withdraw_objection      employee         any               -> finalised

finalised          reopen                  hr               any               -> rating

# Every open stage; resume goes back to where the case was suspended.
# No cancelling takes away an objection, or the days in which one is in time.
UNRECEIVED         cancel                  hr               any               -> cancelled
CONTESTED          cancel                  hr               any               -> ObjectionOpen
response           cancel                  hr               delivered         -> cancelled
response           cancel                  hr               arrived           -> cancelled
response           cancel                  hr               seen,running      -> ResponseRunning
response           cancel                  hr               seen,lapsed       -> cancelled
response           cancel                  hr               received,running  -> ResponseRunning
response           cancel                  hr               received,lapsed   -> cancelled
countersign        cancel                  hr               any               -> cancelled
agreed             cancel                  hr               running           -> ResponseRunning
agreed             cancel                  hr               lapsed            -> cancelled
suspended          cancel                  hr               contested         -> ObjectionOpen
suspended          cancel                  hr               uncontested,from_others -> cancelled
suspended          cancel                  hr               uncontested,from_agreed -> ResponseRunning
OPEN               reassign                hr               any               -> SAME
AWAITING           extend                  hr               any               -> SAME
RUNNING            suspend                 hr               any               -> suspended
OPEN               note_change             hr,rater         any               -> SAME
RUNNING            note_absence            hr               awaits_others     -> SAME
RUNNING            note_absence            hr               awaits_employee   -> suspended
RUNNING            note_return             hr               any               -> SAME
RUNNING            wait_for_return         clock            any               -> IllegalTransition
UNRATED            adopt_rules             hr               any               -> IllegalTransition
OPEN               adopt_calendar          hr               any               -> IllegalTransition
UNWORKED           follow_path             hr               any               -> ParameterInvalid
plan_drafting      note_superior_plan      clock            any               -> IllegalTransition
DECLARABLE         declare_conflict        rater            any               -> IllegalTransition

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
GROUPS = {
    "PLANNED": PLANNED,
    "DISPUTABLE": ["scheduled", "plan_drafting", "plan_review", *PLANNED, "self_assessment", "rating"],
    "RUNNING": RUNNING,
    "OPEN": [*RUNNING, "suspended"],
    "CONTESTED": CONTESTED,
    "UNRECEIVED": [*RUNNING[: RUNNING.index("response")]],
    "UNRATED": ["scheduled", "plan_drafting", "plan_review", *PLANNED, "self_assessment", "rating"],
    "UNWORKED": ["scheduled", "plan_drafting", "plan_review", *PLANNED],
    "RECEIPT": ["response", "countersign", *CONTESTED],
    "DECLARABLE": ["self_assessment", "rating"],
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
ContentMissing:   note_absence note_return withdraw_objection
"""

MATRIX = Matrix(EXPECTATION, GROUPS)


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


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_trigger_by_every_capacity_has_the_expected_outcome_while_the_deadline_runs(name: str) -> None:
    MATRIX.holds_while_running(SITUATIONS[name](), name)


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_trigger_by_every_capacity_has_the_expected_outcome_after_the_lapse(name: str) -> None:
    MATRIX.holds_after_the_lapse(SITUATIONS[name](), name)


@pytest.mark.parametrize("name", SITUATIONS)
def test_without_what_must_come_with_it_an_action_is_refused_and_nothing_else_is_asked(name: str) -> None:
    needed = needed_of(NEEDED)
    case = SITUATIONS[name]()
    for trigger, capacity in MATRIX.acting(name):
        bare = Command(id="key-1", trigger=trigger, capacity=capacity, actor=PEOPLE[capacity])
        assert outcome_of(case, bare) == needed.get(trigger, outcome(case, trigger, capacity)), trigger


@pytest.mark.parametrize("name", tuple(name for name in SITUATIONS if name.startswith("objec")))
def test_one_who_set_the_result_may_do_nothing_as_an_appeals_officer(name: str) -> None:
    MATRIX.bars_who_set_the_result(SITUATIONS[name](), name)


def test_the_expectation_names_only_what_exists() -> None:
    for stages, trigger, capacities, _, result in MATRIX.lines():
        assert {Stage(stage) for stage in stages}
        assert Trigger(trigger) in Trigger
        assert {Capacity(capacity) for capacity in capacities}
        assert result in {"SAME", "SOURCE", *Stage} or result[0].isupper()


def test_every_trigger_but_what_a_plan_passes_in_a_step_of_its_own_occurs_in_the_expectation() -> None:
    assert {trigger for _, trigger, *_ in MATRIX.lines()} == {*Trigger} - {Trigger.SCREEN_PLAN}


def test_every_stage_occurs_but_those_that_this_version_does_not_have() -> None:
    assert {name.split()[0] for name in SITUATIONS} == {*Stage} - {Stage.PLAN_SCREENING, Stage.REPORTING}


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
    assert outcome(case, Trigger.PROCEED_TO_RATING, Capacity.CLOCK) == "TooEarly"


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
    assert outcome(case, Trigger.OBJECT, Capacity.EMPLOYEE) == "TooLate"
    case = case_in(Stage.COUNTERSIGN)
    assert outcome(case, Trigger.OBJECT, Capacity.EMPLOYEE) == "objected"


def test_a_refusal_leaves_the_case_as_it_was() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    before = case.appraisal
    with pytest.raises(DomainError):
        decide(case.appraisal, case.command(Trigger.APPROVE_PLAN, Capacity.EMPLOYEE), case.now, case.rules)
    assert case.appraisal == before
