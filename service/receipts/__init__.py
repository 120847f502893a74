"""The receipt of a result: its evidence, shown."""
