"""Skills and recommendations in the language of their reader."""

from content.follow_up.advice import Advice, advice
from content.follow_up.skills import Because, Skill, Standing, weak
from content.rules import ContentRules
from service.forms.definition import said
from service.skills.schemas import (
    AdviceReason,
    AdvisedTraining,
    SkillLine,
    SkillMean,
    SkillReason,
    SkillStep,
)
from service.skills.wording import advice_in_words, because_in_words, input_name, skill_name
from service.wording import in_words
from translations import Locale


def shown_skill(skill: Skill, rules: ContentRules, locale: Locale) -> SkillLine:
    """One skill with all that is said of it."""
    return SkillLine(
        skill=skill.name,
        label=in_words(skill.choice.label, locale),
        meaning=said(skill.choice.meaning, locale),
        group=said(skill.choice.group, locale),
        own=_step(skill.own, skill.scale, rules, locale),
        rated=_step(skill.rated, skill.scale, rules, locale),
        gap=skill.gap,
        others=[
            SkillMean(input=name, label=input_name(rules, name, locale), mean=round(mean, 2))
            for name, mean in skill.means.items()
        ],
        standing=skill.standing,
        because=[_reason(each, skill.name, rules, locale) for each in skill.because],
    )


def shown_advice(
    skills: tuple[Skill, ...], post: str, rules: ContentRules, locale: Locale
) -> list[AdvisedTraining]:
    """All trainings of the scheme with why and why not, the recommended ones first."""
    by_name = {skill.name: skill for skill in skills}
    return [_advised(each, by_name, rules, locale) for each in advice(rules, post, weak(skills))]


def _advised(found: Advice, skills: dict[str, Skill], rules: ContentRules, locale: Locale) -> AdvisedTraining:
    return AdvisedTraining(
        training=found.training.name,
        label=in_words(found.training.label, locale),
        hours=found.training.hours,
        recommended=found.recommended,
        why=[
            AdviceReason(
                skill=name,
                label=skill_name(rules, name, locale),
                because=[
                    _reason(each, name, rules, locale)
                    for each in skills[name].because
                    if each.standing is Standing.WEAK
                ],
            )
            for name in found.helps
        ],
        why_not=found.why_not,
        words=advice_in_words(found, rules, locale),
    )


def _reason(because: Because, skill: str, rules: ContentRules, locale: Locale) -> SkillReason:
    return SkillReason(
        source=because.source,
        standing=because.standing,
        step=because.step,
        input=because.input,
        mean=None if because.mean is None else round(because.mean, 2),
        limit=because.limit,
        words=because_in_words(because, skill, rules, locale),
    )


def _step(name: str | None, scale: str | None, rules: ContentRules, locale: Locale) -> SkillStep | None:
    if name is None:
        return None
    steps = rules.scales[scale].steps if scale is not None and scale in rules.scales else ()
    found = next((step for step in steps if step.name == name), None)
    if found is None:
        return SkillStep(step=name, label=name, meaning=None)
    return SkillStep(step=name, label=in_words(found.label, locale), meaning=said(found.meaning, locale))
