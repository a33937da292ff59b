"""Where models are kept on this machine, and SHA-256 sums that are worked out once per file."""

import hashlib
import json
import logging
import os
from pathlib import Path

import platformdirs

logger = logging.getLogger(__name__)


def cache_root() -> Path:
    """The folder for everything that can be built again: ``MUSTANAD_CACHE``, else the user's cache folder."""
    override = os.environ.get("MUSTANAD_CACHE")
    return Path(override).expanduser().absolute() if override else platformdirs.user_cache_path("mustanad")


def file_sha256(path: Path) -> str:
    """SHA-256 (hex) of a file's content.

    Args:
        path: The file.

    Returns:
        64 hex digits.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class DigestCache:
    """SHA-256 sums remembered by (path, size, modification time), so that a model of 500 MB is read once.

    Call ``save`` when done. A cache that cannot be read or written costs time, never correctness.

    Args:
        path: The JSON file; by default ``digests.json`` in the cache root.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or cache_root() / "digests.json"
        self._known = _read_entries(self._path)
        self._changed = False

    def sha256(self, path: Path) -> str:
        """SHA-256 (hex) of a file, from memory where size and modification time are unchanged.

        Args:
            path: The file; a link is followed.

        Returns:
            64 hex digits.

        Raises:
            OSError: The file cannot be read.
        """
        real = path.resolve()
        stat = real.stat()
        stamp = f"{stat.st_size}:{stat.st_mtime_ns}"
        known = self._known.get(str(real))
        if known is not None and known[0] == stamp:
            return known[1]
        digest = file_sha256(real)
        self._known[str(real)] = (stamp, digest)
        self._changed = True
        return digest

    def save(self) -> None:
        """Write what is new, leaving out files that are gone; the last of two writers wins."""
        if not self._changed:
            return
        entries = {path: entry for path, entry in self._known.items() if os.path.exists(path)}
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(entries), encoding="utf-8")
            os.replace(temporary, self._path)
        except OSError as error:
            logger.debug("checksums are not kept: %s", error)
        self._changed = False


def _read_entries(path: Path) -> dict[str, tuple[str, str]]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): (str(stamp), str(digest)) for name, (stamp, digest) in entries.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
