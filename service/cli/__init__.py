"""The command line ``kinerja``: one small file for each command.

Command files import what is heavy inside the command, as health checks run every few seconds.
"""
