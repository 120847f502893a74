"""Every stage × trigger × capacity × circumstance under the national rules of today, written here by hand.

The expectation is read off PP 30/2019 and the design of the lifecycle, not off the table under test.
"""

from collections.abc import Callable
from typing import Any

import pytest

from states.commands import Command
from states.receipt_evidence import Evidence
from states.rule_context import RuleContext
from states.rules import BehindSuperiorRule
from states.stages import Capacity, Stage
from states.triggers import RatingBasis, Trigger
from tests.states.builders import CURRENT, PEOPLE, Case, case_in, current, lapse_policy
from tests.states.matrix import CONTESTED, PLANNED, Matrix, needed_of, outcome, outcome_of

EXPECTATION = """
# stage            trigger                 who              when              -> outcome

scheduled          open_planning           hr               any               -> plan_drafting
scheduled          open_planning           clock            any               -> TooEarly

# Art 24(1), (4): the employee signs, the rater sets; art 8(4): where the scheme says so, it is reviewed before.
plan_drafting      submit_plan             employee         unscreened        -> plan_review
plan_drafting      submit_plan             employee         screened          -> plan_screening
plan_screening     screen_plan             hr               any               -> plan_review
plan_screening     return_plan             hr               any               -> plan_drafting
plan_drafting      note_superior_plan      clock            runs              -> IllegalTransition
plan_drafting      note_superior_plan      clock            waits             -> plan_drafting
plan_review        return_plan             rater            any               -> plan_drafting
plan_review        approve_plan            rater            any               -> first_half

# Art 27(1): two check-ins.
first_half         open_check_in           hr               any               -> midyear_report
first_half         open_check_in           clock            any               -> TooEarly
midyear_report     submit_check_in         employee         any               -> midyear_review
midyear_review     return_check_in         rater            any               -> midyear_report
midyear_review     review_check_in         rater            first             -> first_half
midyear_review     review_check_in         rater            last              -> second_half
second_half        open_evaluation         hr               any               -> self_assessment
second_half        open_evaluation         clock            any               -> TooEarly
PLANNED            revise_plan             rater,hr         any               -> plan_drafting

self_assessment    submit_self_assessment  employee         any               -> rating
self_assessment    proceed_to_rating       rater,hr         running           -> TooEarly
self_assessment    proceed_to_rating       rater,hr         lapsed            -> rating
self_assessment    proceed_to_rating       clock            any               -> NotPermitted

rating             return_self_assessment  rater            any               -> self_assessment
rating             rate                    rater            unmoderated       -> feedback_meeting
rating             rate                    rater            moderated         -> moderation
moderation         confirm_rating          hr               any               -> feedback_meeting
moderation         return_rating           hr               any               -> rating

# Arts 49(2), 50: who does not sign in time is replaced by the superior, and may still sign before him.
feedback_meeting   deliver_result          rater            any               -> response
feedback_meeting   lapse_delivery          hr               running           -> TooEarly
feedback_meeting   lapse_delivery          hr               lapsed            -> countersign
feedback_meeting   lapse_delivery          clock            any               -> NotPermitted
countersign        deliver_result          rater            undelivered       -> response
countersign        deliver_result          rater            in_hand           -> IllegalTransition
countersign        countersign             rater_superior   undelivered       -> response
countersign        countersign             rater_superior   in_hand,undisputed -> reporting
countersign        countersign             rater_superior   disputed          -> ReceiptDisputed
countersign        agree                   employee         undelivered       -> IllegalTransition
countersign        agree                   employee         in_hand           -> agreed

# Arts 49(3), 59(1): the days count from receipt, which may be disputed once.
response           acknowledge_receipt     employee         fresh             -> response
response           acknowledge_receipt     employee         acknowledged      -> AlreadyRecorded
response           acknowledge_receipt     employee         recorded          -> response
response           record_receipt          hr               fresh             -> response
response           record_receipt          hr               acknowledged      -> AlreadyRecorded
response           record_receipt          hr               recorded          -> AlreadyRecorded
response           note_seen               employee         fresh             -> response
response           note_seen               employee         acknowledged      -> AlreadyRecorded
response           note_seen               employee         recorded          -> AlreadyRecorded
response           note_delivery           clock            fresh             -> response
response           note_delivery           clock            acknowledged      -> AlreadyRecorded
response           note_delivery           clock            recorded          -> AlreadyRecorded
response           note_bounce             clock            fresh             -> IllegalTransition
response           note_bounce             clock            acknowledged      -> AlreadyRecorded
response           note_bounce             clock            recorded          -> AlreadyRecorded
response           deem_received           clock            fresh             -> TooEarly
response           deem_received           clock            acknowledged      -> AlreadyRecorded
response           deem_received           clock            recorded          -> AlreadyRecorded
response           agree                   employee         any               -> agreed
response           lapse_response          hr               fresh             -> TooEarly
response           lapse_response          hr               acknowledged,running -> TooEarly
response           lapse_response          hr               acknowledged,lapsed,uncountersigned -> countersign
response           lapse_response          hr               acknowledged,lapsed,countersigned -> reporting
response           lapse_response          hr               recorded,running  -> TooEarly
response           lapse_response          hr               recorded,lapsed,undisputed -> countersign
response           lapse_response          hr               recorded,lapsed,disputed -> ReceiptDisputed
response           lapse_response          clock            any               -> NotPermitted
RECEIPT            dispute_receipt         employee         unrecorded        -> IllegalTransition
RECEIPT            dispute_receipt         employee         recorded,undisputed,unanswered -> SAME
RECEIPT            dispute_receipt         employee         recorded,disputed -> AlreadyRecorded
RECEIPT            dispute_receipt         employee         recorded,answered -> AlreadyRecorded
RECEIPT            answer_receipt          hr               undisputed        -> IllegalTransition
RECEIPT            answer_receipt          hr               disputed          -> SAME

# Art 59(1): whoever has a result before him may object, until an objection is decided. A signature is no waiver.
response           object                  employee         any               -> objected
countersign        object                  employee         undelivered       -> IllegalTransition
countersign        object                  employee         in_hand           -> objected
agreed             object                  employee         any               -> objected
reporting          object                  employee         undecided         -> objected
reporting          object                  employee         decided           -> SettledByObjection
finalised          object                  employee         undecided         -> objected
finalised          object                  employee         decided           -> SettledByObjection
suspended          object                  employee         with_result       -> objected
suspended          object                  employee         contested         -> AlreadyRecorded
suspended          object                  employee         without_result,uncontested -> IllegalTransition

# Art 51(1): reported by somebody, once, with a flag where it is not settled.
agreed             finalise                rater,hr         any               -> finalised
agreed             finalise                clock            any               -> NotPermitted
reporting          finalise                rater,hr         any               -> finalised
reporting          finalise                clock            any               -> NotPermitted
RECEIPT            report_provisionally    rater,hr         in_hand,unreported -> SAME
RECEIPT            report_provisionally    rater,hr         reported          -> AlreadyRecorded
RECEIPT            report_provisionally    rater,hr         undelivered       -> IllegalTransition
RECEIPT            report_provisionally    clock            any               -> NotPermitted

# Art 59(2)-(4): nobody is dismissed unheard; both sides are asked, and answer or let the day pass.
objected           admit_objection         appeals_officer  any               -> objection_review
objected           dismiss_objection       appeals_officer  any               -> reporting
objected           withdraw_objection      employee         any               -> reporting
objection_review   withdraw_objection      employee         any               -> reporting
objection_review   hear_employee           appeals_officer  any               -> IllegalTransition
objection_review   hear_rater              appeals_officer  any               -> IllegalTransition
objection_review   ask_employee            appeals_officer  unasked           -> objection_review
objection_review   ask_employee            appeals_officer  asked,running     -> AlreadyRecorded
objection_review   ask_employee            appeals_officer  asked,lapsed      -> objection_review
objection_review   ask_employee            appeals_officer  heard             -> objection_review
objection_review   ask_rater               appeals_officer  unasked           -> objection_review
objection_review   ask_rater               appeals_officer  asked,running     -> AlreadyRecorded
objection_review   ask_rater               appeals_officer  asked,lapsed      -> objection_review
objection_review   ask_rater               appeals_officer  heard             -> objection_review
objection_review   give_statement          employee,rater   unasked           -> IllegalTransition
objection_review   give_statement          employee,rater   asked             -> objection_review
objection_review   give_statement          employee,rater   heard             -> IllegalTransition
DECIDING           uphold_result           appeals_officer  unasked           -> BothSidesNotHeard
DECIDING           uphold_result           appeals_officer  asked,running     -> BothSidesNotHeard
DECIDING           uphold_result           appeals_officer  asked,lapsed      -> reporting
DECIDING           uphold_result           appeals_officer  heard             -> reporting
DECIDING           change_result           appeals_officer  unasked           -> BothSidesNotHeard
DECIDING           change_result           appeals_officer  asked,running     -> BothSidesNotHeard
DECIDING           change_result           appeals_officer  asked,lapsed      -> reporting
DECIDING           change_result           appeals_officer  heard             -> reporting
DECIDING           dismiss_objection       appeals_officer  unasked           -> BothSidesNotHeard
DECIDING           dismiss_objection       appeals_officer  asked,running     -> BothSidesNotHeard
DECIDING           dismiss_objection       appeals_officer  asked,lapsed      -> reporting
DECIDING           dismiss_objection       appeals_officer  heard             -> reporting

# Art 59(4): final, but for a decision from above or a slip of the pen, and never back to a free rating.
finalised          reopen                  hr               undecided         -> rating
finalised          reopen                  hr               decided           -> objection_review
reporting          reopen                  hr               undecided         -> IllegalTransition
reporting          reopen                  hr               decided           -> objection_review

# No cancelling takes away an objection, its decision, or the days in which one is in time.
UNRECEIVED         cancel                  hr               any               -> cancelled
CONTESTED          cancel                  hr               any               -> ObjectionOpen
response           cancel                  hr               fresh             -> cancelled
response           cancel                  hr               acknowledged,running -> ResponseRunning
response           cancel                  hr               acknowledged,lapsed -> cancelled
response           cancel                  hr               recorded,running  -> ResponseRunning
response           cancel                  hr               recorded,lapsed   -> cancelled
countersign        cancel                  hr               any               -> cancelled
agreed             cancel                  hr               running           -> ResponseRunning
agreed             cancel                  hr               lapsed            -> cancelled
reporting          cancel                  hr               undecided         -> cancelled
reporting          cancel                  hr               decided           -> SettledByObjection
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
scheduled          follow_path             hr               any               -> scheduled
UNWORKED           follow_path             hr               any               -> second_half

UNRATED            dispute_rater           employee         any               -> suspended

# UU 30/2014 art 42: where the scheme says so, a rater with a conflict of interest leaves the rating to the superior.
DECLARABLE         declare_conflict        rater            undeclarable      -> IllegalTransition
DECLARABLE         declare_conflict        rater            declarable        -> SAME
suspended          resume                  hr               by_hr             -> SOURCE
suspended          resume                  hr               by_dispute        -> DisputeOpen
suspended          answer_dispute          hr               by_dispute        -> SOURCE
suspended          answer_dispute          hr               by_hr             -> IllegalTransition

PLAN               close_period            hr               any               -> IllegalTransition
PLANNED            close_period            hr               any               -> rating
self_assessment    close_period            hr               any               -> rating
"""

PLAN = ["plan_drafting", "plan_screening", "plan_review"]
UNRATED = ["scheduled", *PLAN, *PLANNED, "self_assessment", "rating"]
RUNNING = [
    *UNRATED,
    "moderation",
    "feedback_meeting",
    "response",
    "countersign",
    "agreed",
    "reporting",
    *CONTESTED,
]
GROUPS = {
    "PLAN": PLAN,
    "PLANNED": PLANNED,
    "UNRATED": UNRATED,
    "UNWORKED": [*PLAN, *PLANNED],
    "RUNNING": RUNNING,
    "CONTESTED": CONTESTED,
    "UNRECEIVED": [*UNRATED, "moderation", "feedback_meeting"],
    "OPEN": [*RUNNING, "suspended"],
    "AWAITING": [stage for stage in RUNNING if stage not in ("scheduled", "first_half", "second_half")]
    + ["suspended"],
    "RECEIPT": ["response", "countersign", *CONTESTED],
    "DECIDING": ["objection_review"],
    "DECLARABLE": ["self_assessment", "rating"],
}
MATRIX = Matrix(EXPECTATION, GROUPS)

# What must come with an action: without it the action is refused, by whoever may do it.
NEEDED = """
ParameterInvalid: revise_plan record_receipt note_delivery extend reassign follow_path dismiss_objection
ParameterInvalid: note_superior_plan
ContentMissing:   submit_plan return_plan submit_check_in return_check_in submit_self_assessment
ContentMissing:   return_self_assessment rate return_rating object ask_employee ask_rater give_statement
ContentMissing:   uphold_result change_result suspend cancel reopen withdraw_objection
ContentMissing:   note_change dispute_rater answer_dispute close_period note_absence note_return
ContentMissing:   dispute_receipt answer_receipt
NobodyAbove:      declare_conflict
"""


WAITS = BehindSuperiorRule(clock="waits", days=5)


def under(**changes: Any) -> RuleContext:
    """Deadlines under which the clock never moves a case by itself."""
    return current(**{"stages": lapse_policy("escalate", book=CURRENT), **changes})


def _plainly(stage: Stage) -> Callable[[], Case]:
    options = {"moderation": stage is Stage.MODERATION, "plan_screening": stage is Stage.PLAN_SCREENING}
    return lambda: case_in(stage, under(**options))


def _after(stage: Stage, *triggers: Trigger | tuple[Trigger, Capacity], **fields: Any) -> Callable[[], Case]:
    def make() -> Case:
        case = case_in(stage, under())
        for each in triggers:
            case.do(*(each if isinstance(each, tuple) else (each,)), **fields)
        return case

    return make


def _not_delivered() -> Case:
    case = case_in(Stage.FEEDBACK_MEETING, under()).lapsed()
    case.do(Trigger.LAPSE_DELIVERY, Capacity.HR)
    return case


def _countersigned_and_received() -> Case:
    case = _not_delivered()
    case.do(Trigger.COUNTERSIGN)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    return case


def _recorded(*triggers: Trigger) -> Callable[[], Case]:
    """HR has put a handing over on record."""

    def make() -> Case:
        case = case_in(Stage.RESPONSE, under())
        case.do(Trigger.RECORD_RECEIPT, evidence=Evidence.RECORDED)
        for trigger in triggers:
            case.do(trigger, **({"received_on": None} if trigger is Trigger.ANSWER_RECEIPT else {}))
        return case

    return make


def _recorded_and_silent(*triggers: Trigger) -> Callable[[], Case]:
    def make() -> Case:
        case = _recorded()().lapsed()
        case.do(Trigger.LAPSE_RESPONSE, Capacity.HR)
        for trigger in triggers:
            case.do(trigger)
        return case

    return make


def _decided(*triggers: Trigger) -> Callable[[], Case]:
    return _after(
        Stage.OBJECTION_REVIEW,
        Trigger.ASK_EMPLOYEE,
        Trigger.ASK_RATER,
        (Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE),
        (Trigger.GIVE_STATEMENT, Capacity.RATER),
        Trigger.UPHOLD_RESULT,
        *triggers,
    )


def _suspended_from(stage: str, trigger: Trigger = Trigger.SUSPEND) -> Callable[[], Case]:
    def make() -> Case:
        case = _plainly(Stage(stage))()
        case.do(trigger)
        return case

    return make


SITUATIONS: dict[str, Callable[[], Case]] = {
    **{
        stage: _plainly(Stage(stage))
        for stage in (
            "scheduled",
            "plan_screening",
            "plan_review",
            "first_half",
            "midyear_report",
            "second_half",
            "self_assessment",
            "moderation",
            "feedback_meeting",
            "agreed",
            "reporting",
            "objected",
            "finalised",
            "cancelled",
        )
    },
    "plan_drafting": _plainly(Stage.PLAN_DRAFTING),
    "plan_drafting waits": lambda: case_in(Stage.PLAN_DRAFTING, under(behind_superior=WAITS)),
    "plan_drafting screened": lambda: case_in(Stage.PLAN_DRAFTING, under(plan_screening=True)),
    "midyear_review first": _plainly(Stage.MIDYEAR_REVIEW),
    "midyear_review last": lambda: (
        _after(Stage.MIDYEAR_REVIEW, Trigger.REVIEW_CHECK_IN)().open().reach(Stage.MIDYEAR_REVIEW)
    ),
    "self_assessment declarable": lambda: case_in(Stage.SELF_ASSESSMENT, under(conflict_declaration=True)),
    "rating unmoderated": _plainly(Stage.RATING),
    "rating unmoderated declarable": lambda: case_in(Stage.RATING, under(conflict_declaration=True)),
    "rating moderated": lambda: case_in(Stage.RATING, under(moderation=True)),
    "response fresh unrecorded": _plainly(Stage.RESPONSE),
    "response acknowledged unrecorded": _after(Stage.RESPONSE, Trigger.ACKNOWLEDGE_RECEIPT),
    "response acknowledged unrecorded countersigned": _countersigned_and_received,
    "response acknowledged unrecorded reported": _after(
        Stage.RESPONSE, Trigger.ACKNOWLEDGE_RECEIPT, (Trigger.REPORT_PROVISIONALLY, Capacity.RATER)
    ),
    "response recorded unanswered": _recorded(),
    "response recorded disputed": _recorded(Trigger.DISPUTE_RECEIPT),
    "response recorded answered": _recorded(Trigger.DISPUTE_RECEIPT, Trigger.ANSWER_RECEIPT),
    "countersign unrecorded": _plainly(Stage.COUNTERSIGN),
    "countersign undelivered unrecorded": _not_delivered,
    "countersign recorded unanswered": _recorded_and_silent(),
    "countersign recorded disputed": _recorded_and_silent(Trigger.DISPUTE_RECEIPT),
    "objected unrecorded": _plainly(Stage.OBJECTED),
    "objected unrecorded reported": _after(Stage.OBJECTED, (Trigger.REPORT_PROVISIONALLY, Capacity.RATER)),
    "objection_review unasked unrecorded": _plainly(Stage.OBJECTION_REVIEW),
    "objection_review asked unrecorded": _after(
        Stage.OBJECTION_REVIEW, Trigger.ASK_EMPLOYEE, Trigger.ASK_RATER
    ),
    "objection_review heard unrecorded": _after(
        Stage.OBJECTION_REVIEW,
        Trigger.ASK_EMPLOYEE,
        Trigger.ASK_RATER,
        (Trigger.GIVE_STATEMENT, Capacity.EMPLOYEE),
        (Trigger.GIVE_STATEMENT, Capacity.RATER),
    ),
    "reporting decided": _decided(),
    "finalised decided": _decided(Trigger.FINALISE),
    **{f"suspended from_{stage}": _suspended_from(stage) for stage in RUNNING},
    **{
        f"suspended by_dispute from_{stage}": _suspended_from(stage, Trigger.DISPUTE_RATER)
        for stage in UNRATED
    },
}
del SITUATIONS["objected"]


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
        expected = needed.get(trigger, outcome(case, trigger, capacity))
        if trigger is Trigger.REOPEN and "decided" in name.split():
            expected = "ParameterInvalid"
        assert outcome_of(case, bare) == expected, trigger


@pytest.mark.parametrize("name", tuple(name for name in SITUATIONS if name.startswith("objec")))
def test_one_who_set_the_result_may_do_nothing_as_an_appeals_officer(name: str) -> None:
    MATRIX.bars_who_set_the_result(SITUATIONS[name](), name)


def test_one_who_rated_by_stepping_in_does_not_countersign_the_same_result() -> None:
    """Arts 46(3) and 50: the superior would sign above himself."""
    case = case_in(Stage.RATING, under())
    case.do(Trigger.RATE, actor=PEOPLE[Capacity.RATER_SUPERIOR])
    case.do(Trigger.DELIVER_RESULT)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    case.lapsed().do(Trigger.LAPSE_RESPONSE, Capacity.HR)
    assert outcome(case, Trigger.COUNTERSIGN, Capacity.RATER_SUPERIOR) == "ConflictOfInterest"


def test_every_trigger_occurs_in_the_expectation() -> None:
    assert {trigger for _, trigger, *_ in MATRIX.lines()} == {trigger.value for trigger in Trigger}


def test_every_stage_occurs_in_the_situations() -> None:
    assert {name.split()[0] for name in SITUATIONS} == {stage.value for stage in Stage}


def test_a_path_that_the_scheme_does_not_know_is_refused() -> None:
    case = case_in(Stage.FIRST_HALF, under(paths={}))
    command = case.command(Trigger.FOLLOW_PATH, Capacity.HR, basis=RatingBasis.HOST_MATERIAL)
    assert outcome_of(case, command) == "ParameterInvalid"
