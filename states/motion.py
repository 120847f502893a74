"""One attempt to fire a trigger: everything that conditions and guards look at."""

import datetime as dt

from states.appraisal import Appraisal
from states.commands import Command
from states.regime import Regime


class Motion:
    """The model that the shared machine moves; made for one trigger and dropped after it."""

    __slots__ = ("appraisal", "command", "now", "regime", "stage")

    def __init__(self, appraisal: Appraisal, command: Command, now: dt.datetime, regime: Regime) -> None:
        self.appraisal = appraisal
        self.command = command
        self.now = now
        self.regime = regime
        self.stage: str = appraisal.stage.value

    @property
    def today(self) -> dt.date:
        """The local day of ``now`` in the appraisal's calendar."""
        return self.regime.calendar.local_date(self.now)
