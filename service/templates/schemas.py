"""Answers about the templates of messages."""

from notifications.kinds import Kind
from service.answer import Answer
from states.stages import Stage


class TemplateLine(Answer):
    """One template."""

    name: str
    version: int
    """Stands on record with every message that was made of it."""
    kinds: list[Kind]
    """By what its readers choose whether they get it; empty for the digest, which gathers all kinds."""
    stages: list[Stage]
    """The stages between which its words differ; empty where it says the same in all."""
    subject: str
    """Of an invented example, in the reader's language."""
    preview: str
    """Address of the example."""


class TemplateList(Answer):
    """All templates, by name."""

    items: list[TemplateLine]
