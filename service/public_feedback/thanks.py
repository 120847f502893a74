"""What is said to whoever has answered."""

from service.public_feedback.schemas import Thanks
from translations import Locale, translate
from translations import mark as _

THANKS = _("Thank you. Your answer was counted.")
BEFORE = _("Thank you. This answer was counted before; it counts once.")


def thanks(locale: Locale, *, counted: bool) -> Thanks:
    """The thanks for an answer, which was counted now or before."""
    if counted:
        return Thanks(status="counted", message=translate(THANKS, locale))
    return Thanks(status="already_counted", message=translate(BEFORE, locale))
