"""Decides who of the agency does what in the scenes."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping

from service.demo.journeys import Journey, next_morning
from service.demo.scenes import Scene
from service.rehearsal.people import Ensemble
from service.rehearsal.planning import Plan, usual_plan
from states.rule_context import RuleContext
from states.scripted.behaviour import PlannedAction
from store.cycle.rehearsing import RehearsedCase


def cast(scene: Scene, ensemble: Ensemble, appraised: Collection[uuid.UUID]) -> dict[uuid.UUID, Journey]:
    """The journeys of a scene by employee. Only people who rate nobody get one: largest section first, by NIP."""
    raters = Counter(person.rater for person in ensemble.people.values())
    staff = [
        person for person in ensemble.people.values() if person.id in appraised and person.id not in raters
    ]
    staff.sort(key=lambda person: (-raters[person.rater], str(person.rater), person.nip))
    return dict(zip((person.id for person in staff), scene.journeys, strict=False))


def journey_plan(
    scene: Scene, ensemble: Ensemble, journeys: Mapping[uuid.UUID, Journey], is_ready: Callable[[], bool]
) -> Plan:
    """The plan for cases on a journey: they follow it until the demonstration is ready, then stay at its end.

    A case that has not arrived when time slows down goes on at once. After a visitor has moved a case on from
    its end, its people act by temperament like all others.
    """
    usually = usual_plan(ensemble)

    def plan(case: RehearsedCase, now: dt.datetime, rules: RuleContext) -> PlannedAction | None:
        journey = journeys.get(case.employee)
        if journey is None or journey.has_ended(case.appraisal):
            return None
        if is_ready():
            return usually(case, now, rules)
        at = now if scene.hurries(now) else next_morning(case.appraisal, rules)
        return journey.step(case.appraisal, at)

    return plan


def others_plan(ensemble: Ensemble, journeys: Mapping[uuid.UUID, Journey]) -> Plan:
    """The plan for cases on no journey: their people act by temperament."""
    usually = usual_plan(ensemble)

    def plan(case: RehearsedCase, now: dt.datetime, rules: RuleContext) -> PlannedAction | None:
        return None if case.employee in journeys else usually(case, now, rules)

    return plan


def whole_plan(
    scene: Scene, ensemble: Ensemble, journeys: Mapping[uuid.UUID, Journey], is_ready: Callable[[], bool]
) -> Plan:
    """The plan for all cases of a scene, on a journey or not."""
    travelling = journey_plan(scene, ensemble, journeys, is_ready)
    staying = others_plan(ensemble, journeys)

    def plan(case: RehearsedCase, now: dt.datetime, rules: RuleContext) -> PlannedAction | None:
        return (travelling if case.employee in journeys else staying)(case, now, rules)

    return plan
