"""What stands behind strengths, weaknesses and recommendations, in sentences."""

from collections.abc import Mapping, Sequence

from content.follow_up.advice import Advice, WhyNot
from content.follow_up.skills import Because, Standing
from content.rules import ContentRules
from service.filled.values import label_of, number
from service.wording import in_words
from translations import Locale, translate
from translations import mark as _

_SENTENCES: Mapping[tuple[str, Standing], str] = {
    ("rated", Standing.WEAK): _("“{skill}” needs strengthening, because the rater rated it “{step}”."),
    ("rated", Standing.STRONG): _("“{skill}” is a strength, because the rater rated it “{step}”."),
    ("input", Standing.WEAK): _(
        "“{skill}” needs strengthening, because others gave it {mean} on average in “{input}”, below {limit}."
    ),
    ("input", Standing.STRONG): _(
        "“{skill}” is a strength, because others gave it {mean} on average in “{input}”, at least {limit}."
    ),
    ("named", Standing.WEAK): _("“{skill}” needs strengthening, because rater and employee named it so."),
    ("named", Standing.STRONG): _("“{skill}” is a strength, because rater and employee named it so."),
}
_WHY = _("Recommended, because it helps with {skills}.")
_WHY_NOT: Mapping[WhyNot, str] = {
    WhyNot.NOTHING_WEAK: _("Not recommended: no weakness is known that it would help with."),
    WhyNot.OTHER_WEAKNESSES: _("Not recommended: it helps with {skills}, which is no weakness here."),
    WhyNot.OTHER_FAMILIES: _("Not recommended: it is meant for other jobs: {families}."),
}
_GENERAL = _("Not recommended: it is meant for no weakness in particular.")


def skill_name(rules: ContentRules, skill: str, locale: Locale) -> str:
    """The label of a skill; its name where the list does not have it."""
    return label_of(rules, rules.follow_up.weaknesses or rules.skills or "", skill, locale) or skill


def input_name(rules: ContentRules, name: str, locale: Locale) -> str:
    """The label of an input."""
    found = rules.inputs.get(name)
    return name if found is None else in_words(found.label, locale)


def because_in_words(because: Because, skill: str, rules: ContentRules, locale: Locale) -> str:
    """Why a skill counts as weak or strong."""
    step = because.step or ""
    return translate(
        _SENTENCES[because.source, because.standing],
        locale,
        skill=skill_name(rules, skill, locale),
        step=label_of(rules, because.scale or "", step, locale) or step,
        input=input_name(rules, because.input or "", locale),
        mean=number(None if because.mean is None else round(because.mean, 2), locale),
        limit=number(because.limit, locale),
    )


def advice_in_words(advice: Advice, rules: ContentRules, locale: Locale) -> str:
    """Why a training is recommended, or why not."""
    if advice.why_not is None:
        return translate(_WHY, locale, skills=_quoted(rules, advice.helps, locale))
    if advice.why_not is not WhyNot.OTHER_FAMILIES and not advice.training.for_weaknesses:
        return translate(_GENERAL, locale)
    families = ", ".join(
        in_words(rules.library[each].label, locale) if each in rules.library else each
        for each in advice.training.families
    )
    skills = _quoted(rules, advice.training.for_weaknesses, locale)
    return translate(_WHY_NOT[advice.why_not], locale, skills=skills, families=families)


def _quoted(rules: ContentRules, skills: Sequence[str], locale: Locale) -> str:
    return ", ".join(f"“{skill_name(rules, each, locale)}”" for each in skills)
