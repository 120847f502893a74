"""The hash chain over a record."""

import dataclasses
import hashlib
from typing import Any

import pytest

from states.chain import GENESIS, Link, link_hash, link_text
from states.codec import dump_event, kind_of
from states.stages import Stage
from tests.states.builders import case_in

LINK = Link("case-1", 2, "lapsed", {"rule": "plan-set", "due_on": "2026-01-31"}, "key-1", "f" * 64)


def test_a_link_is_the_sha256_of_its_predecessor_and_its_canonical_text() -> None:
    text = (
        '{"appraisal":"case-1","body":{"due_on":"2026-01-31","rule":"plan-set"},"command":"key-1",'
        f'"fingerprint":"{"f" * 64}","kind":"lapsed","sequence":2}}'
    )
    assert link_text(LINK) == text
    assert link_hash(GENESIS, LINK) == hashlib.sha256(f"{GENESIS}\n{text}".encode()).hexdigest()


@pytest.mark.parametrize(
    ("field", "value"),
    (
        ("appraisal", "case-2"),
        ("sequence", 3),
        ("kind", "acted"),
        ("body", {"rule": "plan-set", "due_on": "2026-02-01"}),
        ("command", "key-2"),
        ("fingerprint", "e" * 64),
    ),
)
def test_every_part_of_a_link_changes_its_hash(field: str, value: Any) -> None:
    assert link_hash(GENESIS, dataclasses.replace(LINK, **{field: value})) != link_hash(GENESIS, LINK)


def test_the_predecessor_changes_the_hash() -> None:
    assert link_hash("1" * 64, LINK) != link_hash(GENESIS, LINK)


def test_the_order_of_keys_in_a_body_does_not_change_the_hash() -> None:
    turned = dataclasses.replace(LINK, body=dict(reversed(LINK.body.items())))
    assert link_hash(GENESIS, turned) == link_hash(GENESIS, LINK)


def chain_of(bodies: list[dict[str, Any]], kinds: list[str]) -> list[str]:
    hashes, previous = [], GENESIS
    for number, (kind, body) in enumerate(zip(kinds, bodies, strict=True), start=1):
        previous = link_hash(previous, Link("case-1", number, kind, body, "", ""))
        hashes.append(previous)
    return hashes


def test_a_changed_event_breaks_the_chain_from_there_on() -> None:
    events = case_in(Stage.RESPONSE).events
    bodies, kinds = [dump_event(event) for event in events], [kind_of(event) for event in events]
    intact = chain_of(bodies, kinds)
    bodies[3] = bodies[3] | {"at": "2026-01-03T00:00:00Z"}
    broken = chain_of(bodies, kinds)
    assert broken[:3] == intact[:3]
    assert not set(broken[3:]) & set(intact)
