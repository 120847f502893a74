"""One attempt to fire a trigger: everything that conditions and guards look at."""

import datetime as dt

from states.appraisal import Appraisal
from states.commands import Command
from states.rule_context import RuleContext


class TransitionContext:
    """The model that the shared machine moves; made for one trigger and dropped after it."""

    __slots__ = ("adopting", "appraisal", "command", "now", "rules", "stage")

    def __init__(
        self,
        appraisal: Appraisal,
        command: Command,
        now: dt.datetime,
        rules: RuleContext,
        adopting: RuleContext | None = None,
    ) -> None:
        self.appraisal = appraisal
        self.command = command
        self.now = now
        self.rules = rules
        self.adopting = adopting
        """Another calendar, or version of the scheme, by which the case is to go on."""
        self.stage: str = appraisal.stage.value

    @property
    def today(self) -> dt.date:
        """The local day of ``now`` in the case's calendar."""
        return self.rules.calendar.local_date(self.now)
