"""Opening an index can run no code: nothing of it is a pickle, and nothing imports one."""

import ast
import json
import pickletools
from pathlib import Path

import numpy as np
import pytest

import index
import rag

FORBIDDEN = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}
ROOMS = [Path(path) for room in (index, rag) for path in room.__path__]


def modules() -> list[Path]:
    found = [path for room in ROOMS for path in sorted(room.rglob("*.py"))]
    assert len(found) > 30
    return found


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def allows_pickle(tree: ast.AST) -> bool:
    """Whether some call has allow_pickle other than False, or weights_only other than True."""
    wanted = {"allow_pickle": False, "weights_only": True}
    return any(
        isinstance(node, ast.keyword)
        and node.arg in wanted
        and not (isinstance(node.value, ast.Constant) and node.value.value is wanted[node.arg])
        for node in ast.walk(tree)
    )


def test_the_check_finds_what_it_looks_for() -> None:
    assert imported(ast.parse("import os, pickle\nfrom joblib.x import y")) == {"os", "pickle", "joblib"}
    assert allows_pickle(ast.parse("np.load(path, allow_pickle=True)"))
    assert not allows_pickle(ast.parse("np.load(path, allow_pickle=False)"))


def test_no_module_imports_or_allows_pickle() -> None:
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not imported(tree) & FORBIDDEN, path
        assert not allows_pickle(tree), path


def test_no_file_of_an_index_is_a_pickle(many_commits: Path) -> None:
    files = [path for path in many_commits.rglob("*") if path.is_file()]
    kinds = {path.suffix for path in files}
    assert kinds == {".npy", ".json", ".sqlite", ".lock"}
    for path in files:
        if path.suffix == ".npy":
            assert not np.load(path, allow_pickle=False).dtype.hasobject
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".sqlite":
            content = path.read_bytes()
            assert content.startswith(b"SQLite format 3\0")
            with pytest.raises(ValueError, match=r".+"):
                list(pickletools.genops(content))
