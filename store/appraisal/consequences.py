"""Gathers, event by event, the rows that the events of one decision lead to."""

from dataclasses import dataclass, field

from states.appraisal import Appraisal
from states.chain import Link, link_text
from states.codec import Json, dump_event, kind_of
from states.events import Acted, Event
from states.evolve import evolve
from states.notices import Notice, notices_of
from states.receipt_record import receipt_record
from states.rule_context import RuleContext
from store.appraisal.deadline_rows import DeadlineRows
from store.appraisal.decision import Decision
from store.receipt.writing import receipt_row


@dataclass(slots=True)
class Consequences:
    """The rows that the events of one decision lead to, gathered event by event."""

    after: Appraisal
    events: list[Json] = field(default_factory=list)
    deadlines: DeadlineRows = field(default_factory=DeadlineRows)
    notices: list[Notice] = field(default_factory=list)
    evidence: list[Json] = field(default_factory=list)
    left: bool = False
    """Whether the case has left the stage that it stood in."""

    def add(self, event: Event, decision: Decision, rules: RuleContext) -> None:
        """Takes in the next event; ``rules`` are those under which the decision was made."""
        previous, after = self.after, evolve(self.after, event)
        self.after = after
        rules = decision.rules_for(after, rules)
        self.events.append(_event_row(event, after, decision))
        self.notices += notices_of(event, after)
        shown = receipt_record(event, after, rules.calendar)
        if shown is not None:
            self.evidence.append(receipt_row(shown))
        self.left = self.left or after.stage is not previous.stage
        self.deadlines.add(event, previous, after, rules)


def _event_row(event: Event, after: Appraisal, decision: Decision) -> Json:
    link = Link(
        after.id, after.sequence, kind_of(event), dump_event(event), decision.command_id, decision.fingerprint
    )
    return {
        "sequence": after.sequence,
        "actor_id": event.actor if isinstance(event, Acted) else None,
        "at": event.at.isoformat(),
        "link": link_text(link),
    }
