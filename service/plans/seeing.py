"""Whether somebody sees the plan of a case that he did not ask for: one below the case at hand."""

from content.rules import ContentRules
from content.sight.roles import roles_of
from content.sight.rules import Kind, Sight
from content.sight.table import sight_for
from states.stages import Capacity, Stage
from store.plan.cascade import PlanBelow


def sees_plan(below: PlanBelow, rules: ContentRules | None) -> bool:
    """Whether the asker may read this plan by the capacities that he holds on its case."""
    roles = roles_of(map(Capacity, below.capacities))
    return sight_for(rules, roles, Kind.PLAN, Stage(below.stage_of_work), delivered=False) is Sight.VISIBLE
