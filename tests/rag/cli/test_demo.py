"""``mustanad demo``."""

import json
from pathlib import Path

import rag
from rag.cli.demo import QUESTIONS
from tests.rag.cli.conftest import Mustanad


def test_the_demo_indexes_the_samples_once_and_asks(mustanad: Mustanad, tmp_path: Path) -> None:
    root = tmp_path / "demo"
    first = mustanad("demo", "--index", root)
    assert first.stdout.startswith("24 invented sample reports in 6 languages (24 added, 0 there already), ")
    assert [line for line in first.stdout.splitlines() if line.startswith("❯ ")] == [f"❯ {q}" for q in QUESTIONS]
    assert first.stdout.count("confidence ") == len(QUESTIONS)
    assert f"--index {root}\n" in first.stdout
    assert first.stderr == ""
    second = mustanad("demo", "--index", root)
    assert "(0 added, 24 there already)" in second.stdout
    assert json.loads(mustanad("info", "--index", root, "--json").stdout)["documents"] == 24
    with rag.open(root) as reports:
        for question in QUESTIONS:
            texts = {document.doc_id: document.text for document in reports.documents()}
            for citation in reports.ask(question).citations:
                assert citation.quote == texts[citation.doc_id][citation.start : citation.end]
