"""Collections of reports behind the page: several at once, added to, looked into and taken away from it."""

from ui.collections.changing import Outcome, Upload, add_uploads, reindex, remove_reports
from ui.collections.jobs import CancelledError, Job, Stage
from ui.collections.problems import CollectionError
from ui.collections.workspace import Place, Workspace

__all__ = [
    "CancelledError",
    "CollectionError",
    "Job",
    "Outcome",
    "Place",
    "Stage",
    "Upload",
    "Workspace",
    "add_uploads",
    "reindex",
    "remove_reports",
]
