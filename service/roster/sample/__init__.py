"""A small invented agency: a secretary, a personnel office and a public-order service. Nobody in it is real."""

from importlib.resources import files

from service.roster.rows import RosterFile


def sample_file(file: RosterFile) -> bytes:
    """The contents of one of the sample's two files."""
    return (files("service.roster.sample") / file.value).read_bytes()
