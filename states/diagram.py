"""The lifecycle as a Mermaid state diagram, drawn from the table."""

from states.stages import CLOSED_STAGES, Stage
from states.table import TABLE
from states.triggers import Trigger

EVERYWHERE = frozenset({Trigger.SUSPEND, Trigger.RESUME, Trigger.CANCEL, Trigger.EXTEND, Trigger.REASSIGN})
"""Triggers of all open stages; a note names them, since arrows from everywhere hide the flow."""


def mermaid(current: Stage | None = None) -> str:
    """Mermaid text of the whole lifecycle, with ``current`` marked if given."""
    arrows: dict[tuple[Stage, Stage], list[str]] = {}
    for row in TABLE:
        if row.trigger in EVERYWHERE or row.target is row.source:
            continue
        labels = arrows.setdefault((row.source, row.target), [])
        if row.trigger.value not in labels:
            labels.append(row.trigger.value)
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.SCHEDULED}"]
    lines += [f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in arrows.items()]
    lines += [f"    {stage} --> [*]" for stage in Stage if stage in CLOSED_STAGES]
    lines += [
        "    note right of suspended",
        "        every open stage: suspend and resume, cancel, extend, reassign",
        "    end note",
    ]
    if current is not None:
        lines += ["    classDef current stroke-width:4px,font-weight:bold", f"    class {current} current"]
    return "\n".join(lines) + "\n"
