"""What scripted people note fits every scheme, and says something."""

import datetime as dt

import pytest

from content.forms.context import FormContext
from content.forms.example import example
from content.forms.noting import check_about, check_entry
from content.rules import ContentRules
from schemes.loading import builtin_names, builtin_system
from service.rehearsal.notes import Note, missing_notes, usual_notes
from service.rehearsal.sentences import SAID
from states.stages import Capacity
from states.triggers import Trigger

DAY = dt.date(2026, 7, 6)
CHECK_INS = (Trigger.SUBMIT_CHECK_IN, Trigger.REVIEW_CHECK_IN)


def rules_of(scheme: str) -> ContentRules:
    rules = builtin_system(scheme).content
    assert rules is not None
    return rules


def context_of(rules: ContentRules) -> FormContext:
    """A case with a plan."""
    before = FormContext(superior_results=frozenset({"r1"}))
    return FormContext(plan=example(rules.forms["plan"], rules, before), superior_results=frozenset({"r1"}))


def notes_of(scheme: str, trigger: Trigger, seeds: int = 12) -> list[Note]:
    rules = rules_of(scheme)
    context = context_of(rules)
    return [
        note for seed in range(seeds) for note in usual_notes(trigger, rules, context, DAY, f"kasus-{seed}")
    ]


each_scheme = pytest.mark.parametrize("scheme", builtin_names())


@each_scheme
@pytest.mark.parametrize("trigger", CHECK_INS)
def test_a_note_is_complete_and_about_something_of_the_plan(scheme: str, trigger: Trigger) -> None:
    rules = rules_of(scheme)
    context = context_of(rules)
    for note in notes_of(scheme, trigger):
        kind = rules.entries[note.kind]
        assert check_entry(kind, note.content, rules, context).mistakes == ()
        assert check_about(kind, note.item, rules, context) is None


@each_scheme
def test_each_writes_only_what_is_his_to_write(scheme: str) -> None:
    entries = rules_of(scheme).entries
    assert {Capacity.EMPLOYEE} <= set.intersection(
        *(set(entries[note.kind].by) for note in notes_of(scheme, Trigger.SUBMIT_CHECK_IN))
    )
    assert {Capacity.RATER} <= set.intersection(
        *(set(entries[note.kind].by) for note in notes_of(scheme, Trigger.REVIEW_CHECK_IN))
    )


@each_scheme
def test_nothing_confidential_is_invented(scheme: str) -> None:
    entries = rules_of(scheme).entries
    kinds = {note.kind for trigger in CHECK_INS for note in notes_of(scheme, trigger)}
    assert not any(entries[kind].confidential for kind in kinds)
    assert {"observation", "progress", "feedback"} <= kinds


def test_complaints_are_noted_in_gerunggang_projects_in_samarinda_and_dealings_in_kotabumi() -> None:
    assert "complaint" in {note.kind for note in notes_of("gerunggang", Trigger.SUBMIT_CHECK_IN)}
    assert "project" in {note.kind for note in notes_of("samarinda", Trigger.SUBMIT_CHECK_IN)}
    assert "contact" in {note.kind for note in notes_of("kotabumi-akuntabilitas", Trigger.SUBMIT_CHECK_IN)}


def test_what_a_form_asks_for_is_noted_with_every_check_in() -> None:
    noted = notes_of("samarinda", Trigger.REVIEW_CHECK_IN, seeds=12)
    assert sum(note.kind == "observation" for note in noted) == 12


def test_what_is_missing_before_the_rating_is_counted() -> None:
    rules = rules_of("samarinda")
    context = FormContext(plan=context_of(rules).plan, noted={"observation": 3})
    missing = list(missing_notes(rules.forms["rating"], rules, context, DAY, "kasus"))
    assert [note.kind for note in missing] == ["observation"]


@each_scheme
def test_no_other_occasion_makes_people_note_something(scheme: str) -> None:
    assert notes_of(scheme, Trigger.SUBMIT_PLAN) == []


def test_a_complaint_is_settled_after_it_came_in() -> None:
    complaints = [
        note for note in notes_of("gerunggang", Trigger.SUBMIT_CHECK_IN) if note.kind == "complaint"
    ]
    for note in complaints:
        assert str(note.content["received_on"]) < str(note.content["settled_on"]) == DAY.isoformat()
        assert note.content["matter"] in SAID["complaint"]["matter"]


def test_the_same_step_of_a_case_notes_the_same() -> None:
    assert notes_of("gerunggang", Trigger.SUBMIT_CHECK_IN) == notes_of("gerunggang", Trigger.SUBMIT_CHECK_IN)


def test_a_request_names_the_day_and_what_it_is_about() -> None:
    note = Note("observation", DAY, "r1", {"note": "Teliti"})
    assert note.to_body() == {"noted_on": "2026-07-06", "item": "r1", "content": {"note": "Teliti"}}


def test_sentences_that_belong_together_are_as_many() -> None:
    for fields in SAID.values():
        assert len({len(sentences) for sentences in fields.values()}) == 1
