"""The picture of a unit in the language of its reader."""

from collections.abc import Sequence

from content.follow_up.picture import Programme, SkillPicture
from content.follow_up.rules import Award, ProgrammeRules, Training
from content.follow_up.suppression import MINIMUM
from content.rules import ContentRules
from content.scales import Choice
from service.filled.values import number
from service.forms.definition import said
from service.skills.picture_schemas import (
    AwardCounts,
    ProgrammeTraining,
    ProposedProgramme,
    ServicePlace,
    SkillCounts,
    UnitPicture,
)
from service.skills.wording import skill_name
from service.wording import in_words
from store.organisation_rating.units import UnitInCycle
from translations import Locale, translate
from translations import mark as _

_PROPOSED = _(
    "{people} of {known} people ({share} percent) need strengthening in “{skill}”; a programme is proposed from "
    "{least} people and {percent} percent on."
)


def shown_picture(
    unit: UnitInCycle,
    rules: ContentRules,
    people: int,
    skills: Sequence[SkillPicture],
    proposed: Sequence[Programme],
    services: Sequence[ServicePlace],
    awards: Sequence[tuple[Award, int | None]],
    locale: Locale,
    *,
    complete: bool,
) -> UnitPicture:
    """The whole picture."""
    listed = rules.lists.get(rules.follow_up.weaknesses or rules.skills or "")
    choices = {choice.name: choice for choice in (() if listed is None else listed.choices)}
    rule = rules.follow_up.programme
    return UnitPicture(
        cycle_id=unit.cycle_id,
        unit_id=unit.unit_id,
        unit=unit.unit,
        minimum=MINIMUM,
        people=people,
        complete=complete,
        skills=[_counts(each, choices[each.skill], locale) for each in skills],
        programmes=[] if rule is None else [_programme(each, rule, rules, locale) for each in proposed],
        awards=[_award(award, count, locale) for award, count in awards],
        services=list(services),
    )


def _award(award: Award, count: int | None, locale: Locale) -> AwardCounts:
    return AwardCounts(
        award=award.name,
        label=in_words(award.label, locale),
        gives=in_words(award.gives, locale),
        people=count,
    )


def _counts(skill: SkillPicture, choice: Choice, locale: Locale) -> SkillCounts:
    return SkillCounts(
        skill=skill.skill,
        label=in_words(choice.label, locale),
        group=said(choice.group, locale),
        known=skill.known,
        weak=skill.weak,
        strong=skill.strong,
        weak_share=None if skill.weak_share is None else round(skill.weak_share, 1),
    )


def _programme(
    programme: Programme, rule: ProgrammeRules, rules: ContentRules, locale: Locale
) -> ProposedProgramme:
    label = skill_name(rules, programme.skill, locale)
    share = round(programme.share, 1)
    return ProposedProgramme(
        skill=programme.skill,
        label=label,
        people=programme.people,
        known=programme.known,
        share=share,
        needs_people=rule.people,
        needs_share=rule.share,
        article=rule.article,
        trainings=[_training(each, rules, locale) for each in programme.trainings],
        words=translate(
            _PROPOSED,
            locale,
            people=str(programme.people),
            known=str(programme.known),
            share=number(share, locale),
            skill=label,
            least=str(rule.people),
            percent=number(rule.share, locale),
        ),
    )


def _training(training: Training, rules: ContentRules, locale: Locale) -> ProgrammeTraining:
    return ProgrammeTraining(
        training=training.name,
        label=in_words(training.label, locale),
        hours=training.hours,
        families=[
            in_words(rules.library[each].label, locale) if each in rules.library else each
            for each in training.families
        ],
    )
