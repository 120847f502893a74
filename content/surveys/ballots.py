"""A ballot: one answer as bytes that are all of the same number, so that their length says nothing of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from content.surveys.questions import GROUPS, Questions

ROOM = 4_068
"""The bytes of every ballot: with what sealing adds, 4 096 are stored."""
MOST_BYTES_OF_A_TEXT = 1_900
"""Two such texts, sixty steps and what tells them apart fit into a ballot."""

_FORMAT = 1
_LENGTH = 2


class BallotUnreadable(ValueError):
    """The bytes are not a ballot of this survey."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one person answered, without who."""

    group: str
    steps: tuple[int, ...]
    """For each thing that is asked, the place of the step on its scale."""
    texts: tuple[str, ...]
    """For each question in words its answer; empty where there is none."""


def ballot_of(
    questions: Questions, group: str, answers: Mapping[str, str], texts: Mapping[str, str]
) -> Ballot:
    """The ballot of an answer that was checked."""
    places = {name: place for place, name in enumerate(questions.scale.names)}
    return Ballot(
        group,
        tuple(places[answers[item.name]] for item in questions.items),
        tuple(texts.get(text.name, "") for text in questions.rules.texts),
    )


def packed(ballot: Ballot) -> bytes:
    """The ballot as `ROOM` bytes. Raises `ValueError` if it does not fit: its texts were not checked."""
    parts = [bytes((_FORMAT, GROUPS.index(ballot.group), *ballot.steps))]
    for text in ballot.texts:
        written = text.encode()
        parts += [len(written).to_bytes(_LENGTH, "big"), written]
    content = b"".join(parts)
    if len(content) > ROOM:
        raise ValueError(f"a ballot of {len(content)} bytes does not fit into {ROOM}")
    return content.ljust(ROOM, b"\0")


def unpacked(questions: Questions, packed_ballot: bytes) -> Ballot:
    """The ballot from its bytes. Raises `BallotUnreadable`."""
    items, steps = len(questions.items), len(questions.scale.steps)
    head = 2 + items
    if len(packed_ballot) != ROOM or packed_ballot[0] != _FORMAT or packed_ballot[1] >= len(GROUPS):
        raise BallotUnreadable
    chosen = tuple(packed_ballot[2:head])
    if any(place >= steps for place in chosen):
        raise BallotUnreadable
    texts = tuple(_texts(packed_ballot, head, len(questions.rules.texts)))
    return Ballot(GROUPS[packed_ballot[1]], chosen, texts)


def _texts(packed_ballot: bytes, begin: int, count: int) -> Iterator[str]:
    for _ in range(count):
        length = int.from_bytes(packed_ballot[begin : begin + _LENGTH], "big")
        begin += _LENGTH
        written = packed_ballot[begin : begin + length]
        begin += length
        if begin > ROOM:
            raise BallotUnreadable
        try:
            yield written.decode()
        except UnicodeDecodeError as error:
            raise BallotUnreadable from error
