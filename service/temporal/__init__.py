"""The connection of every process to Temporal: one factory for clients, one for workers."""
