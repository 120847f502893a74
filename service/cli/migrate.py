import asyncio


def migrate() -> None:
    """Bring the database to the newest tables; give the engine its namespace and what it is searched by.

    Harmless to repeat; run it before the API and the workers of a new version.

    Example: kinerja migrate
    """
    asyncio.run(_migrate())


async def _migrate() -> None:
    from service.cli.servers import open_database, reachable
    from service.cli.speaking import say
    from service.temporal.reaching import client_for
    from service.temporal.registration import register_namespace, register_search_attributes
    from store.migrating import upgrade
    from translations import mark as _

    settings = reachable("database_url", "temporal_address")
    async with open_database(settings, migrated=False) as database:
        await upgrade(database)
    say(_("The database has the newest tables."))
    client = await client_for(settings)
    if await register_namespace(client):
        say(_("The engine has the new namespace {name}."), name=client.namespace)
    added = await register_search_attributes(client)
    if added:
        say(_("Search attributes added to the engine: {names}."), names=", ".join(added))
    else:
        say(_("The engine knows every search attribute."))
