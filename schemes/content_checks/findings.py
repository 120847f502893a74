"""Every contradiction in the content rules of a scheme."""

from collections.abc import Iterator

from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.entries import entry_findings
from schemes.content_checks.follow_up import follow_up_findings
from schemes.content_checks.forms import form_findings
from schemes.content_checks.inputs import input_findings
from schemes.content_checks.library import library_findings
from schemes.content_checks.lists import list_findings
from schemes.content_checks.outcomes import outcome_findings
from schemes.content_checks.plan import plan_findings
from schemes.content_checks.rating import rating_findings
from schemes.content_checks.sight import sight_findings
from schemes.content_checks.skill_sources import skill_findings


def content_findings(content: ContentRules) -> Iterator[Finding]:
    """Every contradiction in ``content`` as the path of a field and what is wrong with it."""
    yield from list_findings(content)
    yield from form_findings(content)
    yield from plan_findings(content)
    yield from entry_findings(content)
    yield from library_findings(content)
    yield from input_findings(content)
    yield from rating_findings(content)
    yield from sight_findings(content)
    yield from follow_up_findings(content)
    yield from skill_findings(content)
    yield from outcome_findings(content)
