"""What is stored comes back the same, and is as small as it can be."""

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from states.appraisal import Appraisal, Deadline, Duty, DutyKind, Suspension
from states.codec import (
    canonical,
    dump_appraisal,
    dump_event,
    kind_of,
    load_appraisal,
    load_command,
    load_event,
)
from states.commands import Command
from states.events import Acted, Event, Lapsed, Launched, RungReached
from states.receipt_evidence import Evidence
from states.rules import RungKind
from states.stages import Capacity, Stage
from states.triggers import DismissalGround, Outcome, RatingBasis, ReopeningGround, RevisionGround, Trigger
from tests.states.builders import LAUNCHED_AT, case_in, current, day

texts = st.text(max_size=12)
dates = st.dates(dt.date(2015, 1, 1), dt.date(2045, 12, 31))
moments = st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2045, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
counts = st.integers(0, 400)
stages, capacities, triggers = (st.sampled_from(list(kind)) for kind in (Stage, Capacity, Trigger))
evidences = st.sampled_from(list(Evidence))
revision_grounds, dismissal_grounds, reopening_grounds, bases = (
    st.sampled_from(list(kind)) for kind in (RevisionGround, DismissalGround, ReopeningGround, RatingBasis)
)


def perhaps(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=2).map(tuple)


deadlines = st.builds(Deadline, texts, dates, dates, counts, st.booleans(), perhaps(dates))
duties = several(st.builds(Duty, st.sampled_from(list(DutyKind)), capacities, deadlines))
suspensions = st.builds(
    Suspension, stages, perhaps(deadlines), perhaps(st.integers(-99, 99)), perhaps(dates), duties
)
appraisals = st.builds(
    Appraisal,
    id=texts,
    employee=texts,
    year=st.integers(2015, 2045),
    rulebook=texts,
    calendar=texts,
    stage=stages,
    sequence=counts,
    entered_at=moments,
    opens_on=perhaps(dates),
    deadline=perhaps(deadlines),
    revision=st.integers(1, 9),
    check_ins_done=counts,
    plan_returns_to=perhaps(stages),
    suspension=perhaps(suspensions),
    received_on=perhaps(dates),
    evidence=perhaps(evidences),
    acknowledged=st.booleans(),
    seen=st.booleans(),
    delivered_on=perhaps(dates),
    deemed_on=perhaps(dates),
    response_due=perhaps(dates),
    response_by_law=perhaps(dates),
    receipt_disputed=st.booleans(),
    receipt_confirmed=st.booleans(),
    duties=duties,
    asked=several(capacities),
    heard=several(capacities),
    silent=several(capacities),
    result=perhaps(texts),
    result_by=several(texts),
    conflicted=several(texts),
    countersigned=st.booleans(),
    reported=st.booleans(),
    objected_on=perhaps(dates),
    objection_late=st.booleans(),
    late_by=counts,
    late_by_law=counts,
    period_began_on=perhaps(dates),
    period_closed=st.booleans(),
    basis=perhaps(bases),
    away=st.booleans(),
    disputed=st.booleans(),
    rater_confirmed=st.booleans(),
    outcome=perhaps(st.sampled_from(list(Outcome))),
)
commands = st.builds(
    Command,
    id=texts,
    trigger=triggers,
    capacity=capacities,
    actor=texts,
    on_behalf_of=perhaps(texts),
    fingerprint=texts,
    document=perhaps(texts),
    until=perhaps(dates),
    received_on=perhaps(dates),
    evidence=perhaps(evidences),
    delivered_on=perhaps(dates),
    superior_plan_on=perhaps(dates),
    ground=perhaps(revision_grounds),
    assignee=perhaps(texts),
    assigned_capacity=perhaps(capacities),
    result=perhaps(texts),
    authority=perhaps(texts),
    dismissal_ground=perhaps(dismissal_grounds),
    reopening_ground=perhaps(reopening_grounds),
    reference=perhaps(texts),
    basis=perhaps(bases),
)
acts = st.builds(
    Acted,
    at=moments,
    trigger=triggers,
    capacity=capacities,
    actor=perhaps(texts),
    source=stages,
    target=stages,
    on_behalf_of=perhaps(texts),
    document=perhaps(texts),
    deadline=perhaps(deadlines),
    opens_on=perhaps(dates),
    received_on=perhaps(dates),
    evidence=perhaps(evidences),
    delivered_on=perhaps(dates),
    deemed_on=perhaps(dates),
    remainder=perhaps(st.integers(-99, 99)),
    ground=perhaps(revision_grounds),
    assignee=perhaps(texts),
    assigned_capacity=perhaps(capacities),
    late=st.booleans(),
    outcome=perhaps(st.sampled_from(list(Outcome))),
    due_before=perhaps(dates),
    response_due=perhaps(dates),
    response_by_law=perhaps(dates),
    duties=duties,
    objected_on=perhaps(dates),
    late_by=counts,
    late_by_law=counts,
    result=perhaps(texts),
    authority=perhaps(texts),
    reported=st.booleans(),
    dismissal_ground=perhaps(dismissal_grounds),
    reopening_ground=perhaps(reopening_grounds),
    reference=perhaps(texts),
    basis=perhaps(bases),
    rulebook=perhaps(texts),
    calendar=perhaps(texts),
    check_ins_done=perhaps(counts),
)
events: st.SearchStrategy[Event] = st.one_of(
    acts,
    st.builds(
        Launched, moments, texts, st.integers(2015, 2045), texts, texts, dates, counts, perhaps(dates), perhaps(bases),
        st.booleans(),
    ),
    st.builds(
        RungReached, moments, texts, texts, st.sampled_from(list(RungKind)), dates,
        st.lists(capacities, max_size=3).map(tuple),
    ),
    st.builds(Lapsed, moments, texts, dates, texts),
)  # fmt: skip


def through_json(value: dict[str, Any]) -> dict[str, Any]:
    back: dict[str, Any] = json.loads(json.dumps(value))
    return back


@given(event=events)
def test_every_event_comes_back_the_same(event: Event) -> None:
    assert load_event(kind_of(event), through_json(dump_event(event))) == event


@given(appraisal=appraisals)
def test_every_snapshot_comes_back_the_same(appraisal: Appraisal) -> None:
    assert load_appraisal(through_json(dump_appraisal(appraisal))) == appraisal


@given(command=commands)
def test_every_command_comes_back_the_same(command: Command) -> None:
    assert load_command(through_json(TypeAdapter(Command).dump_python(command, mode="json"))) == command


def test_the_strategies_know_every_field() -> None:
    """A field that is added later must take part in the round trip."""
    assert {field.name for field in dataclasses.fields(Acted)} == {
        "at", "trigger", "capacity", "actor", "source", "target", "on_behalf_of", "document", "deadline",
        "opens_on", "received_on", "remainder", "ground", "assignee", "assigned_capacity", "late", "outcome",
        "evidence", "delivered_on", "deemed_on", "due_before", "response_due", "response_by_law", "duties",
        "remainders", "objected_on", "late_by", "late_by_law", "result", "substance", "authority", "reported",
        "dismissal_ground", "reopening_ground", "reference", "basis", "rulebook", "calendar", "check_ins_done",
    }  # fmt: skip
    assert len(dataclasses.fields(Appraisal)) == 45
    assert len(dataclasses.fields(Command)) == 24
    assert len(dataclasses.fields(Launched)) == 10
    assert [len(dataclasses.fields(kind)) for kind in (Deadline, Duty, Suspension)] == [6, 3, 6]


def test_a_receipt_recorded_before_evidence_was_told_apart_loads_and_stays_as_it_is() -> None:
    body = dump_appraisal(case_in(Stage.RESPONSE).appraisal) | {"received_on": "2027-01-11"}
    appraisal = load_appraisal(body)
    assert (appraisal.received_on, appraisal.evidence, appraisal.acknowledged) == (
        day("2027-01-11"),
        None,
        False,
    )
    assert dump_appraisal(appraisal) == body


def test_what_is_at_its_default_is_left_out() -> None:
    event = Acted(
        LAUNCHED_AT, Trigger.APPROVE_PLAN, Capacity.RATER, Stage.PLAN_REVIEW, Stage.FIRST_HALF, "budi"
    )
    assert dump_event(event) == {
        "at": "2025-12-15T02:00:00Z",
        "trigger": "approve_plan",
        "capacity": "rater",
        "actor": "budi",
        "source": "plan_review",
        "target": "first_half",
    }


def test_a_deadline_at_its_beginning_is_three_fields() -> None:
    event = Acted(
        LAUNCHED_AT,
        Trigger.SUBMIT_PLAN,
        Capacity.EMPLOYEE,
        Stage.PLAN_DRAFTING,
        Stage.PLAN_REVIEW,
        deadline=Deadline("plan-set", day("2026-01-20"), day("2026-01-31")),
    )
    assert dump_event(event)["deadline"] == {
        "rule": "plan-set",
        "started_on": "2026-01-20",
        "due_on": "2026-01-31",
    }


def test_a_real_snapshot_is_small() -> None:
    assert len(canonical(dump_appraisal(case_in(Stage.OBJECTION_REVIEW).appraisal))) < 512
    assert len(canonical(dump_appraisal(case_in(Stage.OBJECTION_REVIEW, current()).appraisal))) < 700


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        load_event("promoted", {})


@pytest.mark.parametrize(
    "body", ({}, {"at": "yesterday", "rule": "x", "due_on": "2026-01-01", "policy": "wait"})
)
def test_a_bad_body_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        load_event("lapsed", body)


def test_a_stage_that_does_not_exist_is_refused() -> None:
    body = dump_appraisal(case_in(Stage.RATING).appraisal) | {"stage": "promoted"}
    with pytest.raises(ValidationError, match="stage"):
        load_appraisal(body)


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()
