"""Where and with what something is measured."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from eval.results import Environment

_DISTRIBUTIONS = (
    "mustanad", "torch", "transformers", "sentence-transformers", "tokenizers", "faiss-cpu", "bm25s", "rank-bm25",
    "PyStemmer", "llama-index-core", "ir_measures", "scikit-learn", "scipy", "numpy",
)  # fmt: skip


def environment() -> Environment:
    """This machine and the versions installed on it."""
    return Environment(
        versions={"python": platform.python_version(), **_versions()},
        system=f"{platform.system()} {platform.machine()}",
        processor=_processor(),
        cores=_cores(),
        memory_gb=round(_memory() / 2**30, 1),
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in _DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def _processor() -> str:
    """The processor's model where the system tells it, else its architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> int:
    """Bytes of main memory, 0 where the system does not tell."""
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
