"""The trainings of a scheme and what somebody chose of them, in the language of their reader."""

from collections.abc import Sequence

from content.follow_up.advice import Advice, advice
from content.rules import ContentRules
from service.meetings.naming import choice_name, said
from service.trainings.schemas import ChosenTraining, TrainingOffer, Trainings, Weakness
from store.training.repository import TrainingChoice
from translations import Locale


def shown_trainings(
    rules: ContentRules,
    named: Sequence[str],
    chosen: Sequence[TrainingChoice],
    locale: Locale,
    *,
    post: str,
    may_choose: bool,
) -> Trainings:
    """All trainings, those first that help with a named weakness."""
    return Trainings(
        article=rules.follow_up.article,
        may_choose=may_choose,
        weaknesses=[_weakness(rules, each, locale) for each in named],
        offers=shown_offers(rules, named, post, locale),
        chosen=[shown_choice(rules, each, locale) for each in chosen],
    )


def shown_offers(
    rules: ContentRules, weaknesses: Sequence[str], post: str, locale: Locale
) -> list[TrainingOffer]:
    """All trainings of a scheme; those stand first that are recommended to the holder of a post."""
    return [_offer(rules, each, locale) for each in advice(rules, post, weaknesses)]


def shown_choice(rules: ContentRules, chosen: TrainingChoice, locale: Locale) -> ChosenTraining:
    """One choice."""
    training = next((each for each in rules.follow_up.trainings if each.name == chosen.training), None)
    return ChosenTraining(
        id=chosen.id,
        training=chosen.training,
        label=chosen.training if training is None else said(training.label, locale),
        hours=None if training is None else training.hours,
        weakness=_weakness(rules, chosen.weakness, locale) if chosen.weakness else None,
        chosen_at=chosen.chosen_at,
        withdrawn_at=chosen.withdrawn_at,
    )


def _offer(rules: ContentRules, advised: Advice, locale: Locale) -> TrainingOffer:
    training = advised.training
    return TrainingOffer(
        training=training.name,
        label=said(training.label, locale),
        hours=training.hours,
        helps_with=[_weakness(rules, each, locale) for each in training.for_weaknesses],
        recommended=advised.recommended,
    )


def _weakness(rules: ContentRules, name: str, locale: Locale) -> Weakness:
    return Weakness(name=name, label=choice_name(rules, rules.follow_up.weaknesses or "", name, locale))
