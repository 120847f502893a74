"""Shows the stages of a scheme with their deadlines."""

from service.cli.speaking import LOCALE, show_table, spoken
from service.wording import STAGES, lapse_meaning
from states.rules import DeadlineRule, Rulebook, YearlyDate
from states.stages import Stage
from translations import mark as _

_COLUMNS = (_("Stage"), _("Rule"), _("Length"), _("Unit"), _("On lapse"), _("Article"))


def show_deadlines(book: Rulebook) -> None:
    """Prints each stage with its opening day or its deadlines."""
    show_table(spoken(_("Deadlines")), tuple(spoken(name) for name in _COLUMNS), _rows(book))


def _rows(book: Rulebook) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for stage in Stage:
        rule = book.stages.get(stage)
        if rule is None:
            continue
        name = spoken(STAGES[stage])
        if rule.opens_next is not None:
            rows.append((name, spoken(_("opens the next stage")), _day(rule.opens_next), "", "", ""))
        rows += [(name, *_cells(deadline)) for _name, deadline in rule.rules]
    return rows


def _cells(rule: DeadlineRule) -> tuple[object, ...]:
    length = _day(rule.date) if rule.date else str(rule.length)
    unit = rule.unit.value.replace("_", " ")
    return (rule.rule, length, unit, lapse_meaning(rule.on_lapse, LOCALE.get()), spoken(rule.article))


def _day(date: YearlyDate) -> str:
    following = f" +{date.year_offset}" if date.year_offset else ""
    return f"{date.day}-{date.month}{following}"
