"""The preflight of a launch: what is wrong before a cycle is launched, in words and in files."""
