"""The templates of messages, in the language of their reader."""

from notifications.samples import stages_of
from notifications.versions import present_versions, template_names
from service.addresses import PREFIX
from service.templates.previewing import kinds_of, preview
from service.templates.schemas import TemplateLine
from translations import Locale


def shown_templates(locale: Locale) -> list[TemplateLine]:
    """All templates by name, each with the subject of an example."""
    versions = present_versions()
    return [
        TemplateLine(
            name=name,
            version=versions[name],
            kinds=list(kinds_of(name)),
            stages=list(stages_of(name)),
            subject=preview(name, locale).subject,
            preview=f"{PREFIX}/templates/{name}/preview",
        )
        for name in template_names()
    ]
