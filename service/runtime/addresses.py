from dataclasses import dataclass, field


@dataclass(frozen=True)
class Addresses:
    """Where the servers of a running kinerja answer. The URLs of database and mail may hold passwords."""

    database_url: str = field(repr=False)
    temporal_address: str
    temporal_ui_url: str | None  # None: an outside engine, whose pages kinerja does not know
    smtp_url: str = field(repr=False)
    api_url: str
