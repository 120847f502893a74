"""How a plan hangs together with the plans above and below, as its reader may see it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from content.forms.items import WAITING
from content.parts import Values
from content.plan.cascade import Support, cascade, supported_by
from content.plan.reading import identity, results_of
from content.rules import ContentRules
from service.filled.titles import result_titles
from service.plans.schemas import PlanAbove, PlansBelow, SupportedResult, Supporter, SupportingResult
from states.stages import Stage
from store.plan.cascade import PlanBelow
from store.plan.context import CaseAround


def shown_above(
    around: CaseAround, plan: Values | None, rules: ContentRules, titles: Mapping[str, str]
) -> PlanAbove | None:
    """The superior's plan, with what each result of ``plan`` supports of it; ``titles`` are of his results.

    None where the relations name no superior.
    """
    if around.superior is None:
        return None
    own = result_titles(plan, rules)
    return PlanAbove(
        official=around.superior,
        ready=around.superior_ready,
        results=[
            SupportingResult(
                id=identity(row),
                title=own[identity(row)],
                supports=[titles[name] for name in supported_by(row, rules) if name in titles],
                waits=WAITING in supported_by(row, rules),
            )
            for row in results_of(plan or {}, rules)
        ],
    )


def shown_below(
    below: Sequence[PlanBelow],
    plan: Values | None,
    rules: ContentRules,
    *,
    has_plan: bool,
    sees: Callable[[PlanBelow], bool],
) -> PlansBelow:
    """Who supports ``plan``, the plan in force. People are named whose plans the reader ``sees``, and counted else."""
    plans = {str(each.appraisal): each.plan for each in below if isinstance(each.plan, dict)}
    found = cascade(plan or {}, plans, rules)
    named = _Named(below, rules, sees)
    titles = result_titles(plan, rules)
    return PlansBelow(
        people=len(below),
        waiting=0 if has_plan else sum(each.stage == Stage.PLAN_DRAFTING for each in below),
        not_linked=len(found.waiting),
        results=[
            SupportedResult(
                id=result,
                title=titles[result],
                supporters=named.supporters(supports),
                others=named.others(supports),
            )
            for result, supports in found.supports.items()
        ],
        lost=named.supporters(found.lost),
    )


class _Named:
    """Names those whose plans the reader sees."""

    def __init__(
        self,
        below: Sequence[PlanBelow],
        rules: ContentRules,
        sees: Callable[[PlanBelow], bool],
    ) -> None:
        self._seen = {str(each.appraisal): each for each in below if sees(each)}
        self._titles = {key: result_titles(each.plan, rules) for key, each in self._seen.items()}

    def supporters(self, supports: Iterable[Support]) -> list[Supporter]:
        """Each person once, with all of his results among these."""
        results: dict[str, list[str]] = {}
        for support in supports:
            if support.subordinate in self._seen:
                title = self._titles[support.subordinate][support.result]
                results.setdefault(support.subordinate, []).append(title)
        return [
            Supporter(
                appraisal_id=self._seen[key].appraisal, employee=self._seen[key].employee, results=titles
            )
            for key, titles in results.items()
        ]

    def others(self, supports: Iterable[Support]) -> int:
        """How many people there are whom the reader does not see."""
        return len({each.subordinate for each in supports} - self._seen.keys())
