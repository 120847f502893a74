"""Values that are written into the text of a statement."""

from sqlalchemy import ColumnClause, String, literal_column
from sqlalchemy.dialects.postgresql.asyncpg import dialect

_quoted = String().literal_processor(dialect())  # type: ignore[no-untyped-call]  # typed nowhere in SQLAlchemy


def constant(value: str) -> ColumnClause[str]:
    """A text from the code, quoted in the statement instead of passed as a parameter.

    The planner sees the text even in a cached plan. So it may use a partial index, and need not plan again.
    """
    return literal_column(_quoted(value), String())
