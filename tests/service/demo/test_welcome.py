import datetime as dt
import stat
from pathlib import Path

from service.demo.welcome import FILE, Visitor, Welcome

WELCOME = Welcome(
    dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
    "Kota Contoh",
    ["a", "b"],
    [Visitor("staff", "Budi", "Arsiparis", "token", 2, "POST", "/api/v1/x", {"text": "Rencana"})],
    {"rating": 3},
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    WELCOME.write(tmp_path)
    assert Welcome.read(tmp_path) == WELCOME


def test_nobody_else_reads_the_tokens(tmp_path: Path) -> None:
    WELCOME.write(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_before_the_first_demonstration_there_is_nothing(tmp_path: Path) -> None:
    assert Welcome.read(tmp_path) is None
