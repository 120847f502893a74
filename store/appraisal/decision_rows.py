"""A decision as the parameters of the statement that writes it."""

import datetime as dt
import json

from states.appraisal import Appraisal
from states.codec import Json, dump_appraisal
from states.command_keys import OPERATION
from states.following import wake_at
from states.notices import still_to_tell
from states.rule_context import RuleContext
from states.stages import HOLDERS
from store.appraisal.consequences import Consequences
from store.appraisal.decision import Decision, Document
from store.appraisal.task_rows import task_rows
from store.message.writing import notice_row

GRACE = dt.timedelta(seconds=1)
"""How long the process that recorded a decision may take to tell the engine. After that a sweeper does."""


def parameters_of(decision: Decision, rules: RuleContext) -> tuple[Appraisal, Json]:
    """The snapshot after the decision, and the parameters of `STATEMENT`."""
    found = Consequences(decision.before)
    for event in decision.events:
        found.add(event, decision, rules)
    after = found.after
    capacity = HOLDERS.get(after.stage)
    tasks = task_rows(decision.before, after, decision.events, left=found.left)
    return after, {
        "id": after.id,
        "seen": decision.before.sequence,
        "sequence": after.sequence,
        "stage": after.stage.value,
        "revision": after.revision,
        "holder": capacity.value if capacity else None,
        "due_on": after.deadline.due_on if after.deadline else None,
        "outcome": after.outcome.value if after.outcome else None,
        "calendar": after.calendar,
        "snapshot": json.dumps(dump_appraisal(after)),
        "entered_at": after.entered_at,
        "events": json.dumps(found.events),
        "closing": tasks.closing,
        "opening": json.dumps(tasks.opening),
        "staying": json.dumps(tasks.staying),
        "stopped": json.dumps(list(found.deadlines.stopped.values())),
        "deadlines": json.dumps(found.deadlines.begun),
        "notices": json.dumps([notice_row(notice) for notice in still_to_tell(found.notices, after)]),
        "evidence": json.dumps(found.evidence),
        "command_id": decision.command_id,
        "fingerprint": decision.fingerprint,
        "now": decision.now,
        "barred": [*after.result_by, *after.conflicted],
        "operation": _operation_of(decision.command_id),
        "documents": json.dumps([_row_of(document) for document in decision.documents], ensure_ascii=False),
        "told": decision.told,
        "wake_at": wake_at(after, decision.rules_for(after, rules), decision.clock, decision.now),
        "grace": GRACE,
    }


def _row_of(document: Document) -> Json:
    """The columns of a text. Its content is not copied: a full plan has some hundred parts."""
    return {
        "digest": document.digest,
        "kind": document.kind,
        "author": document.author,
        "content": document.content,
        "form": document.form,
        "sent": document.sent,
    }


def _operation_of(command_id: str) -> str | None:
    """The operation that this command's id names, or None for any other command."""
    if not command_id.startswith(OPERATION):
        return None
    return command_id.removeprefix(OPERATION).partition(":")[0]
