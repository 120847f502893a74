"""The channels: how they stand, and their pauses."""
