"""A result with its working, in the language of its reader."""

import uuid
from collections.abc import Iterable

from content.forms.form import Form
from content.rating.outcome import Outcome, WorkingStep
from content.rules import ContentRules
from service.filled.showing import shown_filled
from service.filled.titles import Titles
from service.ratings.in_force import SetResult
from service.ratings.naming import Names
from service.ratings.schemas import RatingDetail, ShownApart, ShownNumber, ShownOutcome, ShownStep
from service.wording import in_words
from states.codec import Json
from translations import Locale, translate


def shown_result(
    appraisal: uuid.UUID,
    result: SetResult,
    written: Json,
    form: tuple[str, Form] | None,
    rules: ContentRules | None,
    titles: Titles,
    locale: Locale,
) -> RatingDetail:
    """The result that counts: what was set, and the predicate with its working."""
    by, delivered = result.by, result.delivered
    return RatingDetail(
        appraisal_id=appraisal,
        digest=result.digest,
        set_by=by.actor or "",
        on_behalf_of=by.on_behalf_of,
        set_at=by.at,
        delivered_at=None if delivered is None else delivered.at,
        decided=result.decided,
        scheme=by.rulebook,
        rating=shown_filled(written, form, rules, titles, locale),
        outcome=outcome_in(written, rules, titles, by.rulebook, locale),
    )


def outcome_in(
    written: Json, rules: ContentRules | None, titles: Titles, scheme: str, locale: Locale
) -> ShownOutcome | None:
    """The predicate that a text holds; None where it was written in words alone."""
    kept = written.get("outcome")
    if rules is None or not isinstance(kept, dict):
        return None
    return shown_outcome(Outcome.from_data(kept), Names(rules, titles, locale), scheme)


def shown_outcome(outcome: Outcome, names: Names, scheme: str) -> ShownOutcome:
    """A predicate with its working."""
    apart = {} if names.rules.rating is None else {each.name: each for each in names.rules.rating.apart}
    return ShownOutcome(
        predicate=outcome.predicate,
        predicate_name=names.predicate(outcome.predicate),
        results=outcome.results,
        results_name=names.step(outcome.results, names.rating_scale),
        behaviour=outcome.behaviour,
        behaviour_name=names.step(outcome.behaviour, names.rating_scale),
        score=outcome.score,
        apart=[
            ShownApart(
                name=name,
                label=names.label(name),
                step=step,
                step_name=names.step(step, apart[name].scale if name in apart else None) or step,
            )
            for name, step in outcome.apart.items()
        ],
        working=shown_working(outcome.working, names, scheme),
    )


def shown_working(working: Iterable[WorkingStep], names: Names, scheme: str) -> list[ShownStep]:
    """How something is computed, step by step, each with the version of the scheme whose rule it follows."""
    return [
        ShownStep(
            name=step.name,
            label=in_words(step.label, names.locale),
            numbers=[
                ShownNumber(
                    name=name, label=names.label(name), value=value, in_words=names.value(name, value)
                )
                for name, value in step.numbers.items()
            ],
            result=step.result,
            result_in_words="" if step.result is None else names.value("", step.result),
            article=None if step.article is None else translate(step.article, names.locale),
            scheme=scheme,
        )
        for step in working
    ]
