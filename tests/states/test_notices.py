"""Who is told what: every kind of event against an expectation that is written here by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from notifications.kinds import kind_of
from states.appraisal import Appraisal, Deadline, Duty, DutyKind
from states.duties import DUTY_HOLDERS
from states.events import Acted, Event, Lapsed, Launched, RungReached
from states.evolve import evolve
from states.notices import Notice, notices_of, still_to_tell
from states.rules import RungKind
from states.stages import HOLDERS, Capacity, Stage
from states.table import TABLE
from states.templates import INFORMING, Template
from states.transition import Transition
from states.triggers import Trigger
from tests.states.builders import case_in, current, day, local, new_appraisal, rules

AT = local("2026-03-02 10:00")
DUE = day("2026-03-31")
DEADLINE = Deadline("plan", day("2026-03-01"), DUE)

# Where a case comes to from another stage; nobody is awaited by a task in what is not listed.
ON_ARRIVAL = """
plan_drafting     employee         task_opened
plan_screening    hr               task_opened
plan_review       rater            task_opened
midyear_report    employee         task_opened
midyear_review    rater            task_opened
self_assessment   employee         task_opened
rating            rater            task_opened
moderation        hr               task_opened
feedback_meeting  rater            task_opened
response          employee         result_ready
countersign       rater_superior   task_opened
agreed            rater            task_opened
reporting         rater            task_opened
objected          appeals_officer  task_opened
objection_review  appeals_officer  task_opened
finalised         employee         finalised
"""
ARRIVALS = {stage: (who, what) for stage, who, what in map(str.split, ON_ARRIVAL.strip().splitlines())}
UNTOLD = {"scheduled", "first_half", "second_half", "suspended", "cancelled"}

# Triggers after which the employee hears of a change, unless the stage that follows opens a task of his own.
HEARD_OF = {"suspend", "wait_for_return", "close_period", "answer_dispute", "follow_path", "adopt_rules"}

# What is told of an action as a fact, whatever it asks of anybody: who is told, and from which template.
AS_FACTS = """
object              employee         objection_filed
object              rater            objection_filed
dismiss_objection   employee         objection_ended
dismiss_objection   rater            objection_ended
uphold_result       employee         objection_ended
uphold_result       rater            objection_ended
change_result       employee         objection_ended
change_result       rater            objection_ended
withdraw_objection  employee         objection_ended
withdraw_objection  rater            objection_ended
give_statement      appeals_officer  statement_given
note_superior_plan  employee         superior_plan_set
declare_conflict    employee         conflict_declared
declare_conflict    hr               conflict_declared
declare_conflict    rater            conflict_declared
record_receipt      employee         receipt_recorded
answer_receipt      employee         receipt_answered
"""
FACTS = [(trigger, (who, what)) for trigger, who, what in map(str.split, AS_FACTS.strip().splitlines())]

# Of these ends the employee hears by the fact itself, and by no second notice that the case is complete.
SAID_BY_THE_FACT = {"dismiss_objection", "uphold_result", "change_result", "withdraw_objection"}

# An extension in a stage of each holder: both sides hear of it, the personnel officers who grant it do not.
ON_EXTENSION = (
    (Stage.PLAN_DRAFTING, ["employee"]),
    (Stage.PLAN_REVIEW, ["rater", "employee"]),
    (Stage.RESPONSE, ["employee"]),
    (Stage.MODERATION, ["employee"]),
    (Stage.COUNTERSIGN, ["rater_superior", "employee"]),
    (Stage.OBJECTION_REVIEW, ["appeals_officer", "employee"]),
    (Stage.SUSPENDED, ["employee"]),
)

# A capacity is handed over in a stage: who hears of it by name, and whether the employee hears of a change.
ON_HAND_OVER: tuple[tuple[Stage, Capacity | None, list[tuple[str, str, str | None]]], ...] = (
    (Stage.RATING, Capacity.RATER, [("rater", "handed_over", "dewi"), ("employee", "changed", None)]),
    (Stage.PLAN_DRAFTING, Capacity.RATER, [("employee", "changed", None)]),
    (Stage.FIRST_HALF, Capacity.RATER, [("employee", "changed", None)]),
    (Stage.COUNTERSIGN, Capacity.RATER_SUPERIOR, [("rater_superior", "handed_over", "dewi")]),
    (Stage.OBJECTED, Capacity.APPEALS_OFFICER, [("appeals_officer", "handed_over", "dewi")]),
    (Stage.RATING, Capacity.APPEALS_OFFICER, []),
    (Stage.RATING, None, []),
)

# A rung in a stage of each holder: who is told, and who sees it in the inbox alone.
ON_RUNG: tuple[tuple[RungKind, Stage, list[str], list[str]], ...] = (
    (RungKind.REMINDER, Stage.PLAN_REVIEW, ["rater"], []),
    (RungKind.REMINDER, Stage.PLAN_REVIEW, ["rater", "hr"], []),
    (RungKind.ESCALATION, Stage.PLAN_DRAFTING, ["rater"], ["employee"]),
    (RungKind.ESCALATION, Stage.PLAN_REVIEW, ["rater", "rater_superior"], ["employee"]),
    (RungKind.ESCALATION, Stage.PLAN_REVIEW, ["rater_superior"], ["employee", "rater"]),
    (RungKind.ESCALATION, Stage.OBJECTION_REVIEW, ["hr"], ["appeals_officer", "employee"]),
    (RungKind.ESCALATION, Stage.RESPONSE, ["employee", "hr"], []),
    (RungKind.ESCALATION, Stage.FIRST_HALF, ["hr"], ["employee"]),
)


def case_after(stage: Stage, *, deadline: Deadline | None = DEADLINE) -> Appraisal:
    """A case as an event has left it: in ``stage``, after nine events."""
    return replace(new_appraisal(rules()), stage=stage, sequence=9, deadline=deadline)


def acted(trigger: Trigger, source: Stage, target: Stage, capacity: Capacity | None = None) -> Acted:
    assignee = None if capacity is None else "dewi"
    return Acted(
        AT, trigger, Capacity.HR, source, target, "rina", assignee=assignee, assigned_capacity=capacity
    )


def rung(kind: RungKind, audience: list[str]) -> RungReached:
    return RungReached(AT, "plan", "h-3", kind, DUE, tuple(Capacity(each) for each in audience))


def told(event: Event, after: Appraisal) -> list[tuple[str, str]]:
    """Who is told, and from which template."""
    return [(notice.audience.value, notice.template.value) for notice in notices_of(event, after)]


def name_of(row: Transition) -> str:
    return f"{row.trigger}: {row.source} to {row.target}"


def test_the_expectation_knows_every_stage() -> None:
    assert {*ARRIVALS} | UNTOLD == {stage.value for stage in Stage}
    assert not {*ARRIVALS} & UNTOLD


@pytest.mark.parametrize("row", [row for row in TABLE if row.target is not row.source], ids=name_of)
def test_a_move_is_told_to_whoever_is_awaited_and_to_the_employee_whom_it_concerns(row: Transition) -> None:
    trigger, target = row.trigger.value, row.target.value
    expected = [ARRIVALS[target]] if target in ARRIVALS else []
    if target == "finalised" and trigger in SAID_BY_THE_FACT:
        expected = []
    set_by_the_superior = (trigger, target) == ("countersign", "reporting")
    if (trigger in HEARD_OF and HOLDERS.get(row.target) is not Capacity.EMPLOYEE) or set_by_the_superior:
        expected.append(("employee", "changed"))
    expected += [told for told_of, told in FACTS if told_of == trigger]
    assert told(acted(row.trigger, row.source, row.target), case_after(row.target)) == expected


@pytest.mark.parametrize(
    "row",
    [row for row in TABLE if row.target is row.source and row.trigger is not Trigger.EXTEND],
    ids=name_of,
)
def test_what_moves_nothing_and_hands_nothing_over_is_told_as_the_fact_that_it_is_or_not_at_all(
    row: Transition,
) -> None:
    expected = [("employee", "changed")] if row.trigger.value in {"follow_path", "adopt_rules"} else []
    expected += [told for told_of, told in FACTS if told_of == row.trigger.value]
    assert told(acted(row.trigger, row.source, row.target), case_after(row.target)) == expected


@pytest.mark.parametrize(("stage", "who"), ON_EXTENSION)
def test_an_extension_is_told_to_both_sides_with_the_new_day(stage: Stage, who: list[str]) -> None:
    notices = notices_of(acted(Trigger.EXTEND, stage, stage), case_after(stage))
    assert [(notice.audience.value, notice.template.value) for notice in notices] == [
        (each, "extended") for each in who
    ]
    assert {notice.due_on for notice in notices} == {DUE}


def test_an_extension_that_left_no_deadline_is_told_to_nobody() -> None:
    after = case_after(Stage.PLAN_REVIEW, deadline=None)
    assert told(acted(Trigger.EXTEND, after.stage, after.stage), after) == []


@pytest.mark.parametrize("trigger", (Trigger.REASSIGN, Trigger.NOTE_CHANGE))
@pytest.mark.parametrize(("stage", "capacity", "expected"), ON_HAND_OVER)
def test_a_hand_over_is_told_to_the_new_official_and_another_rater_to_the_employee(
    trigger: Trigger, stage: Stage, capacity: Capacity | None, expected: list[tuple[str, str, str | None]]
) -> None:
    notices = notices_of(acted(trigger, stage, stage, capacity), case_after(stage))
    assert [
        (notice.audience.value, notice.template.value, notice.recipient) for notice in notices
    ] == expected
    assert {notice.due_on for notice in notices} <= {None}


def test_a_dispute_that_is_answered_with_another_rater_tells_him_by_his_task() -> None:
    event = acted(Trigger.ANSWER_DISPUTE, Stage.SUSPENDED, Stage.RATING, Capacity.RATER)
    assert told(event, case_after(Stage.RATING)) == [("rater", "task_opened"), ("employee", "changed")]


def test_a_dispute_that_is_answered_while_the_employee_is_awaited_tells_him_by_his_task() -> None:
    event = acted(Trigger.ANSWER_DISPUTE, Stage.SUSPENDED, Stage.PLAN_DRAFTING)
    assert told(event, case_after(Stage.PLAN_DRAFTING)) == [("employee", "task_opened")]


@pytest.mark.parametrize(("kind", "stage", "audience", "shown"), ON_RUNG)
def test_a_rung_is_sent_to_its_audience_and_shown_to_those_whom_it_concerns(
    kind: RungKind, stage: Stage, audience: list[str], shown: list[str]
) -> None:
    notices = notices_of(rung(kind, audience), case_after(stage))
    assert [notice.audience for notice in notices if not notice.inbox_only] == audience
    assert [notice.audience for notice in notices if notice.inbox_only] == shown
    assert {(notice.template.value, notice.rule, notice.due_on) for notice in notices} == {
        (kind.value, "h-3", DUE)
    }


@pytest.mark.parametrize(
    "event",
    (
        Lapsed(AT, "plan", DUE, "escalate"),
        Launched(AT, "sari", 2026, "nasional@1", "id-2026", dt.date(2026, 1, 1)),
    ),
)
@pytest.mark.parametrize("stage", tuple(Stage))
def test_neither_a_lapse_nor_a_launch_is_told_by_itself(event: Event, stage: Stage) -> None:
    assert told(event, case_after(stage)) == []


def test_a_notice_says_where_and_when_it_belongs() -> None:
    event = acted(Trigger.SUBMIT_PLAN, Stage.PLAN_DRAFTING, Stage.PLAN_REVIEW)
    assert notices_of(event, case_after(Stage.PLAN_REVIEW)) == [
        Notice(
            Stage.PLAN_REVIEW,
            rule="submit_plan",
            occurrence=9,
            audience=Capacity.RATER,
            template=Template.TASK_OPENED,
            due_on=DUE,
            at=AT,
            inbox_only=False,
            recipient=None,
        )
    ]


def test_of_a_stage_that_was_only_passed_through_nobody_is_told() -> None:
    passed = notices_of(
        acted(Trigger.SUBMIT_PLAN, Stage.PLAN_DRAFTING, Stage.PLAN_REVIEW), case_after(Stage.PLAN_REVIEW)
    )
    after = case_after(Stage.PLAN_DRAFTING)
    stayed = notices_of(acted(Trigger.RETURN_PLAN, Stage.PLAN_REVIEW, Stage.PLAN_DRAFTING), after)
    assert still_to_tell([*passed, *stayed], after) == stayed


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.SCHEDULED, Stage.CANCELLED}))
def test_an_event_tells_nobody_two_things(stage: Stage) -> None:
    """The database knows a notice by case, stage, rule, occurrence and reader: a second one would be lost."""
    newer = stage in (Stage.PLAN_SCREENING, Stage.REPORTING)
    under = current(plan_screening=True) if newer else rules(moderation=stage is Stage.MODERATION)
    case = case_in(stage, under)
    appraisal, keys = new_appraisal(case.rules), list[tuple[object, ...]]()
    for event in case.events:
        appraisal = evolve(appraisal, event)
        keys += [
            (each.stage, each.rule, each.occurrence, each.audience, each.recipient)
            for each in notices_of(event, appraisal)
        ]
    assert keys
    assert len(keys) == len(set(keys))


STATEMENTS = ((DutyKind.EMPLOYEE_STATEMENT, "employee"), (DutyKind.RATER_STATEMENT, "rater"))
OWED = (*STATEMENTS, (DutyKind.RECEIPT_ANSWER, "hr"))

# A rung of what is owed beside the examination: who is told, and who sees it in the inbox alone.
ON_RUNG_OF_A_DUTY: tuple[tuple[RungKind, DutyKind, list[str], list[str]], ...] = (
    (RungKind.REMINDER, DutyKind.EMPLOYEE_STATEMENT, ["employee"], []),
    (RungKind.REMINDER, DutyKind.RATER_STATEMENT, ["rater"], []),
    (RungKind.ESCALATION, DutyKind.EMPLOYEE_STATEMENT, ["employee", "appeals_officer"], []),
    (RungKind.ESCALATION, DutyKind.RATER_STATEMENT, ["appeals_officer"], ["employee", "rater"]),
    (RungKind.ESCALATION, DutyKind.REPORT, ["rater_superior"], ["employee", "rater"]),
    (RungKind.ESCALATION, DutyKind.RECEIPT_ANSWER, ["hr"], ["employee"]),
)


def owed(kind: DutyKind) -> Duty:
    return Duty(kind, DUTY_HOLDERS[kind], Deadline("owed", day("2026-03-01"), DUE))


def case_owing(*kinds: DutyKind, stage: Stage = Stage.OBJECTION_REVIEW) -> Appraisal:
    return replace(case_after(stage), duties=tuple(owed(kind) for kind in kinds))


def in_place(trigger: Trigger, stage: Stage, *kinds: DutyKind) -> Acted:
    """An act that leaves the stage alone and begins duties."""
    return replace(acted(trigger, stage, stage), duties=tuple(owed(kind) for kind in kinds))


@pytest.mark.parametrize(("kind", "who"), OWED)
def test_whoever_owes_something_from_now_on_is_told_until_when(kind: DutyKind, who: str) -> None:
    """Art 59(3): asking is one thing, and whoever is asked hears of it."""
    event = in_place(Trigger.ASK_RATER, Stage.OBJECTION_REVIEW, kind)
    (notice,) = notices_of(event, case_owing(kind))
    assert (notice.audience.value, notice.template.value) == (who, "duty_opened")
    assert (notice.duty, notice.due_on, notice.rule) == (kind, DUE, "owed")


def test_the_report_that_comes_with_every_rating_is_told_by_its_reminders_alone() -> None:
    event = replace(
        acted(Trigger.RATE, Stage.RATING, Stage.FEEDBACK_MEETING), duties=(owed(DutyKind.REPORT),)
    )
    after = case_owing(DutyKind.REPORT, stage=Stage.FEEDBACK_MEETING)
    assert told(event, after) == [("rater", "task_opened")]


def test_a_duty_that_did_not_begin_after_all_is_told_to_nobody() -> None:
    event = in_place(Trigger.ASK_RATER, Stage.OBJECTION_REVIEW, DutyKind.RATER_STATEMENT)
    assert told(event, case_owing()) == []


@pytest.mark.parametrize(("kind", "duty", "audience", "shown"), ON_RUNG_OF_A_DUTY)
def test_a_rung_of_a_duty_is_sent_to_its_audience_and_shown_to_who_owes_it(
    kind: RungKind, duty: DutyKind, audience: list[str], shown: list[str]
) -> None:
    event = replace(rung(kind, audience), rule="owed")
    notices = notices_of(event, case_owing(duty))
    assert [notice.audience for notice in notices if not notice.inbox_only] == audience
    assert [notice.audience for notice in notices if notice.inbox_only] == shown
    assert {(notice.template.value, notice.duty) for notice in notices} == {(f"duty_{kind.value}", duty)}


@pytest.mark.parametrize(("kind", "who"), STATEMENTS)
def test_the_officer_learns_that_a_side_has_let_its_day_pass(kind: DutyKind, who: str) -> None:
    (notice,) = notices_of(Lapsed(AT, "owed", DUE, "escalate"), case_owing(kind))
    assert (notice.audience.value, notice.template.value) == ("appeals_officer", "statement_missing")
    assert (notice.duty, notice.due_on) == (kind, DUE)
    assert DUTY_HOLDERS[kind] == who


@pytest.mark.parametrize("kind", (DutyKind.REPORT, DutyKind.RECEIPT_ANSWER))
def test_the_lapse_of_another_duty_is_told_by_its_escalations(kind: DutyKind) -> None:
    assert told(Lapsed(AT, "owed", DUE, "escalate"), case_owing(kind)) == []


@pytest.mark.parametrize(
    ("stage", "who"),
    (
        (Stage.PLAN_DRAFTING, ["employee"]),
        (Stage.RATING, ["rater", "employee"]),
        (Stage.PLAN_SCREENING, ["hr", "employee"]),
        (Stage.OBJECTED, ["appeals_officer", "employee"]),
    ),
)
def test_a_day_that_a_decree_moved_is_told_to_the_awaited_and_to_the_employee(
    stage: Stage, who: list[str]
) -> None:
    event = replace(acted(Trigger.ADOPT_CALENDAR, stage, stage), deadline=DEADLINE)
    notices = notices_of(event, case_after(stage))
    assert [(notice.audience.value, notice.template.value) for notice in notices] == [
        (each, "deadline_moved") for each in who
    ]
    assert {notice.due_on for notice in notices} == {DUE}


def test_a_decree_that_moves_no_day_of_a_case_is_told_to_nobody() -> None:
    after = case_after(Stage.RATING)
    assert told(acted(Trigger.ADOPT_CALENDAR, after.stage, after.stage), after) == []


def test_a_decree_that_moves_the_day_of_a_duty_is_told_to_who_owes_it_the_report_too() -> None:
    event = in_place(Trigger.ADOPT_CALENDAR, Stage.RESPONSE, DutyKind.REPORT, DutyKind.RECEIPT_ANSWER)
    after = case_owing(DutyKind.REPORT, DutyKind.RECEIPT_ANSWER, stage=Stage.RESPONSE)
    assert told(event, after) == [("rater", "deadline_moved"), ("hr", "deadline_moved")]


# Acts after which one reader is told two things: a task or a moved day of the stage, and something beside it.
TWO_THINGS = (
    (acted(Trigger.WITHDRAW_OBJECTION, Stage.OBJECTED, Stage.REPORTING), (), "rater"),
    (acted(Trigger.UPHOLD_RESULT, Stage.OBJECTION_REVIEW, Stage.REPORTING), (), "rater"),
    (acted(Trigger.ANSWER_RECEIPT, Stage.COUNTERSIGN, Stage.RESPONSE), (), "employee"),
    (
        replace(
            acted(Trigger.ADOPT_CALENDAR, Stage.OBJECTION_REVIEW, Stage.OBJECTION_REVIEW), deadline=DEADLINE
        ),
        (DutyKind.EMPLOYEE_STATEMENT,),
        "employee",
    ),
)


@pytest.mark.parametrize(("event", "kinds", "who"), TWO_THINGS)
def test_two_things_for_one_reader_are_two_notices(
    event: Acted, kinds: tuple[DutyKind, ...], who: str
) -> None:
    """The database knows a notice by case, stage, rule, occurrence and reader: a second one would be lost."""
    event = replace(event, duties=tuple(owed(kind) for kind in kinds))
    notices = notices_of(event, case_owing(*kinds, stage=event.target))
    rules_told = [notice.rule for notice in notices if notice.audience == who]
    assert len(rules_told) == len(set(rules_told)) == 2


@pytest.mark.parametrize("template", sorted(INFORMING))
def test_a_fact_is_told_although_the_case_has_gone_on(template: Template) -> None:
    after = case_after(Stage.OBJECTED)
    passed = Notice(Stage.RESPONSE, "cause", 8, Capacity.EMPLOYEE, template, None, AT)
    assert still_to_tell([passed], after) == [passed]


@pytest.mark.parametrize("template", sorted(set(Template) - INFORMING))
def test_what_asks_for_something_is_told_only_where_the_case_stands(template: Template) -> None:
    notice = Notice(Stage.RESPONSE, "cause", 8, Capacity.EMPLOYEE, template, None, AT)
    assert still_to_tell([notice], case_after(Stage.OBJECTED)) == []
    assert still_to_tell([notice], case_after(Stage.RESPONSE)) == [notice]


@pytest.mark.parametrize("template", tuple(Template))
def test_every_template_has_a_kind_by_which_people_choose(template: Template) -> None:
    assert kind_of(template, Stage.RATING) is not None
