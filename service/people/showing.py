"""People, as far as their reader may see them."""

from service.people.schemas import PersonDetail, PersonLine
from service.people.wording import contract_in_words
from states.nip import mask
from store.person.repository import Colleague, full_name
from translations import Locale


def shown_line(row: Colleague) -> PersonLine:
    """A person in a list; only the last digits of the NIP are shown."""
    return PersonLine(
        id=row.id,
        name=row.name,
        full_name=full_name(row.title_before, row.name, row.title_after),
        post=row.post,
        nip_masked=mask(row.nip),
        unit_id=row.unit_id,
        unit=row.unit,
        employment=row.employment,
        contract_until=row.contract_until,
    )


def shown_detail(row: Colleague, locale: Locale, *, private: bool) -> PersonDetail:
    """A person; with NIP and e-mail address where the reader may see what is ``private``."""
    return PersonDetail(
        **dict(shown_line(row)),
        grade=row.grade,
        contract_in_words=contract_in_words(row.contract_until, locale),
        nip=row.nip if private else None,
        email=row.email if private else None,
    )
