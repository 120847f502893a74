"""People, as far as their reader may see them."""

from service.people.schemas import PersonDetail, PersonLine
from states.nip import mask
from store.person.repository import Colleague, full_name


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
    )


def shown_detail(row: Colleague, *, private: bool) -> PersonDetail:
    """A person; with NIP and e-mail address if the reader may see ``private`` data."""
    return PersonDetail(
        **dict(shown_line(row)),
        grade=row.grade,
        employment=row.employment,
        nip=row.nip if private else None,
        email=row.email if private else None,
    )
