"""``mustanad ask --llm``."""

import json
from pathlib import Path

import pytest

from tests.rag.cli.conftest import Mustanad, one_line_error
from tests.rag.llm.scripted import writes
from tests.rag.llm.server import fails, says, scripted
from tests.rag.samples import WHO_BRIDGE

KEY = "sk-0123456789abcdef"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("MUSTANAD_LLM", "MUSTANAD_LLM_MODEL", "OPENAI_API_KEY", "MUSTANAD_LLM_KEY"):
        monkeypatch.delenv(variable, raising=False)


def test_what_was_written_is_printed_with_its_checks(mustanad: Mustanad, kept_index: Path) -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="pip install 'mustanad[openai-like]'")
    text = "The Northern Brigade blew up the railway bridge on Thursday [1]. The Mayor ordered it [1]."
    with scripted(says(text)) as server:
        shown = mustanad("ask", WHO_BRIDGE, "--index", kept_index, "--llm", server.url, "--llm-model", "m").stdout
    assert shown.startswith("The Northern Brigade blew up the railway bridge on Thursday. [1]\n")
    assert "Not supported by the passages, no part of the answer:\n   The Mayor ordered it. ([1]: " in shown
    assert f"The question and the passages were sent to {server.url}\n" in shown
    assert "\n“" in shown  # the claims in the reports' own words follow


def test_a_failing_server_leaves_the_extractive_answer(
    mustanad: Mustanad, kept_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="pip install 'mustanad[openai-like]'")
    monkeypatch.setenv("MUSTANAD_LLM_KEY", KEY)
    with scripted(fails(401, f"bad key {KEY}")) as server:
        args = ("ask", WHO_BRIDGE, "--index", kept_index, "--llm", server.url, "--llm-model", "m", "--json")
        fields = json.loads(mustanad(*args).stdout)
    assert fields["answer"]
    assert fields["engine"] != "m"
    assert fields["notes"][-1] == (
        f"the language model gave no answer: {server.url}: it refused the key (HTTP 401): bad key [key]; "
        "this answer is the extractive one"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--llm", "gpt"), "'gpt' names no language model"),
        (("--llm", "http://127.0.0.1:1/v1"), "--llm-model NAME"),
        (("--llm-model", "m"), "--llm-model goes with --llm URL"),
        (("--llm", "openai:x", "--llm-timeout", "0"), "--llm-timeout"),
    ],
)
def test_wrong_usage(mustanad: Mustanad, kept_index: Path, options: tuple[str, ...], message: str) -> None:
    assert message in mustanad("ask", WHO_BRIDGE, "--index", kept_index, *options, code=2).stderr


def test_a_missing_key_is_one_line(mustanad: Mustanad, kept_index: Path) -> None:
    result = mustanad("ask", WHO_BRIDGE, "--index", kept_index, "--llm", "openai:gpt-4o-mini", code=1)
    assert one_line_error(result) == "openai needs a key: put it into the environment variable OPENAI_API_KEY"


def test_many_questions_are_written_too(
    mustanad: Mustanad, kept_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.llm.open_writer", lambda *_, **__: writes("The Mayor did it [1]."))
    queries, out = tmp_path / "q.jsonl", tmp_path / "out.jsonl"
    queries.write_text(json.dumps({"_id": "1", "text": WHO_BRIDGE}), encoding="utf-8")
    mustanad("ask", "--questions", queries, "--out", out, "--index", kept_index, "--llm", "ollama:x")
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert [sentence["supported"] for sentence in row["sentences"]] == [False]
