"""The look ahead of a launch."""
