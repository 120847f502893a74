import datetime as dt
import json
import stat
from pathlib import Path

from service.demo.welcome import FILE, Visitor, Welcome

WELCOME = Welcome(
    dt.datetime(2026, 5, 1, tzinfo=dt.UTC),
    "Kota Contoh",
    ["a", "b"],
    [Visitor("staff", "Budi", "Arsiparis", "token", 2, "POST", "/api/v1/x", {"text": "Rencana"})],
    {"rating": 3},
    [Visitor("hr", "Citra", "", "token", 0, "GET", "/api/v1/x", None, "Kecamatan Contoh")],
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    WELCOME.write(tmp_path)
    assert Welcome.read(tmp_path) == WELCOME


def test_nobody_else_reads_the_tokens(tmp_path: Path) -> None:
    WELCOME.write(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_before_the_first_demonstration_there_is_nothing(tmp_path: Path) -> None:
    assert Welcome.read(tmp_path) is None


def test_the_welcome_of_an_earlier_release_is_read(tmp_path: Path) -> None:
    WELCOME.write(tmp_path)
    content = json.loads((tmp_path / FILE).read_text("utf-8"))
    del content["elsewhere"], content["visitors"][0]["agency"]
    (tmp_path / FILE).write_text(json.dumps(content), "utf-8")
    found = Welcome.read(tmp_path)
    assert found is not None
    assert found.elsewhere == []
    assert found.visitors == WELCOME.visitors
