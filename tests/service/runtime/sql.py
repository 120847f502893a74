from typing import Any

from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine


async def sql(url: str, *statements: str) -> Any:
    """Runs statements over one fresh connection; the first value of the last one, None without rows."""
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    value: Any = None
    try:
        async with engine.connect() as connection:
            for statement in statements:
                result = await connection.execute(text(statement))
                value = result.scalar() if result.returns_rows else None
    finally:
        await engine.dispose()
    return value
