"""Measuring how well reports are found, answers read and sources cited.

Names are imported when they are used: the command line lists ``eval`` among its commands, and must not wait for what
measuring needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.datasets import Dataset, DatasetError, load_dataset
    from eval.evaluating import evaluate
    from eval.measures.types import Figure, Part
    from eval.results import Report, Results, load_results, save_results
    from eval.running.run import Plan

__all__ = [
    "Dataset",
    "DatasetError",
    "Figure",
    "Part",
    "Plan",
    "Report",
    "Results",
    "evaluate",
    "load_dataset",
    "load_results",
    "save_results",
]
_MODULES = {
    "Dataset": "eval.datasets",
    "DatasetError": "eval.datasets",
    "load_dataset": "eval.datasets",
    "evaluate": "eval.evaluating",
    "Figure": "eval.measures.types",
    "Part": "eval.measures.types",
    "Report": "eval.results",
    "Results": "eval.results",
    "load_results": "eval.results",
    "save_results": "eval.results",
    "Plan": "eval.running.run",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'eval' has no attribute {name!r}; there are {', '.join(__all__)}")
    return getattr(import_module(_MODULES[name]), name)
