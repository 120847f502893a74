"""The templates of messages, for personnel officers."""

from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.rendering import Message
from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.templates.previewing import preview
from service.templates.schemas import TemplateList
from service.templates.showing import shown_templates
from states.stages import Stage
from translations import Locale


async def template_list(connection: AsyncConnection, identity: Identity, locale: Locale) -> TemplateList:
    """All templates. Raises `HrOnly`."""
    await require_hr(connection, identity)
    return TemplateList(items=shown_templates(locale))


async def template_preview(
    connection: AsyncConnection, identity: Identity, name: str, locale: Locale, stage: Stage | None
) -> Message:
    """The message of a template. Raises `HrOnly`, `TemplateUnknown`, and `Invalid` for a stage without words."""
    await require_hr(connection, identity)
    return preview(name, locale, stage)
