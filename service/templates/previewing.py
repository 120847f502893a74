"""Previews a template of messages with invented content, before anybody gets it."""

from notifications.content import DIGEST, Part
from notifications.kinds import Kind, kind_of
from notifications.rendering import Message, render
from notifications.samples import EXAMPLE_URL, STAGES, duties_of, sample, stages_of
from notifications.versions import template_names
from service.problems import FieldError, Invalid, TemplateUnknown
from states.stages import Stage
from translations import Locale
from translations import mark as _


def kinds_of(template: str) -> tuple[Kind, ...]:
    """The kinds of notices that the template serves; none for the digest, which gathers all of them."""
    if template == DIGEST:
        return ()
    found = {
        kind_of(template, stage, duty)
        for stage in stages_of(template) or STAGES
        for duty in duties_of(template)
    }
    return tuple(kind for kind in Kind if kind in found)


def preview(template: str, locale: Locale, stage: Stage | None = None) -> Message:
    """The template with invented content. Raises `TemplateUnknown`, and `Invalid` for a stage without words."""
    names = template_names()
    if template not in names:
        raise TemplateUnknown(names=", ".join(names))
    stages = stages_of(template)
    if stage is not None and stage not in stages:
        raise Invalid(errors=[_without_words(stages)])
    return render(sample(template, locale, stage), EXAMPLE_URL)


def _without_words(stages: tuple[Stage, ...]) -> FieldError:
    if not stages:
        return FieldError("/stage", _("This template says the same in every stage. Leave the stage out."))
    return FieldError(
        "/stage",
        _("Nobody is asked for anything in this stage. Choose one of: {stages}."),
        {"stages": ", ".join(stages)},
    )


def part_of(message: Message, part: Part) -> str:
    """One part of a message."""
    return {Part.TEXT: message.text, Part.HTML: message.html, Part.SUBJECT: message.subject}[part]
