import asyncio
from enum import StrEnum
from typing import Annotated

import typer


class Role(StrEnum):
    """The roles that somebody may have for a whole agency."""

    HR = "hr"
    """*Pengelola kepegawaian*."""
    OPERATOR = "operator"
    TOP_DECIDER = "top_decider"
    """*Pejabat Pembina Kepegawaian* (PPK), or whom he has delegated: decides where the line of superiors ends."""


_Role = Annotated[
    Role, typer.Argument(help="hr (personnel officer), operator, or top_decider (the PPK or a delegate).")
]
_Nip = Annotated[str | None, typer.Option(help="The person's NIP, 18 digits.")]
_Email = Annotated[str | None, typer.Option(help="The person's e-mail address.")]
_Agency = Annotated[str | None, typer.Option(help="Name of the agency, if several know the person.")]


def grant(role: _Role, nip: _Nip = None, email: _Email = None, agency: _Agency = None) -> None:
    """Give somebody a role for the own agency. Every agency needs a personnel officer and a top decider.

    A top decider decides the objections, and countersigns the results, for which the line of superiors has nobody.
    Of several the one named first decides who is present and had no part in the result.

    Example: kinerja role grant hr --email rina@contoh.example
    """
    asyncio.run(_change(role, nip, email, agency, granting=True))


def revoke(role: _Role, nip: _Nip = None, email: _Email = None, agency: _Agency = None) -> None:
    """Take a role away.

    Example: kinerja role revoke operator --nip 197209292000012901
    """
    asyncio.run(_change(role, nip, email, agency, granting=False))


async def _change(
    role: Role, nip: str | None, email: str | None, agency: str | None, *, granting: bool
) -> None:
    from service.cli.finding import the_person
    from service.cli.servers import open_database
    from service.cli.speaking import say
    from store.person.roles import grant_role, revoke_role
    from translations import mark as _

    async with open_database() as database, database.begin() as transaction:
        person = await the_person(transaction, nip=nip, email=email, agency=agency)
        change = grant_role if granting else revoke_role
        changed = await change(transaction, person.id, role.value)
    if granting:
        message = _("{name} now holds the role {role} for {agency}.")
        unchanged = _("{name} holds the role {role} for {agency} already.")
    else:
        message = _("{name} no longer holds the role {role} for {agency}.")
        unchanged = _("{name} does not hold the role {role} for {agency}.")
    say(message if changed else unchanged, name=person.name, role=role.value, agency=person.agency)
