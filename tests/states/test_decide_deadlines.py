"""Deadlines that commands begin, replace and end."""

import datetime as dt

import pytest

from states.errors import IllegalTransition, ParameterInvalid
from states.events import Acted, Event, Lapsed, RungReached
from states.rules import RungKind, YearlyDate
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import Case, case_in, day, deadline_changed, local, patient, rules


def names(events: list[Event]) -> list[str]:
    return [event.name for event in events if isinstance(event, RungReached)]


def test_the_plan_is_due_on_the_days_of_january_that_the_scheme_names() -> None:
    """PP 30/2019 art 24(2)."""
    case = case_in(Stage.PLAN_DRAFTING)
    assert case.due_on == day("2026-01-20")
    case.reach(Stage.PLAN_REVIEW)
    assert case.due_on == day("2026-01-31")


def test_returning_a_plan_begins_a_new_deadline() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.RETURN_PLAN, at=local("2026-01-29 10:00"))
    assert case.due_on == day("2026-02-03")
    assert case.appraisal.deadline is not None
    assert case.appraisal.deadline.started_on == day("2026-01-29")


def test_returning_a_plan_after_the_fixed_date_still_leaves_three_working_days() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    case.do(Trigger.RETURN_PLAN, at=local("2026-03-12 10:00"))
    assert case.due_on == day("2026-03-17")


def test_a_fixed_date_in_the_past_never_lapses_at_once_even_without_a_minimum() -> None:
    stages = deadline_changed(Stage.PLAN_DRAFTING, minimum_working_days=0)
    case = case_in(Stage.PLAN_REVIEW, rules(stages=stages))
    case.do(Trigger.RETURN_PLAN, at=local("2026-03-12 10:00"))
    assert case.due_on == day("2026-03-12")
    assert case.wake(local("2026-03-12 23:59")) == []
    assert [type(event) for event in case.wake(local("2026-03-13 00:00"))] == [Lapsed]


def test_a_case_launched_in_march_still_gives_time_for_the_plan() -> None:
    case = Case(launched_at=local("2026-03-02 09:00"))
    case.open()
    assert (case.stage, case.due_on) == (Stage.PLAN_DRAFTING, day("2026-03-05"))


def test_a_plan_approved_after_the_opening_day_of_the_check_in_opens_it_at_once_and_not_before() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    approved_at = local("2026-07-10 10:00")
    case.do(Trigger.APPROVE_PLAN, at=approved_at)
    assert case.stage is Stage.FIRST_HALF
    opening = case.wake(approved_at)[0]
    assert opening.at == approved_at
    assert (case.stage, case.due_on) == (Stage.MIDYEAR_REPORT, day("2026-07-24"))


def test_an_extension_replaces_the_rungs_of_the_ladder() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    assert names(case.wake(local("2026-01-15 12:00"))) == ["h-7", "h-3"]
    case.do(Trigger.EXTEND, until=day("2026-02-10"))
    assert (case.stage, case.due_on) == (Stage.PLAN_DRAFTING, day("2026-02-10"))
    caused = case.wake(local("2026-02-10 12:00"))
    assert names(caused) == ["h-7", "h-3", "h-1", "h-0"]
    assert caused[0].at == local("2026-01-30 08:00")


def test_an_extension_after_the_lapse_makes_the_deadline_run_again() -> None:
    case = case_in(Stage.PLAN_DRAFTING).lapsed()
    case.do(Trigger.EXTEND, until=day("2026-02-10"))
    assert case.appraisal.deadline is not None
    assert not case.appraisal.deadline.lapsed
    assert any(isinstance(event, Lapsed) for event in case.wake(local("2026-02-11 01:00")))


def test_an_extension_skips_reminders_that_lie_behind() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    case.do(Trigger.EXTEND, at=local("2026-01-20 10:00"), until=day("2026-01-22"))
    assert names(case.wake(local("2026-01-22 12:00"))) == ["h-1", "h-0"]


def test_an_extension_keeps_the_day_on_which_the_deadline_began() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    case.do(Trigger.EXTEND, at=local("2026-01-10 10:00"), until=day("2026-02-10"))
    assert case.appraisal.deadline is not None
    assert case.appraisal.deadline.started_on == day("2026-01-02")


@pytest.mark.parametrize("until", (None, "2026-01-20", "2026-01-19", "2027-01-23"))
def test_an_extension_to_no_later_day_or_over_a_year_is_refused_with_the_possible_days(
    until: str | None,
) -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    with pytest.raises(ParameterInvalid) as refusal:
        case.do(Trigger.EXTEND, until=day(until) if until else None)
    assert refusal.value.field == "until"
    assert "2026-01-21 to 2027-01-22" in str(refusal.value)


def test_what_has_no_deadline_in_this_scheme_cannot_be_extended() -> None:
    book = rules().book
    stages = {stage: rule for stage, rule in book.stages.items() if stage is not Stage.RATING}
    case = case_in(Stage.RATING, rules(stages=stages))
    with pytest.raises(IllegalTransition):
        case.do(Trigger.EXTEND, until=day("2027-02-10"))


def test_reminders_that_are_behind_at_the_beginning_are_not_sent() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    case.do(Trigger.SUBMIT_PLAN, at=local("2026-01-28 09:00"))
    assert case.due_on == day("2026-02-02")
    assert names(case.wake(local("2026-02-02 12:00"))) == ["h-1", "h-0"]


def test_nothing_is_sent_when_the_holder_acts_before_the_first_rung() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    case.do(Trigger.SUBMIT_PLAN, at=local("2026-01-05 09:00"))
    case.do(Trigger.APPROVE_PLAN, at=local("2026-01-06 09:00"))
    assert [type(event) for event in case.events] == [Acted, Acted, Acted]


def test_time_events_carry_their_legal_instants_however_late_the_wake_is() -> None:
    case = case_in(Stage.PLAN_DRAFTING)
    caused = case.wake(local("2026-03-01 03:33"))
    assert [event.at for event in caused] == [
        local("2026-01-08 08:00"),
        local("2026-01-14 08:00"),
        local("2026-01-19 08:00"),
        local("2026-01-20 08:00"),
        local("2026-01-21 00:00"),
        local("2026-01-21 08:00"),
        local("2026-01-23 08:00"),
        local("2026-01-27 08:00"),
    ]


def test_the_opening_deadline_counts_from_the_legal_day_however_late_the_wake_is() -> None:
    punctual, late = case_in(Stage.FIRST_HALF, patient()), case_in(Stage.FIRST_HALF, patient())
    punctual.wake(local("2026-07-01 00:00"))
    late.wake(local("2026-07-03 09:00"))
    assert punctual.appraisal == late.appraisal
    assert late.due_on == day("2026-07-15")


def test_a_lapse_is_applied_before_a_later_command_even_if_the_wake_is_late() -> None:
    case = case_in(Stage.RESPONSE)
    received = case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    assert received.deadline is not None
    case.now = case.lapse
    case.do(Trigger.AGREE)
    told = [(type(event), getattr(event, "target", None)) for event in case.events[-3:]]
    assert told == [(Lapsed, None), (Acted, Stage.COUNTERSIGN), (Acted, Stage.AGREED)]


@pytest.mark.parametrize("jitter", (0, 1, 15, 30))
def test_the_jitter_of_a_wake_never_changes_the_record(jitter: int) -> None:
    case, exact = case_in(Stage.RESPONSE), case_in(Stage.RESPONSE)
    for each in (case, exact):
        each.do(Trigger.ACKNOWLEDGE_RECEIPT)
    exact.wake(exact.lapse)
    case.wake(case.lapse + dt.timedelta(seconds=jitter))
    assert (case.events, case.appraisal) == (exact.events, exact.appraisal)


def test_a_command_in_the_last_second_of_the_due_day_is_in_time() -> None:
    case = case_in(Stage.RESPONSE)
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    events = case.decide(Trigger.AGREE, at=case.lapse - dt.timedelta(seconds=1))
    assert not any(isinstance(event, Lapsed) for event in events)


def test_a_lapse_says_what_the_scheme_wants_of_it() -> None:
    case = case_in(Stage.PLAN_REVIEW).lapsed()
    lapsed = next(event for event in case.events if isinstance(event, Lapsed))
    assert (lapsed.rule, lapsed.due_on, lapsed.policy) == ("plan-set", day("2026-01-31"), "escalate")


def test_reminders_go_to_the_holder_and_escalations_up_the_ladder() -> None:
    case = case_in(Stage.PLAN_REVIEW)
    caused = case.wake(local("2026-03-01 00:00"))
    rungs = {event.name: (event.rung, event.audience) for event in caused if isinstance(event, RungReached)}
    assert rungs["h-1"] == (RungKind.REMINDER, (Capacity.RATER,))
    assert rungs["h+1"] == (RungKind.ESCALATION, (Capacity.RATER, Capacity.RATER_SUPERIOR))
    assert rungs["h+5"] == (RungKind.ESCALATION, (Capacity.HR,))


def test_the_self_assessment_may_be_skipped_by_the_clock_where_the_scheme_says_so() -> None:
    case = case_in(
        Stage.SELF_ASSESSMENT,
        rules(stages=deadline_changed(Stage.SELF_ASSESSMENT, on_lapse="auto:proceed_to_rating")),
    )
    case.wake(case.lapse)
    acted = case.events[-1]
    assert isinstance(acted, Acted)
    assert (acted.capacity, acted.actor, case.stage) == (Capacity.CLOCK, None, Stage.RATING)
    assert acted.at == local("2027-01-11 00:00")


def test_an_automatic_lapse_without_evidenced_receipt_moves_nothing() -> None:
    """Silence counts from evidenced receipt only, whatever a scheme says (arts 49(3), 50)."""
    stages = deadline_changed(Stage.RESPONSE, on_lapse="auto:lapse_response")
    case = case_in(Stage.RESPONSE, rules(stages=stages)).lapsed()
    assert case.stage is Stage.RESPONSE
    assert case.appraisal.deadline is not None
    assert case.appraisal.deadline.lapsed


def test_an_automatic_trigger_that_the_stage_does_not_know_moves_nothing() -> None:
    stages = deadline_changed(Stage.RATING, on_lapse="auto:finalise")
    assert case_in(Stage.RATING, rules(stages=stages)).lapsed().stage is Stage.RATING


def test_a_case_launched_without_a_planning_date_is_a_fault_of_the_scheme() -> None:
    book = rules().book
    stages = {
        **book.stages,
        Stage.SCHEDULED: book.stages[Stage.SCHEDULED].model_copy(update={"opens_next": None}),
    }
    with pytest.raises(ValueError, match="when planning opens"):
        Case(rules(stages=stages))


def test_the_planning_window_opens_on_its_local_day() -> None:
    case = Case(rules(check_ins=(YearlyDate(month=7, day=1),)))
    assert case.wake(local("2026-01-01 23:59:59")) == []
    assert case.wake(local("2026-01-02 00:00"))[0].at == local("2026-01-02 00:00")
