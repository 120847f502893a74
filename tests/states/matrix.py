"""A hand-written expectation of what every trigger by every capacity leads to, and how it is read.

A line is ``stage trigger who when -> outcome``: a stage or a group of them, capacities, circumstances that must hold
(or ``any``), and the stage reached, the name of the refusal, ``SAME`` or ``SOURCE`` (where it was suspended). What is
not listed must be refused: `IllegalTransition` when nobody may do it in the stage, else `NotPermitted`.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from states.commands import Command
from states.decide import decide
from states.errors import DomainError
from states.events import Acted
from states.evolve import evolve
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import PEOPLE, Case

PLANNED = ["first_half", "midyear_report", "midyear_review", "second_half"]
AWAITING_EMPLOYEE = ["plan_drafting", "midyear_report", "self_assessment", "response"]
CONTESTED = ["objected", "objection_review"]

Line = tuple[list[str], str, list[str], frozenset[str], str]
Making = Callable[[], Case]


@dataclass(frozen=True)
class Matrix:
    """An expectation with the groups of stages that it names."""

    expectation: str
    groups: Mapping[str, list[str]]

    def lines(self) -> Iterator[Line]:
        """What is written, line by line."""
        for line in self.expectation.splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            left, outcome = line.split("->")
            stage, trigger, who, when = left.split()
            circumstances = frozenset() if when == "any" else frozenset(when.split(","))
            yield self.groups.get(stage, [stage]), trigger, who.split(","), circumstances, outcome.strip()

    @cached_property
    def _expected(self) -> dict[tuple[str, str, str], list[tuple[frozenset[str], str]]]:
        expected: dict[tuple[str, str, str], list[tuple[frozenset[str], str]]] = {}
        for stages, trigger, capacities, circumstances, outcome in self.lines():
            for stage in stages:
                for capacity in capacities:
                    expected.setdefault((stage, trigger, capacity), []).append((circumstances, outcome))
        return expected

    def expected(self, name: str, trigger: str, capacity: str, lapse: str) -> str:
        """What a trigger leads to in a situation; ``lapse`` is ``running`` or ``lapsed``."""
        stage, circumstances = name.split()[0], circumstances_of(name, lapse)
        choices = self._expected.get((stage, trigger, capacity))
        if choices is None:
            someone_may = any(place[:2] == (stage, trigger) for place in self._expected)
            return "NotPermitted" if someone_may else "IllegalTransition"
        fitting = [outcome for wanted, outcome in choices if wanted <= circumstances]
        assert len(fitting) == 1, f"{stage} {trigger} {capacity} {sorted(circumstances)}: {fitting}"
        return {"SAME": stage, "SOURCE": name.partition("from_")[2]}.get(fitting[0], fitting[0])

    def mismatches(self, case: Case, name: str, lapse: str) -> list[str]:
        """Where the core says something else than the expectation."""
        found = []
        for trigger in Trigger:
            for capacity in Capacity:
                expected = self.expected(name, trigger, capacity, lapse)
                actual = outcome(case, trigger, capacity)
                if actual != expected:
                    found.append(f"{name} {lapse}: {trigger} by {capacity}: {actual}, not {expected}")
        return found

    def holds_while_running(self, case: Case, name: str) -> None:
        """The expectation is met while the deadline runs."""
        assert case.stage == name.split()[0]
        assert not self.mismatches(case, name, "running")

    def holds_after_the_lapse(self, case: Case, name: str) -> None:
        """The expectation is met an hour after the lapse, whether time was let act before or acts with the command."""
        if case.appraisal.deadline is None:
            assert name.split()[0] in {"scheduled", "first_half", "second_half", "finalised", "cancelled"}
            return
        case.now = case.lapse + dt.timedelta(hours=1)
        late_wake = self.mismatches(case, name, "lapsed")
        case.lapsed()
        assert not late_wake
        assert not self.mismatches(case, name, "lapsed")

    def bars_who_set_the_result(self, case: Case, name: str) -> None:
        """Nothing that an appeals officer may do is open to the rater."""
        for trigger, capacity in self.acting(name):
            if capacity is Capacity.APPEALS_OFFICER:
                command = case.command(trigger, capacity, actor=PEOPLE[Capacity.RATER])
                assert outcome_of(case, command) == "ConflictOfInterest", trigger

    def acting(self, name: str) -> Iterator[tuple[Trigger, Capacity]]:
        """Who may do what in a situation while its deadline runs."""
        for trigger in Trigger:
            for capacity in Capacity:
                if self.expected(name, trigger, capacity, "running") in set(Stage):
                    yield trigger, capacity


def circumstances_of(name: str, lapse: str) -> frozenset[str]:
    """What is true of a situation: what its name says, and the usual where it says nothing."""
    told = name.split()[1:]
    revised = "planned" in told or any(word.startswith("revised") for word in told)
    contested = name.split()[0] in CONTESTED or name.partition("from_")[2] in CONTESTED
    rated = name.partition("from_")[2] in ("response", "countersign", "agreed", "reporting")
    return frozenset(
        [
            *told,
            lapse,
            "planned" if revised else "unplanned",
            "confirmed" if "confirmed" in told else "unconfirmed",
            "by_dispute" if "by_dispute" in told else "by_hr",
            "contested" if contested else "uncontested",
            "with_result" if rated else "without_result",
            *([] if "from_agreed" in told else ["from_others"]),
            "disputed" if "disputed" in told else "undisputed",
            "decided" if "decided" in told else "undecided",
            "undelivered" if "undelivered" in told else "in_hand",
            "reported" if "reported" in told else "unreported",
            "awaits_employee" if name.split()[0] in AWAITING_EMPLOYEE else "awaits_others",
            "screened" if "screened" in told else "unscreened",
            "countersigned" if "countersigned" in told else "uncountersigned",
            "waits" if "waits" in told else "runs",
            "declarable" if "declarable" in told else "undeclarable",
        ]
    )


def outcome(case: Case, trigger: Trigger, capacity: Capacity) -> str:
    """The stage that the usual command leads to, or the name of its refusal."""
    return outcome_of(case, case.command(trigger, capacity))


def outcome_of(case: Case, command: Command) -> str:
    """The stage that the command leads to, or the name of its refusal; the case itself stays where it is."""
    try:
        events = decide(case.appraisal, command, case.now, case.rules)
    except DomainError as refusal:
        return type(refusal).__name__
    reached = case.appraisal
    for event in events:
        reached = evolve(reached, event)
    acted = [event for event in events if isinstance(event, Acted) and event.trigger is command.trigger]
    assert [(event.capacity, event.source) for event in acted] == [(command.capacity, case.stage)]
    assert events[-1] is acted[0] or acted[0].trigger is Trigger.NOTE_ABSENCE
    assert reached.sequence == case.appraisal.sequence + len(events)
    return reached.stage.value


def needed_of(text: str) -> dict[str, str]:
    """The refusal by trigger, from lines of ``Refusal: trigger trigger``."""
    needed: dict[str, str] = {}
    for line in text.strip().splitlines():
        refusal, triggers = line.split(":")
        needed |= dict.fromkeys(triggers.split(), refusal)
    return needed
