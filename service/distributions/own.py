"""Whether somebody's own rating is counted in what he is shown. Pure."""

from service.sight.seeing import is_delivered
from states.codec import Json, load_appraisal


def is_counted(own: Json | None) -> bool:
    """Whether a group of ratings is counted for the asker; ``own`` is the snapshot of his own case, if it is that.

    From a count somebody could tell his own rating before it is handed over to him, also when he is HR.
    """
    return own is None or is_delivered(load_appraisal(own))
