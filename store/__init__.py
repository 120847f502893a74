"""PostgreSQL: tables, migrations and every query."""
