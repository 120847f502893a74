"""What must hold in a scheme's rules of who sees what."""

from collections.abc import Iterator

from content.rules import ContentRules
from content.sight.floors import floor_violations
from schemes.checks import Finding


def sight_findings(content: ContentRules) -> Iterator[Finding]:
    """No rule promises what nobody may lift: a draft rating shown to the employee, a counselling note to HR."""
    for at, reason in floor_violations(content.sight):
        yield ("sight", at), f"never has an effect: {reason}"
