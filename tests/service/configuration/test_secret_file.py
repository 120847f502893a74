from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from service.configuration.secret_file import read_or_create_secret


def test_processes_that_ask_at_once_all_get_the_first_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(read_or_create_secret, [tmp_path / "secret"] * 64))
    assert len(secrets) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]


def test_two_places_never_share_a_secret(tmp_path: Path) -> None:
    assert read_or_create_secret(tmp_path / "one") != read_or_create_secret(tmp_path / "two")
