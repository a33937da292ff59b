"""Deleting the files that an index no longer uses."""

import logging
import shutil
from contextlib import suppress

from index.store.layout import Layout
from index.store.manifest import Manifest

_log = logging.getLogger(__name__)


def clear_leftovers(layout: Layout, manifest: Manifest) -> None:
    """Delete what the manifest does not name: left by a run that was killed, or replaced by the last commit."""
    named = {record.name for record in manifest.segments}
    named.update(record.removed.name for record in manifest.segments if record.removed)
    for parent in (layout.segments, layout.removed):
        for path in parent.iterdir() if parent.is_dir() else ():
            if path.name in named:
                continue
            _log.info("deleting %s, which the index no longer uses", path)
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):  # the next commit tries again
                    path.unlink()
