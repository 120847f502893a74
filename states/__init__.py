"""The pure core: lifecycle, deadlines, calendar and clock. No I/O, no engine, no database."""
