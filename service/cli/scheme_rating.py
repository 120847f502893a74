"""Shows how a scheme comes from ratings to a predicate: as a matrix, or as weights and bands."""

from content.rating.rules import DistributionRules, Limit, MatrixMethod, NumericMethod, RatingRules
from content.rules import ContentRules
from content.scales import Scale
from service.cli.scheme_wording import worded
from service.cli.speaking import say, show_table, spoken
from translations import mark as _


def show_rating(content: ContentRules) -> None:
    """Prints the method, what is rated apart, and the expected distribution."""
    rules = content.rating
    if rules is None:
        say(_("This scheme has no rating rules."))
        return
    predicates = content.scales[rules.predicates]
    if isinstance(rules.method, MatrixMethod):
        _show_matrix(rules.method, content.scales[rules.method.scale], predicates)
    else:
        _show_weights(rules.method)
        _show_bands(rules.method, predicates)
    _show_apart(rules)
    if rules.distribution is not None:
        _show_distribution(rules.distribution, content.scales[rules.distribution.levels], predicates)


def _show_matrix(method: MatrixMethod, scale: Scale, predicates: Scale) -> None:
    names = {step.name: worded(step.label) for step in (*scale.steps, *predicates.steps)}
    columns = (spoken(_("Results / behaviour")), *(worded(step.label) for step in reversed(scale.steps)))
    rows: list[tuple[object, ...]] = [
        (worded(row.label), *(names[method.cells[row.name][step.name]] for step in reversed(scale.steps)))
        for row in scale.steps
    ]
    show_table(spoken(_("Predicate ({article})"), article=spoken(method.article)), columns, rows)


def _show_weights(method: NumericMethod) -> None:
    columns = (*(worded(component.label) for component in method.components), spoken(_("Article")))
    rows: list[tuple[object, ...]] = [
        (
            *(
                f"{weighting.weights[c.name]:g} %" if c.name in weighting.weights else "-"
                for c in method.components
            ),
            spoken(weighting.article),
        )
        for weighting in method.weightings
    ]
    show_table(spoken(_("Weights: the first line whose parts are all there applies")), columns, rows)


def _show_bands(method: NumericMethod, predicates: Scale) -> None:
    names = {step.name: worded(step.label) for step in predicates.steps}
    rows: list[tuple[object, ...]] = [
        (
            names[band.predicate],
            f"{band.at_least:g}",
            "" if band.needs is None else f"{band.needs.section}.{band.needs.field}",
        )
        for band in method.bands
    ]
    title = spoken(_("Predicate ({article})"), article=spoken(method.article))
    show_table(title, (spoken(_("Predicate")), spoken(_("From")), spoken(_("Needs"))), rows)


def _show_apart(rules: RatingRules) -> None:
    for apart in rules.apart:
        say(_("Rated apart, without moving the predicate: {what}"), what=worded(apart.label))


def _show_distribution(rules: DistributionRules, levels: Scale, predicates: Scale) -> None:
    names = {step.name: worded(step.label) for step in predicates.steps}
    rows: list[tuple[object, ...]] = [
        (worded(level.label), "; ".join(_limit(limit, names) for limit in rules.expected[level.name]))
        for level in levels.steps
    ]
    title = spoken(_("Expected distribution ({article}): warnings only"), article=spoken(rules.article))
    show_table(title, (worded(levels.label), spoken(_("Expected"))), rows)


def _limit(limit: Limit, names: dict[str, str]) -> str:
    parts = [
        *([spoken(_("largest group"))] if limit.largest else []),
        *([spoken(_("somebody"))] if limit.some else []),
        *([f"≥ {limit.at_least:g} %"] if limit.at_least is not None else []),
        *([f"≤ {limit.at_most:g} %"] if limit.at_most is not None else []),
    ]
    return f"{' + '.join(names[name] for name in limit.predicates)}: {', '.join(parts)}"
