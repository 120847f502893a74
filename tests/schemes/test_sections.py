"""The sections of a scheme that came with version 3 of the national one: what they hold, and what is wrong in them."""

import re
from pathlib import Path

import pytest

from schemes.loading import builtin_scheme, load_scheme, parse_scheme
from schemes.problems import SchemeError
from states.rules import Rulebook, StartEvent, YearlyDate
from states.stages import Stage
from states.triggers import DismissalGround, RatingBasis
from tests.documents import ROOT

NASIONAL = (ROOT / "schemes" / "nasional" / "process.yaml").read_text("utf-8")
VERSION_2: Path = ROOT / "tests" / "fixtures" / "nasional-2.yaml"
CHECK_INS = re.compile(r"\ncheck_ins:\n(  - .*\n)+")
NEW_SECTIONS = {
    "periodic_evaluation",
    "plan_screening",
    "objection",
    "extension",
    "provisional_report",
    "paths",
}


def changed(section: str, old: str, new: str) -> str:
    """The national scheme with the first ``old`` after the line ``section`` replaced."""
    place = NASIONAL.index(old, NASIONAL.index(f"\n{section}"))
    return NASIONAL[:place] + new + NASIONAL[place + len(old) :]


def without(section: str, following: str) -> str:
    """The national scheme without the lines from ``section`` to ``following``."""
    start = NASIONAL.index(f"\n{section}")
    return NASIONAL[:start] + NASIONAL[NASIONAL.index(f"\n{following}", start) :]


def loaded(text: str) -> Rulebook:
    return parse_scheme(text, "scheme.yaml")


def assert_only(text: str, field: str, reason: str) -> None:
    with pytest.raises(SchemeError) as refused:
        loaded(text)
    assert [(problem.field, problem.reason) for problem in refused.value.problems] == [(field, reason)]


@pytest.mark.parametrize(("period", "months"), (("monthly", [*range(2, 13)]), ("quarterly", [4, 7, 10])))
def test_check_ins_may_be_periodic_evaluations_of_each_month_or_quarter_but_the_last(
    period: str, months: list[int]
) -> None:
    """PermenPANRB 6/2022 arts 23-25: the yearly one covers the last."""
    book = loaded(CHECK_INS.sub(f"\ncheck_ins: {period}\n", NASIONAL))
    assert book.periodic_evaluation == period
    assert book.check_ins == tuple(YearlyDate(month=month, day=1) for month in months)


def test_the_national_check_ins_are_no_periodic_evaluations() -> None:
    assert builtin_scheme("nasional").periodic_evaluation is None


def test_another_period_is_refused() -> None:
    assert_only(CHECK_INS.sub("\ncheck_ins: weekly\n", NASIONAL), "check_ins", "'weekly' is not a list")


def test_what_a_scheme_says_in_every_section_is_stored_and_comes_back() -> None:
    text = CHECK_INS.sub("\ncheck_ins: quarterly\n", NASIONAL)
    book = loaded(text.replace("\nplan_screening: false", "\nplan_screening: true"))
    stored = book.model_dump(mode="json")
    assert set(stored) >= NEW_SECTIONS
    assert Rulebook.model_validate(stored) == book


def test_a_scheme_of_before_is_stored_without_a_word_of_them() -> None:
    stored = load_scheme(VERSION_2).model_dump(mode="json")
    assert not NEW_SECTIONS & set(stored)
    assert set(stored["receipt"]) == {"starts_with", "deemed_after", "article"}
    assert {name for rule in stored["stages"].values() for name in rule} == {
        "opens_next",
        "deadline",
        "after_receipt",
    }


def test_the_screening_of_plans_needs_its_deadline_only_when_it_is_on() -> None:
    text = without("  plan_screening:", "  plan_review:")
    assert Stage.PLAN_SCREENING not in loaded(text).stages
    assert_only(
        text.replace("\nplan_screening: false", "\nplan_screening: true"),
        "stages.plan_screening.deadline",
        "is required: somebody is awaited in this stage",
    )


def test_a_scheme_without_a_report_of_settled_results_needs_no_rule_for_it() -> None:
    text = without("  reporting:", "  objected:")
    assert Stage.REPORTING not in loaded(text).stages


@pytest.mark.parametrize("section", ("later_period", "closed_period"))
def test_a_scheme_without_terms_of_other_periods_has_those_of_the_year(section: str) -> None:
    text = re.sub(rf"\n    {section}:.*\n(      .*\n)+", "\n", NASIONAL)
    assert all(getattr(rule, section) is None for rule in loaded(text).stages.values())


@pytest.mark.parametrize(
    ("section", "reason"),
    (
        ("later_period", "belongs to plan_drafting and plan_screening and plan_review only; remove it"),
        ("closed_period", "belongs to rating only; remove it"),
    ),
)
def test_a_term_of_another_period_belongs_to_its_stages(section: str, reason: str) -> None:
    block = f"""    {section}:
      rule: elsewhere
      unit: hari_kerja
      length: 3
      article: agency policy
      statutory: false
      ladder: employee
      on_lapse: escalate
"""
    text = changed("  self_assessment:", "    deadline:\n", block + "    deadline:\n")
    assert_only(text, f"stages.self_assessment.{section}", reason)


@pytest.mark.parametrize(
    ("section", "field"),
    (("  rating:", "stages.rating.deadline.starts"), ("provisional_report:", "provisional_report.starts")),
)
def test_only_the_countersigning_follows_a_lapsed_term(section: str, field: str) -> None:
    rule = builtin_scheme("nasional").stages[Stage.COUNTERSIGN].deadline
    assert rule is not None
    assert rule.starts is StartEvent.LAPSE
    indent = "      " if section.startswith(" ") else "  "
    assert_only(
        changed(section, "unit: tanggal\n", f"unit: tanggal\n{indent}starts: lapse\n"),
        field,
        "lapse starts the deadline in countersign only: it follows a term that has lapsed",
    )


@pytest.mark.parametrize(
    ("section", "field"),
    (
        ("    employee:", "objection.statements.employee.on_lapse"),
        ("    rater:", "objection.statements.rater.on_lapse"),
        ("  answer:", "receipt.answer.on_lapse"),
    ),
)
def test_nobodys_answer_is_given_by_the_clock(section: str, field: str) -> None:
    assert_only(
        changed(section, "on_lapse: escalate", "on_lapse: auto:finalise"),
        field,
        "nobody's answer is given by the clock; write escalate",
    )


def test_the_report_of_a_result_that_is_not_settled_may_be_left_to_the_clock_if_the_agency_says_so() -> None:
    text = changed("provisional_report:", "on_lapse: escalate", "on_lapse: auto:report_provisionally")
    rule = loaded(text).provisional_report
    assert rule is not None
    assert rule.automatic_trigger == "report_provisionally"


def test_with_the_report_the_clock_can_do_nothing_else() -> None:
    assert_only(
        changed("provisional_report:", "on_lapse: escalate", "on_lapse: auto:finalise"),
        "provisional_report.on_lapse",
        "auto:report_provisionally is all that the clock can do here",
    )


def test_the_delivery_lapses_by_the_clock_in_its_own_stage_only() -> None:
    assert_only(
        changed("  rating:", "on_lapse: escalate", "on_lapse: auto:lapse_delivery"),
        "stages.rating.deadline.on_lapse",
        "auto:lapse_delivery is possible in feedback_meeting only",
    )


def test_a_statement_does_not_share_its_name_with_a_deadline() -> None:
    assert_only(
        changed("    rater:", "rule: statement-rater", "rule: rating"),
        "objection.statements.rater.rule",
        "'rating' is the name of another deadline; names are unique",
    )


def test_a_statement_names_a_ladder_that_exists() -> None:
    assert_only(
        changed("    rater:", "ladder: statement_rater", "ladder: loud"),
        "objection.statements.rater.ladder",
        "'loud' is not one of the ladders appeals, employee, hr, quiet, rater, statement_employee, "
        "statement_rater, superior",
    )


def test_both_sides_are_asked_or_none() -> None:
    start, end = NASIONAL.index("    rater:\n      rule: statement"), NASIONAL.index("  dismissal_grounds:")
    assert_only(NASIONAL[:start] + NASIONAL[end:], "objection.statements.rater", "is required")


def test_a_scheme_may_leave_the_hearing_to_the_officer() -> None:
    start, end = NASIONAL.index("  statements:\n"), NASIONAL.index("  dismissal_grounds:")
    assert loaded(NASIONAL[:start] + NASIONAL[end:]).objection.statements is None


def test_a_scheme_that_refuses_late_objections_may_list_lateness_among_its_grounds() -> None:
    book = loaded(changed("objection:", "dismissal_grounds: [", "dismissal_grounds: [late, "))
    assert book.objection.dismissal_grounds == (
        DismissalGround.LATE,
        DismissalGround.NOT_THE_RESULT,
        DismissalGround.NO_REASONS,
        DismissalGround.DECIDED_BEFORE,
    )


def test_a_ground_that_the_law_does_not_know_is_refused() -> None:
    assert_only(
        changed("objection:", "no_reasons", "too_many"),
        "objection.dismissal_grounds[1]",
        "'too_many' is not one of late, not_the_result, no_reasons, decided_before",
    )


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    (
        ("unit: hari", "unit: bulan", "extension.unit", "'bulan' is not one of hari, hari_kerja"),
        ("at_most: 30", "at_most: 0", "extension.at_most", "0 is below 1"),
        ("at_most: 30", "at_most: 367", "extension.at_most", "367 is above 366"),
    ),
)
def test_an_extension_is_bounded_in_days(old: str, new: str, field: str, reason: str) -> None:
    assert_only(changed("extension:", old, new), field, reason)


def test_a_path_cites_its_article() -> None:
    assert set(builtin_scheme("nasional").paths) == set(RatingBasis)
    assert_only(
        changed("paths:", "    article: PP 30/2019 art 43\n", "    article: '43'\n"),
        "paths.academic_record.article",
        "'43' is shorter than 3 characters",
    )


def test_a_path_that_the_law_does_not_know_is_refused() -> None:
    with pytest.raises(SchemeError, match=r"'holiday' is not one of academic_record, host_material"):
        loaded(changed("paths:", "host_material", "holiday"))
