"""Whether the things that a form has a part for each of exist in a scheme."""

from collections.abc import Iterator

from content.forms.fields import Source
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.document import Path
from states.triggers import Trigger


def missing_source(path: Path, source: Source, content: ContentRules) -> Iterator[Finding]:
    """A finding at ``path`` where nothing of ``source`` can ever be there."""
    if source is Source.VALUES and content.values is None:
        yield path, "needs the values: give the top field values the name of a list"
    if source is Source.SKILLS and content.skills is None:
        yield path, "needs the skills: give the top field skills the name of a list"
    if source in (Source.RESULTS, Source.INDICATORS) and content.form_for(Trigger.SUBMIT_PLAN) is None:
        yield path, "needs a plan: no form has the trigger submit_plan"
