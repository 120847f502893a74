"""Ballots are opened by nobody without the secret, nowhere but in their row, and unchanged only."""

import uuid

import pytest

from activities.sealing import KeyUnreadable, NoSealingSecret, SealBroken, Seals

SEALS = Seals("one secret of an installation")
SURVEY, BALLOT = uuid.uuid4(), uuid.uuid4()
CONTENT = b"\1" * 4_068


def test_what_was_sealed_is_opened_in_its_row() -> None:
    key = SEALS.key(SURVEY, SEALS.new_key(SURVEY))
    sealed = key.seal(BALLOT, CONTENT)
    assert len(sealed) == 4_096
    assert CONTENT[:16] not in sealed
    assert key.open(BALLOT, sealed) == CONTENT
    assert key.seal(BALLOT, CONTENT) != sealed


def test_a_copied_changed_or_foreign_ballot_is_not_opened() -> None:
    wrapped = SEALS.new_key(SURVEY)
    key = SEALS.key(SURVEY, wrapped)
    sealed = key.seal(BALLOT, CONTENT)
    other = uuid.uuid4()
    for ballot, given, by in (
        (other, sealed, key),
        (BALLOT, sealed[:-1] + bytes([sealed[-1] ^ 1]), key),
        (BALLOT, sealed[:-1], key),
        (BALLOT, b"", key),
        (BALLOT, sealed, SEALS.key(other, SEALS.new_key(other))),
    ):
        with pytest.raises(SealBroken):
            by.open(ballot, given)


def test_a_key_is_of_one_survey_and_one_secret() -> None:
    wrapped = SEALS.new_key(SURVEY)
    for seals, survey, given in (
        (Seals("another secret"), SURVEY, wrapped),
        (SEALS, uuid.uuid4(), wrapped),
        (SEALS, SURVEY, b""),
    ):
        with pytest.raises(KeyUnreadable):
            seals.key(survey, given)


def test_without_a_secret_nothing_is_sealed_or_opened() -> None:
    for use in (lambda: Seals().new_key(SURVEY), lambda: Seals().key(SURVEY, SEALS.new_key(SURVEY))):
        with pytest.raises(NoSealingSecret):
            use()


def test_a_key_does_not_show_itself() -> None:
    assert "key=" not in repr(SEALS.key(SURVEY, SEALS.new_key(SURVEY)))
