import datetime as dt
from dataclasses import replace

import pytest

from service.appraisals.request import ActionRequest
from service.rehearsal.texts import written
from states.appraisal import Appraisal
from states.stages import Stage
from states.table import TABLE
from states.triggers import Trigger

CASE = Appraisal(
    id="a",
    employee="b",
    year=2026,
    rulebook="nasional/1",
    calendar="x",
    stage=Stage.PLAN_DRAFTING,
    sequence=2,
    entered_at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
)
WITH_TEXT = sorted({row.trigger for row in TABLE if row.needs_text})


@pytest.mark.parametrize("trigger", WITH_TEXT)
def test_every_action_that_needs_a_text_has_one_that_the_api_takes(trigger: Trigger) -> None:
    asked = ActionRequest.model_validate(written(CASE, trigger))
    assert asked.text is not None
    assert len(asked.text) > 10


@pytest.mark.parametrize("trigger", WITH_TEXT)
def test_the_same_step_is_written_the_same_way_again(trigger: Trigger) -> None:
    assert written(CASE, trigger) == written(CASE, trigger)


def test_people_do_not_all_write_the_same() -> None:
    plans = [written(replace(CASE, id=str(number)), Trigger.SUBMIT_PLAN) for number in range(20)]
    assert len({str(plan) for plan in plans}) > 5


def test_a_rating_is_a_form() -> None:
    assert set(written(CASE, Trigger.RATE)["content"]) == {"hasil_kerja", "perilaku_kerja", "predikat"}
