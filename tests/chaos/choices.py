"""What the clients ask for: any action that is offered, with all that it needs, rather what nobody has done yet."""

import datetime as dt
import random
import uuid
import zoneinfo
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from states.receipt_evidence import OFFICIAL
from states.stages import HOLDERS, Capacity, Stage
from states.table import ROWS
from states.triggers import DismissalGround, ReopeningGround, RevisionGround, Trigger
from tests.chaos.ledger import Asked
from tests.fixtures.agency import SmallAgency

_OUT_OF_PLACE = 0.04
_AWAITED = 0.7
"""How often whoever is awaited comes, and not just anybody."""
_UNREACHED, _UNTRIED = 40.0, 8.0
"""How much rather an action is taken that leads to a stage where no case has been, or that nobody has done."""
_ZONE = zoneinfo.ZoneInfo("Asia/Jakarta")

_WEIGHTS: dict[str, float] = {
    Trigger.CANCEL: 0.002,
    Trigger.SUSPEND: 0.06,
    Trigger.DISPUTE_RATER: 0.06,
    Trigger.EXTEND: 0.15,
    Trigger.REASSIGN: 0.1,
    Trigger.REVISE_PLAN: 0.1,
    Trigger.RETURN_PLAN: 0.25,
    Trigger.RETURN_CHECK_IN: 0.2,
    Trigger.RETURN_SELF_ASSESSMENT: 0.2,
    Trigger.RETURN_RATING: 0.25,
    Trigger.OBJECT: 0.6,
    Trigger.DISMISS_OBJECTION: 0.1,
    Trigger.WITHDRAW_OBJECTION: 0.1,
}
_SILENT = frozenset({Trigger.AGREE, Trigger.OBJECT})


@dataclass
class Choices:
    """Who acts next on which case, and how."""

    agency: SmallAgency
    cases: dict[uuid.UUID, uuid.UUID]
    """Appraisals and their employees."""
    random: random.Random
    reached: Counter[str] = field(default_factory=Counter)
    """How often a case was seen in each stage."""
    _done: Counter[str] = field(default_factory=Counter)
    _stages: dict[uuid.UUID, Stage] = field(default_factory=dict)

    def saw(self, appraisal: uuid.UUID, stage: str, trigger: str | None = None) -> None:
        """Notes where a case stands, and by what it came there."""
        self.reached[stage] += 1
        self._stages[appraisal] = Stage(stage)
        if trigger is not None:
            self._done[trigger] += 1

    def case(self) -> uuid.UUID:
        """A case; a few are fought over, so that commands meet on one case also with few clients."""
        everybody = list(self.cases)
        return self.random.choice(everybody[:8] if self.random.random() < 0.4 else everybody)

    def person(self, appraisal: uuid.UUID) -> uuid.UUID:
        """Somebody who may have something to do with the case."""
        agency, employee = self.agency, self.cases[appraisal]
        if self.random.random() < _AWAITED:
            awaited = HOLDERS.get(self._stages.get(appraisal, Stage.SCHEDULED), Capacity.HR)
            likely = {
                Capacity.EMPLOYEE: (employee,),
                Capacity.RATER: (agency.rater, agency.rater, agency.superior),
                Capacity.RATER_SUPERIOR: (agency.superior, agency.director),
                Capacity.APPEALS_OFFICER: (agency.superior, agency.director, agency.head),
            }
            return self.random.choice(likely.get(awaited, (agency.officer,)))
        people = (employee, agency.rater, agency.superior, agency.director, agency.head, agency.officer)
        return self.random.choices(people, weights=(30, 30, 12, 8, 3, 20))[0]

    def wish(self, appraisal: uuid.UUID, person: uuid.UUID, view: dict[str, Any]) -> Asked | None:
        """What the person asks for who sees this; None where nothing is offered that he wants."""
        if self.random.random() < _OUT_OF_PLACE:
            trigger = self.random.choice([each for each in Trigger if each is not Trigger.CANCEL])
            return Asked(appraisal, person, trigger, {"text": self._words()})
        offered = [
            action for action in view["actions"] if not self._is_left_to_the_clock(appraisal, view, action)
        ]
        if not offered:
            return None
        weights = [self._weight(view["stage"], action["trigger"]) for action in offered]
        action = self.random.choices(offered, weights)[0]
        body: dict[str, Any] = {"capacity": action["capacity"]}
        if action["needs_text"] or self.random.random() < 0.2:
            body["text"] = self._words()
        given = self._parameters(action["trigger"], view)
        return Asked(
            appraisal,
            person,
            action["trigger"],
            body | {name: given[name] for name in action["parameters"] if name in given},
        )

    def _is_left_to_the_clock(
        self, appraisal: uuid.UUID, view: dict[str, Any], action: dict[str, Any]
    ) -> bool:
        """The employees of some cases never answer a result, so that their silence lapses."""
        return view["stage"] == Stage.RESPONSE and action["trigger"] in _SILENT and appraisal.int % 3 == 0

    def _weight(self, stage: str, trigger: str) -> float:
        weight = _WEIGHTS.get(trigger, 1.0)
        targets = {row.target for row in ROWS.get((Stage(stage), Trigger(trigger)), ())}
        if not targets <= self.reached.keys():
            return weight * _UNREACHED
        return weight if self._done[trigger] else weight * _UNTRIED

    def _parameters(self, trigger: str, view: dict[str, Any]) -> dict[str, Any]:
        agency, pick = self.agency, self.random.choice
        today = dt.datetime.fromisoformat(view["business_now"]).astimezone(_ZONE).date()
        due = dt.date.fromisoformat(view["due_on"]) if view["due_on"] else today
        capacity, assignee = pick(
            (
                (Capacity.RATER, agency.rater),
                (Capacity.RATER, agency.superior),
                (Capacity.RATER_SUPERIOR, agency.superior),
                (Capacity.RATER_SUPERIOR, agency.director),
                (Capacity.APPEALS_OFFICER, agency.director),
                (Capacity.APPEALS_OFFICER, agency.head),
            )
        )
        given: dict[str, Any] = {
            "until": (max(today, due) + dt.timedelta(days=self.random.randint(1, 20))).isoformat(),
            "received_on": today.isoformat(),
            "evidence": pick(OFFICIAL).value,
            "ground": pick(list(RevisionGround)).value,
            "assignee": str(assignee),
            "assigned_capacity": capacity.value,
            "result": {"text": self._words()},
            "authority": self._words(),
            "dismissal_ground": DismissalGround.NO_REASONS.value,
            "reopening_ground": pick(list(ReopeningGround)).value,
            "reference": f"{self.random.randint(1, 99)}/G/2027",
        }
        if trigger == Trigger.ANSWER_DISPUTE:
            if self.random.random() < 0.5:
                del given["assignee"], given["assigned_capacity"]
            else:
                given |= {
                    "assignee": str(pick((agency.rater, agency.superior))),
                    "assigned_capacity": "rater",
                }
        return given

    def _words(self) -> str:
        return f"Uraian {self.random.getrandbits(64):x}"
