"""The person who is signed in, in his language."""

from collections.abc import Sequence

from service.accounts.schemas import Me, OpenTasks
from service.people.wording import contract_in_words
from service.wording import capacity_name
from store.appraisal.tasks import TaskCount
from store.person.repository import Myself, full_name
from translations import Locale


def shown_me(found: Myself, counts: Sequence[TaskCount], locale: Locale) -> Me:
    """A person with roles, and how many tasks wait in each capacity."""
    return Me(
        id=found.id,
        name=found.name,
        full_name=full_name(found.title_before, found.name, found.title_after),
        post=found.post,
        nip=found.nip,
        unit_id=found.unit_id,
        unit=found.unit,
        agency_id=found.agency_id,
        agency=found.agency,
        employment=found.employment,
        contract_until=found.contract_until,
        contract_in_words=contract_in_words(found.contract_until, locale),
        roles=list(found.roles),
        tasks=[
            OpenTasks(
                capacity=count.capacity,
                capacity_name=capacity_name(count.capacity, locale),
                open=count.open,
                overdue=count.overdue,
            )
            for count in counts
        ],
    )
