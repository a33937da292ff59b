"""The rooms import in one direction only."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("importlinter", reason="needs the extra: pip install 'mustanad[dev]'")

PROJECT = Path(__file__).resolve().parents[1]
LINT = Path(sys.executable).with_name("lint-imports")


def test_the_contract_holds() -> None:
    done = subprocess.run([str(LINT), "--no-cache"], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "Contracts: 1 kept, 0 broken" in done.stdout


def test_a_breach_would_be_seen(tmp_path: Path) -> None:
    for room, line in (("low", "import high"), ("high", "")):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text(line + "\n", encoding="utf-8")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_packages =\n  low\n  high\n"
        "[importlinter:contract:rooms]\nname = rooms\ntype = layers\nlayers =\n  high\n  low\n",
        encoding="utf-8",
    )
    done = subprocess.run([str(LINT), "--no-cache"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "0 kept, 1 broken" in done.stdout


def test_asking_loads_neither_page_nor_measures() -> None:
    code = "import sys, rag, rag.cli.main; print({'ui', 'eval', 'gradio', 'torch'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "set()\n"
