"""Appraisals: snapshot, events, tasks and deadlines, written by one statement."""
