"""Times to improve, in the language of their reader."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from content.follow_up.rules import ImprovementRules
from content.rules import ContentRules
from service.filled.titles import titles_of
from service.improvements.schemas import ImprovementDetail, ImprovementOutcome, LaterResult
from service.ratings.naming import Names
from service.wording import in_words
from states.codec import Json
from store.improvement.reading import Improvement, Outcome
from translations import Locale, translate
from translations import mark as _

STATES: Mapping[str, str] = {
    "running": _("The time to improve goes on"),
    "test_awaited": _("The competency test, or its outcome, is awaited"),
    "test_missing": _("The outcome of the competency test is missing; nobody is reminded any more"),
    "closed": _("Ended"),
}
KINDS: Mapping[str, str] = {
    "test": _("Competency test"),
    "end": _("Ended without a test"),
    "left": _("The employee has left"),
}


def shown_improvement(
    row: Improvement,
    outcomes: Sequence[Outcome],
    rules: Mapping[str, ContentRules | None],
    locale: Locale,
    *,
    visible: Collection[str],
    may_record: bool,
) -> ImprovementDetail:
    """One time to improve. ``rules`` by version of a scheme; ``visible``: the later cases that the reader may see."""
    latest, earlier = next(iter(outcomes), None), outcomes[1:]
    rule = _rule_of(row, rules)
    failed = latest is not None and latest.passed is False
    state = state_of(row, row.today)
    return ImprovementDetail(
        id=row.id,
        appraisal_id=row.appraisal_id,
        employee_id=row.employee_id,
        employee=row.employee,
        unit_id=row.unit_id,
        unit=row.unit,
        cycle_id=row.cycle_id,
        cycle=row.cycle,
        rule=row.rule,
        label=row.rule if rule is None else in_words(rule.label, locale),
        article=None if rule is None else translate(rule.article, locale),
        predicate=row.predicate,
        predicate_name=None
        if row.predicate is None
        else _predicate(rules, row.rulebook, row.predicate, locale),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=state,
        state_name=translate(STATES[state], locale),
        result_changed=row.result_changed,
        outcome=None if latest is None else _outcome(latest, locale),
        leads_to=in_words(rule.leads_to, locale) if failed and rule is not None else None,
        earlier_outcomes=[_outcome(each, locale) for each in earlier],
        later_results=[_later(each, rules, locale) for each in row.later if each["appraisal_id"] in visible],
        may_record=may_record,
    )


def state_of(row: Improvement, today: dt.date) -> str:
    """How it stands on a day."""
    if row.closed:
        return "closed"
    if row.given_up:
        return "test_missing"
    return "running" if today <= row.ends_on else "test_awaited"


def _rule_of(row: Improvement, rules: Mapping[str, ContentRules | None]) -> ImprovementRules | None:
    content = rules.get(row.rulebook)
    if content is None:
        return None
    return next((each for each in content.follow_up.improvement if each.name == row.rule), None)


def _outcome(row: Outcome, locale: Locale) -> ImprovementOutcome:
    return ImprovementOutcome(
        revision=row.revision,
        kind=row.kind,
        kind_name=translate(KINDS[row.kind], locale),
        held_on=row.held_on,
        passed=row.passed,
        reason=row.reason,
        letter=row.letter,
        recorded_by=row.by,
        at=row.at,
        recorded_at=row.recorded_at,
    )


def _later(row: Json, rules: Mapping[str, ContentRules | None], locale: Locale) -> LaterResult:
    return LaterResult(
        appraisal_id=row["appraisal_id"],
        cycle=row["cycle"],
        year=row["year"],
        predicate=row["predicate"],
        predicate_name=_predicate(rules, row["rulebook"], row["predicate"], locale),
        score=None if row["score"] is None else float(row["score"]),
    )


def _predicate(rules: Mapping[str, ContentRules | None], rulebook: str, name: str, locale: Locale) -> str:
    content = rules.get(rulebook)
    return (
        name
        if content is None
        else Names(content, titles_of(content, locale, plan=None), locale).predicate(name)
    )
