import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["index.search", "index.store", "rag.cli.search_command"])
def test_searching_imports_neither_bm25s_nor_scipy(module: str) -> None:
    code = f"import sys, {module}; sys.exit(','.join({{'bm25s', 'scipy'}} & set(sys.modules)) or 0)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
