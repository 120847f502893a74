"""The functions of the database, one file each with the present text. A revision installs them all.

A function takes and returns built-in types only, so that it can be made before any table exists.
"""

from importlib.resources import files

from sqlalchemy import Connection, text


def texts() -> dict[str, str]:
    """The statement that makes or replaces each function, under the function's name."""
    found = (file for file in files("store.functions").iterdir() if file.name.endswith(".sql"))
    return {
        file.name.removesuffix(".sql"): file.read_text("utf-8")
        for file in sorted(found, key=lambda file: file.name)
    }


def install(connection: Connection) -> None:
    """Makes or replaces every function; to be called in a transaction.

    PostgreSQL looks into a body when the function is first called, not here. So the functions may name each other
    in any order, and an old revision can install a text that names the column of a newer one.
    """
    connection.execute(text("SET LOCAL check_function_bodies = off"))
    for statement in texts().values():
        connection.exec_driver_sql(statement)
    connection.execute(text("SET LOCAL check_function_bodies = on"))
