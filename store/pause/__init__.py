"""Channels that an operator has stopped for a while."""
