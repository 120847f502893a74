import random

import pytest

from notifications.circuit import FAILURES, FIRST_PAUSE, JITTER, LONGEST_PAUSE, WITHIN, Circuit


class Watch:
    """A clock that stands still unless it is told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def circuit(watch: Watch) -> Circuit:
    return Circuit(clock=watch, chance=random.Random(4))


def fail(circuit: Circuit, times: int = 1) -> None:
    for _ in range(times):
        assert circuit.begin()
        circuit.failed()


def test_a_few_failures_are_borne(circuit: Circuit) -> None:
    fail(circuit, FAILURES - 1)
    assert circuit.closed
    assert circuit.begin()


def test_as_many_in_a_minute_pass_the_provider_over(circuit: Circuit) -> None:
    fail(circuit, FAILURES)
    assert not circuit.closed
    assert not circuit.begin()


def test_failures_far_apart_do_not(circuit: Circuit, watch: Watch) -> None:
    for _ in range(FAILURES * 2):
        fail(circuit)
        watch.now += WITHIN / (FAILURES - 1) + 1
    assert circuit.closed


def test_a_success_in_between_forgets_them(circuit: Circuit) -> None:
    fail(circuit, FAILURES - 1)
    circuit.succeeded()
    fail(circuit, FAILURES - 1)
    assert circuit.closed


def test_after_a_pause_one_message_at_a_time_probes_it(circuit: Circuit, watch: Watch) -> None:
    fail(circuit, FAILURES)
    watch.now += FIRST_PAUSE * (1 + JITTER)
    assert circuit.begin()
    assert not circuit.begin()


def test_a_probe_that_succeeds_brings_it_back(circuit: Circuit, watch: Watch) -> None:
    fail(circuit, FAILURES)
    watch.now += FIRST_PAUSE * (1 + JITTER)
    assert circuit.begin()
    circuit.succeeded()
    assert circuit.closed
    assert circuit.begin()


def test_a_probe_that_nobody_heard_of_lets_another_one_probe(circuit: Circuit, watch: Watch) -> None:
    fail(circuit, FAILURES)
    watch.now += FIRST_PAUSE * (1 + JITTER)
    assert circuit.begin()
    circuit.gave_up()
    assert circuit.begin()


def test_pauses_grow_up_to_a_limit_and_differ(circuit: Circuit, watch: Watch) -> None:
    fail(circuit, FAILURES)
    pauses = []
    for _ in range(12):
        began = watch.now
        while not circuit.begin():
            watch.now += 0.1
        pauses.append(watch.now - began)
        circuit.failed()
    assert pauses[0] < FIRST_PAUSE * (1 + JITTER) + 0.2
    assert pauses[3] > FIRST_PAUSE * 8 * (1 - JITTER)
    assert max(pauses) < LONGEST_PAUSE * (1 + JITTER) + 0.2
    assert len({round(pause, 1) for pause in pauses[-4:]}) > 1


def test_sends_that_began_before_it_opened_lengthen_nothing(circuit: Circuit, watch: Watch) -> None:
    fail(circuit, FAILURES)
    circuit.failed()
    watch.now += FIRST_PAUSE * (1 + JITTER)
    assert circuit.begin()
