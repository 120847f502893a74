from dataclasses import dataclass, field


@dataclass(frozen=True)
class Addresses:
    """The addresses of the servers of a running kinerja. The database and mail URLs may contain passwords."""

    database_url: str = field(repr=False)
    temporal_address: str
    temporal_ui_url: str | None  # None for an outside engine: kinerja does not know its pages
    smtp_url: str = field(repr=False)
    api_url: str
