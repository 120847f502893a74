"""Everything about changes that a person reads has a name, in both languages."""

import pytest

from service.incidents.wording import KINDS, REMEDIES, incident_name, incident_remedy
from service.operations import wording
from service.relations import wording as relations
from states.absences import AbsenceKind
from states.appraisal import DutyKind
from states.changes import ChangeKind, SubstitutionKind
from states.errors import IllegalTransition
from states.stages import Stage
from states.table import ORDERED_TRIGGERS
from states.triggers import Trigger
from store.incident.kinds import IncidentKind
from store.operation.table import OUTCOMES, STATES
from store.substitution.reading import STATES as SUBSTITUTION_STATES
from translations import Locale

BOTH = pytest.mark.parametrize("locale", tuple(Locale))


@pytest.mark.parametrize(
    ("names", "wanted"),
    (
        (wording.CHANGES, set(ChangeKind)),
        (relations.ABSENCES, set(AbsenceKind)),
        (wording.STATES, set(STATES)),
        (wording.OUTCOMES, set(OUTCOMES)),
        (relations.SUBSTITUTION_STATES, set(SUBSTITUTION_STATES)),
        (relations.BASES, {"self", "definitive", *SubstitutionKind, "stepping_in", "top_decider", "hr"}),
        (KINDS, set(IncidentKind)),
        (REMEDIES, set(IncidentKind)),
    ),
)
def test_nothing_is_without_a_name_and_no_name_is_left_over(names: dict[str, str], wanted: set[str]) -> None:
    assert set(names) == wanted


@BOTH
@pytest.mark.parametrize("kind", tuple(ChangeKind))
def test_a_kind_of_order_is_read_in_words(kind: ChangeKind, locale: Locale) -> None:
    assert wording.change_name(kind, locale)[0].isupper()


@BOTH
@pytest.mark.parametrize("kind", tuple(IncidentKind))
def test_an_incident_is_read_with_what_to_do(kind: IncidentKind, locale: Locale) -> None:
    assert incident_name(kind, locale)
    assert incident_remedy(kind, locale).endswith(".")


def test_whatever_an_order_does_to_a_case_is_read_in_words() -> None:
    assert set(wording.EFFECTS) >= ORDERED_TRIGGERS


def test_a_duty_is_read_in_words() -> None:
    assert set(wording.DUTIES) == set(DutyKind)
    told = wording.duty_name(DutyKind.EMPLOYEE_STATEMENT, Locale.INDONESIAN)
    assert told == "penjelasan pegawai"


def test_whoever_stands_in_is_read_as_one_signs() -> None:
    assert (
        relations.responsible_name("Siti Aminah", "plh", "Budi Santoso", Locale.INDONESIAN)
        == "Siti Aminah, a.n. Budi Santoso (Plh.)"
    )


def test_whoever_holds_the_post_is_read_with_the_right() -> None:
    assert relations.responsible_name("Budi", "definitive", None, Locale.INDONESIAN) == "Budi (definitif)"


def test_a_note_is_read_as_a_handing_over_where_somebody_else_becomes_responsible() -> None:
    plain = wording.effect_name(Trigger.NOTE_CHANGE, Locale.ENGLISH)
    handed = wording.effect_name(Trigger.NOTE_CHANGE, Locale.ENGLISH, handed_over=True)
    assert (plain, handed) == ("the change is put on record", "another official becomes responsible")


def test_a_refusal_of_the_core_is_read_with_its_days_in_words() -> None:
    details = {
        "code": "parameter_invalid",
        "message": "Give a new due day from {earliest} to {latest}.",
        "parameters": {"earliest": "2026-02-02", "latest": "2026-03-02"},
    }
    told = wording.refusal_text("parameter_invalid", details, Locale.ENGLISH)
    assert told == "Give a new due day from Monday, 2 February 2026 to Monday, 2 March 2026."


@BOTH
def test_who_keeps_the_version_of_the_scheme_is_told_why(locale: Locale) -> None:
    refused = IllegalTransition(trigger=Trigger.ADOPT_RULES, stage=Stage.FEEDBACK_MEETING)
    told = wording.refusal_text(refused.code, refused.details, locale)
    assert "adopt_rules" not in told
    assert told.endswith(".")


@BOTH
@pytest.mark.parametrize("code", sorted(wording.FAILURES))
def test_a_failure_is_read_in_words(code: str, locale: Locale) -> None:
    assert wording.refusal_text(code, {}, locale).endswith(".")


def test_a_code_that_is_not_known_is_shown_as_it_is() -> None:
    assert wording.refusal_text("later_code", {}, Locale.ENGLISH) == "later_code"


def test_the_kind_of_a_fault_is_left_to_operators() -> None:
    told = wording.refusal_text("case_damaged:KeyError", {}, Locale.ENGLISH)
    assert told == wording.FAILURES["case_damaged"]
