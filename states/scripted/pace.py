"""When scripted people act: on working days, in working hours, by their temperament."""

import datetime as dt
from typing import NamedTuple

from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.deadlines import due_on
from states.rule_context import RuleContext
from states.scripted.temperament import Dice, Temperament

_HOURS = tuple(dt.time(8 + quarter // 4, quarter % 4 * 15) for quarter in range(32))
"""Quarters of an hour from 08:00 to 15:45 local time (Perpres 21/2023 starts the day at 07:30)."""


class Pace(NamedTuple):
    """Moments at which somebody acts in one stage of a case; every later question gives the same."""

    appraisal: Appraisal
    rules: RuleContext
    dice: Dice
    """Throws 0 and 1 decide the pace, the others the action."""
    entered_on: dt.date
    """The local day on which the stage was entered."""

    @property
    def calendar(self) -> WorkingCalendar:
        """The calendar of the case's rules."""
        return self.rules.calendar

    def moment(self, day: dt.date) -> dt.datetime:
        """The time of day at which this stage's actor works, on ``day`` or the next working day."""
        return self.calendar.at(self.calendar.on_or_after(day), _HOURS[self.dice.among(1, 0, 31)])

    def working_days_after(self, day: dt.date, days: int) -> dt.datetime:
        """A moment on the ``days``-th working day after ``day``."""
        return self.moment(self.calendar.add_working_days(day, days))

    def not_before(self, planned: dt.datetime, now: dt.datetime) -> dt.datetime:
        """``planned`` or, if that has passed, the actor's next time at work."""
        if planned >= now:
            return planned
        today = self.calendar.local_date(now)
        moment = self.moment(today)
        return moment if moment >= now else self.working_days_after(today, 1)

    def by(self, temperament: Temperament, since: dt.date | None = None) -> dt.datetime:
        """When a person of this temperament acts, counted from ``since`` or else from the stage's beginning.

        An absent person acts only after an extension or a resumption, as somebody who came back.
        """
        start, deadline = since or self.entered_on, self.appraisal.deadline
        match temperament:
            case Temperament.PROMPT:
                return self.working_days_after(start, self.dice.among(0, 1, 2))
            case Temperament.LATE if deadline is not None:
                return self.working_days_after(deadline.due_on, self.dice.among(0, 1, 6))
            case Temperament.ABSENT if deadline is not None and not deadline.lapsed:
                return self.moment(self.calendar.add_working_days(deadline.due_on, -2))
            case Temperament.ABSENT | Temperament.LATE:
                return self.working_days_after(start, self.dice.among(0, 2, 4))
        window = self.calendar.working_days_between(start, deadline.due_on) if deadline else 10
        return self.working_days_after(start, max(1, window // 2 + self.dice.among(0, -1, 1)))

    def after_escalations(self) -> dt.datetime:
        """When HR steps in: one to three working days after the last rung of the ladder."""
        deadline = self.appraisal.deadline
        steps = () if deadline is None else self.rules.steps(deadline)
        last = self.calendar.local_date(steps[-1].at) if steps else self.entered_on
        return self.working_days_after(last, self.dice.among(0, 1, 3))

    @property
    def helped(self) -> bool:
        """Whether HR has extended the deadline, or the stage was suspended and resumed."""
        deadline, rule = self.appraisal.deadline, self.rules.running_rule(self.appraisal)
        if deadline is None or rule is None:
            return False
        counting = self.rules.book.counting
        due = due_on(rule, deadline.started_on, self.appraisal.year, counting, self.calendar)
        return deadline.due_on > due or deadline.started_on < self.entered_on
