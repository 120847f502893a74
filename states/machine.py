"""The one `transitions` machine of a process, built from the table."""

from transitions import EventData, Machine, Transition

from states.conditions import CONDITIONS
from states.stages import Stage
from states.table import TABLE
from states.transition_context import TransitionContext


class _Row(Transition):
    """A row of the table. It has no callbacks and, unlike the library's class, never looks for any."""

    def execute(self, event_data: EventData) -> bool:
        """Moves the model to the row's target if its conditions hold; returns whether they do."""
        if not self._eval_conditions(event_data):
            return False
        if self.dest is not None:
            event_data.machine.set_state(self.dest, event_data.model)
        return True


class _Lifecycle(Machine):
    transition_cls = _Row


# One machine serves all cases and registers no model. A machine for each would cost milliseconds and tens of
# kilobytes; a registered model is never freed.
MACHINE = _Lifecycle(
    model=None,
    states=[stage.value for stage in Stage],
    initial=Stage.SCHEDULED.value,
    transitions=[
        {
            "trigger": row.trigger.value,
            "source": row.source.value,
            "dest": None if row.target is row.source else row.target.value,
            "conditions": [CONDITIONS[name] for name in row.when],
        }
        for row in TABLE
    ],
    auto_transitions=False,
    model_attribute="stage",
)


def destination(context: TransitionContext) -> Stage | None:
    """The stage to which the context's trigger leads, or None when no row's conditions hold.

    Raises `transitions.MachineError` for a trigger that the stage does not know: callers check that first.
    """
    fired = MACHINE.events[context.command.trigger.value].trigger(context, context)
    return Stage(context.stage) if fired else None
