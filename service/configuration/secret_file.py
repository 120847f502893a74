import os
import secrets
from pathlib import Path


def read_or_create_secret(path: Path) -> str:
    """The secret kept in `path`. If there is none, 256 random bits are drawn and kept there with mode 0600.

    Several processes may ask at once: all of them return the secret that was written first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _create(path, secrets.token_hex(32))
    return path.read_text().strip()


def _create(path: Path, secret: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secret + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link, unlike a rename, never replaces the secret that a quicker process wrote.
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
