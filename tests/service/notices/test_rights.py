"""Who may see what was sent, and who may stop it."""

import uuid

import pytest

from service import policy
from states.stages import Capacity

ME, OTHER = uuid.uuid4(), uuid.uuid4()


@pytest.mark.parametrize("capacity", tuple(Capacity))
def test_only_personnel_officers_see_of_a_case_what_went_to_others(capacity: Capacity) -> None:
    assert policy.sees_notices_to_others([capacity]) is (capacity is Capacity.HR)
    assert policy.sees_notices_to_others([]) is False


@pytest.mark.parametrize(
    ("recipient", "officer", "may"), ((ME, False, True), (OTHER, False, False), (OTHER, True, True))
)
def test_everybody_sees_his_own_messages_and_personnel_officers_all(
    recipient: uuid.UUID, officer: bool, may: bool
) -> None:
    assert policy.may_see_notices(recipient, asker=ME, officer=officer) is may


@pytest.mark.parametrize(
    ("roles", "see", "steer"),
    (([], False, False), (["hr"], True, False), (["operator"], True, True), (["hr", "operator"], True, True)),
)
def test_operators_steer_channels_and_personnel_officers_look(
    roles: list[str], see: bool, steer: bool
) -> None:
    assert policy.may_see_channels(roles) is see
    assert policy.may_steer_channels(roles) is steer
