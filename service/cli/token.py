import asyncio
import datetime as dt
from typing import Annotated

import typer


def token(
    nip: Annotated[str | None, typer.Option(help="The person's NIP, 18 digits.")] = None,
    email: Annotated[str | None, typer.Option(help="The person's e-mail address.")] = None,
    agency: Annotated[str | None, typer.Option(help="Name of the agency, if there are several.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="For how many days the token is good.")] = 30,
) -> None:
    """Print a bearer token with which somebody signs in to the API. Hand it over like a password.

    Example: curl -H "Authorization: Bearer $(kinerja token --email rina@contoh.example)" ...
    """
    asyncio.run(_issue(nip, email, agency, dt.timedelta(days=days)))


async def _issue(nip: str | None, email: str | None, agency: str | None, valid_for: dt.timedelta) -> None:
    from service.accounts.tokens import TokenSigner
    from service.cli.finding import the_person
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import out

    settings = reachable("database_url")
    async with open_database(settings) as database, database.connect() as connection:
        person = await the_person(connection, nip=nip, email=email, agency=agency)
    signer = TokenSigner(settings.token_secret())
    out().print(signer.issue(person.id, person.agency_id, valid_for))
