"""What of a case of an earlier year somebody sees through the case of this year."""

from dataclasses import replace

from content.rules import ContentRules
from content.sight.rules import Kind
from service.sight.seeing import ContentSight
from states.appraisal import Appraisal


def sees_earlier_meeting(sight: ContentSight, earlier: Appraisal, rules: ContentRules | None) -> bool:
    """Whether what was agreed in an earlier case is open to whoever looks at the case of this year.

    He sees it as what he is in this year's case: who now rates takes up what was agreed with somebody else.
    ``rules`` are those under which it was agreed.
    """
    return ContentSight(replace(sight.sight, appraisal=earlier, content=rules), sight.roles).sees(
        Kind.MEETING
    )
