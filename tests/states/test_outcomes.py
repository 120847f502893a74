"""How each way of settling a result is recorded."""

import pytest

from states.outcomes import SETTLED, outcome_of
from states.stages import Stage
from states.table import TABLE
from states.triggers import Outcome, Trigger

# What settles a result, from where: the same outcome whether it is reported afterwards or final at once.
SETTLING = """
lapse_response      response          countersigned
countersign         countersign       countersigned
dismiss_objection   objected          inadmissible
dismiss_objection   objection_review  inadmissible
withdraw_objection  objected          withdrawn
withdraw_objection  objection_review  withdrawn
uphold_result       objection_review  upheld
change_result       objection_review  changed
"""
EXPECTED = {
    (trigger, source): what for trigger, source, what in map(str.split, SETTLING.strip().splitlines())
}
ENDS = (Stage.REPORTING, Stage.FINALISED)


@pytest.mark.parametrize("target", ENDS)
@pytest.mark.parametrize(("place", "outcome"), tuple(EXPECTED.items()))
def test_every_end_has_its_outcome(place: tuple[str, str], outcome: str, target: Stage) -> None:
    trigger, source = place
    assert outcome_of(Trigger(trigger), Stage(source), target) == outcome


def test_what_is_agreed_is_settled_by_its_report() -> None:
    assert outcome_of(Trigger.AGREE, Stage.RESPONSE, Stage.AGREED) is None
    assert outcome_of(Trigger.FINALISE, Stage.AGREED, Stage.FINALISED) is Outcome.AGREED


def test_a_report_of_what_is_settled_settles_nothing_new() -> None:
    assert outcome_of(Trigger.FINALISE, Stage.REPORTING, Stage.FINALISED) is None


def test_a_result_that_the_superior_set_before_its_delivery_is_not_settled_yet() -> None:
    """Art 50, where the rater has not signed: the employee has his days."""
    assert outcome_of(Trigger.COUNTERSIGN, Stage.COUNTERSIGN, Stage.RESPONSE) is None


def test_no_other_step_of_the_table_settles_anything() -> None:
    settling = {
        (row.trigger.value, row.source.value)
        for row in TABLE
        if outcome_of(row.trigger, row.source, row.target) is not None
    }
    assert settling == {*EXPECTED, ("finalise", "agreed")}


def test_final_is_what_an_official_decided_upon_an_objection() -> None:
    """Art 59(4)."""
    assert {Outcome.UPHELD, Outcome.CHANGED, Outcome.INADMISSIBLE} == SETTLED
