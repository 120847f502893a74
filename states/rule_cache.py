"""Rule contexts that this process has read already.

Scheme versions and calendars are immutable and addressed by key, so a kept context stays valid.
"""

from states.appraisal import Appraisal
from states.rule_context import RuleContext

_KNOWN: dict[tuple[str, str], RuleContext] = {}


def put(rules: RuleContext) -> None:
    """Keeps ``rules`` for the life of the process."""
    _KNOWN[rules.book.key, rules.calendar.key] = rules


def find(appraisal: Appraisal) -> RuleContext | None:
    """The rules of ``appraisal``, if this process has read them."""
    return _KNOWN.get((appraisal.rulebook, appraisal.calendar))
