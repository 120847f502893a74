"""The command line ``kinerja``: one small file for each command.

Command files import heavy modules inside the command, because health checks run every few seconds.
"""
