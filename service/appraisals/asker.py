"""The person who asks for appraisals, in the form that database queries need."""

import datetime as dt

from service import policy
from service.accounts.tokens import Identity
from store.appraisal.repository import Asker


def asker_of(identity: Identity) -> Asker:
    """The asker at this moment, with the capacities that allow their holder to see a case."""
    return Asker(
        person=identity.person,
        agency=identity.agency,
        seeing=policy.SEEING,
        judging=policy.JUDGING,
        now=dt.datetime.now(dt.UTC),
    )
