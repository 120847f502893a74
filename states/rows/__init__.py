"""The rows of the table of transitions, part by part."""
