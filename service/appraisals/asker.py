"""Who asks for appraisals, as the database is to be asked."""

import datetime as dt

from service import policy
from service.accounts.tokens import Identity
from store.appraisal.repository import Asker


def asker_of(identity: Identity) -> Asker:
    """The asker with the capacities that let anybody see a case, at this moment."""
    return Asker(
        person=identity.person,
        agency=identity.agency,
        seeing=policy.SEEING,
        judging=policy.JUDGING,
        now=dt.datetime.now(dt.UTC),
    )
