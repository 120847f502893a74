"""How every process reaches Temporal: one factory for clients, one for workers."""
