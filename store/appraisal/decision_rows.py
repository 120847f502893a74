"""What a decision leads to, as the parameters of the statement that writes it."""

import datetime as dt
import json
from dataclasses import dataclass, field

from states.appraisal import Appraisal
from states.chain import Link, link_text
from states.codec import Json, dump_appraisal, dump_event, kind_of
from states.command_keys import OPERATION
from states.events import Acted, Event, Lapsed
from states.evolve import evolve
from states.following import wake_at
from states.notices import Notice, notices_of, still_to_tell
from states.receipt_record import receipt_record
from states.rule_context import RuleContext
from states.stages import HOLDERS, Capacity
from store.appraisal.decision import Decision
from store.message.writing import notice_row
from store.receipt.writing import receipt_row

GRACE = dt.timedelta(seconds=1)
"""How long the process that recorded a decision has to tell the engine itself, before a sweeper does."""


@dataclass(slots=True)
class _Consequences:
    """The rows that the events of one decision lead to, gathered event by event."""

    after: Appraisal
    events: list[Json] = field(default_factory=list)
    deadlines: list[Json] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    evidence: list[Json] = field(default_factory=list)
    left: bool = False
    """Whether the case has left the stage that it stood in."""
    replaced: bool = False
    """Whether the deadline that ran before has ended."""
    lapsed_at: dt.datetime | None = None
    """When the deadline that ran before lapsed."""

    def add(self, event: Event, decision: Decision, rules: RuleContext) -> None:
        """Takes in the next event."""
        previous, after = self.after, evolve(self.after, event)
        self.after = after
        self.events.append(_event_row(event, after, decision))
        self.notices += notices_of(event, after)
        shown = receipt_record(event, after, rules.calendar)
        if shown is not None:
            self.evidence.append(receipt_row(shown))
        self.left = self.left or after.stage is not previous.stage
        if isinstance(event, Lapsed):
            if self.deadlines:
                self.deadlines[-1]["lapsed_at"] = event.at.isoformat()
            else:
                self.lapsed_at = event.at
        if after.deadline is not previous.deadline and isinstance(event, Acted):
            self.replaced = True
            if self.deadlines:
                self.deadlines[-1]["ended_sequence"] = after.sequence
            self.deadlines += _deadline_row(after, rules)


def parameters_of(decision: Decision, rules: RuleContext) -> tuple[Appraisal, Json]:
    """The snapshot after the decision, and the parameters of `STATEMENT`."""
    found = _Consequences(decision.before)
    for event in decision.events:
        found.add(event, decision, rules)
    after = found.after
    capacity = HOLDERS.get(after.stage)
    document = decision.document
    return after, {
        "id": after.id,
        "seen": decision.before.sequence,
        "sequence": after.sequence,
        "stage": after.stage.value,
        "revision": after.revision,
        "holder": capacity.value if capacity else None,
        "task_capacity": capacity.value if capacity and capacity is not Capacity.CLOCK else None,
        "due_on": after.deadline.due_on if after.deadline else None,
        "outcome": after.outcome.value if after.outcome else None,
        "snapshot": json.dumps(dump_appraisal(after)),
        "entered_at": after.entered_at,
        "events": json.dumps(found.events),
        "deadlines": json.dumps(found.deadlines),
        "notices": json.dumps([notice_row(notice) for notice in still_to_tell(found.notices, after)]),
        "evidence": json.dumps(found.evidence),
        "command_id": decision.command_id,
        "fingerprint": decision.fingerprint,
        "now": decision.now,
        "left": found.left,
        "replaced": found.replaced,
        "lapsed_at": found.lapsed_at,
        "result_by": list(after.result_by),
        "operation": _operation_of(decision.command_id),
        "document_digest": document.digest if document else None,
        "document_kind": document.kind if document else None,
        "document_author": document.author if document else None,
        "document_content": json.dumps(document.content, ensure_ascii=False) if document else None,
        "told": decision.told,
        "wake_at": wake_at(after, rules, decision.clock, decision.now),
        "grace": GRACE,
    }


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


def _operation_of(command_id: str) -> str | None:
    """The operation under whose id a command came, or None for any other command."""
    if not command_id.startswith(OPERATION):
        return None
    return command_id.removeprefix(OPERATION).partition(":")[0]


def _deadline_row(after: Appraisal, rules: RuleContext) -> list[Json]:
    rule = rules.running_rule(after)
    if after.deadline is None or rule is None:
        return []
    return [
        {
            "sequence": after.sequence,
            "rule": rule.rule,
            "unit": rule.unit.value,
            "article": rule.article,
            "statutory": rule.statutory,
            "started_on": after.deadline.started_on.isoformat(),
            "due_on": after.deadline.due_on.isoformat(),
            "lapsed_at": None,
            "ended_sequence": None,
        }
    ]
