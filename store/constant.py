"""Values that stand in a statement itself."""

from sqlalchemy import ColumnClause, String, literal_column
from sqlalchemy.dialects.postgresql.asyncpg import dialect

_quoted = String().literal_processor(dialect())  # type: ignore[no-untyped-call]  # typed nowhere in SQLAlchemy


def constant(value: str) -> ColumnClause[str]:
    """A text of the code, quoted, that is no parameter of the statement.

    The planner sees it in a plan that is kept, too: it may use an index with a condition, and need not plan anew.
    """
    return literal_column(_quoted(value), String())
