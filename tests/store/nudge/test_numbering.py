"""The ids of nudges find those of a nudger and of a request, and nothing else."""

import uuid

from store.nudge.numbering import Numbering

PERSON = uuid.UUID("018f0000-0000-7000-8000-000000000001")
OTHER = uuid.UUID("018f0000-0000-7000-8000-000000000002")
NUMBERING = Numbering(PERSON, "kunci", "isi")


def number(numbering: Numbering, place: int) -> uuid.UUID:
    """As the statement that writes them puts an id together."""
    return uuid.UUID(f"{numbering.start}{place:06x}")


def lies_in(identifier: uuid.UUID, bounds: tuple[uuid.UUID, uuid.UUID]) -> bool:
    return bounds[0] <= identifier <= bounds[1]


def test_an_id_is_a_uuid_of_version_8() -> None:
    for place in (1, 3_000):
        identifier = number(NUMBERING, place)
        assert (identifier.version, identifier.variant) == (8, uuid.RFC_4122)


def test_ids_of_a_request_lie_between_its_bounds_and_those_of_its_nudger() -> None:
    for place in (1, 3_000):
        assert lies_in(number(NUMBERING, place), NUMBERING.of_request)
        assert lies_in(number(NUMBERING, place), NUMBERING.of_nudger)


def test_another_key_of_the_same_nudger_lies_elsewhere_among_his() -> None:
    identifier = number(Numbering(PERSON, "kunci-2", "isi"), 1)
    assert not lies_in(identifier, NUMBERING.of_request)
    assert lies_in(identifier, NUMBERING.of_nudger)


def test_the_same_key_of_another_nudger_lies_elsewhere() -> None:
    identifier = number(Numbering(OTHER, "kunci", "isi"), 1)
    assert not lies_in(identifier, NUMBERING.of_nudger)
    assert not lies_in(identifier, NUMBERING.of_request)


def test_the_same_key_with_another_body_is_found_and_told_apart() -> None:
    other = Numbering(PERSON, "kunci", "isi lain")
    assert lies_in(number(other, 1), NUMBERING.of_request)
    assert not NUMBERING.is_of_body([number(other, 1)])
    assert NUMBERING.is_of_body([number(NUMBERING, 1), number(NUMBERING, 2)])


def test_what_was_never_written_is_of_every_body() -> None:
    assert NUMBERING.is_of_body([])


def test_a_thousand_keys_of_a_nudger_are_all_told_apart() -> None:
    bounds = {Numbering(PERSON, f"k{each}", "isi").of_request for each in range(1_000)}
    assert len(bounds) == 1_000
