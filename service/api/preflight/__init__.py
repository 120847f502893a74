"""The preflight of a launch."""
