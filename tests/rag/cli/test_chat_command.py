"""``mustanad chat`` and ``mustanad ask --after``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rag.cli.main import main
from tests.rag.cli.conftest import Mustanad
from tests.rag.llm.server import says, scripted
from tests.rag.samples import WHO_BRIDGE, WHO_MARKET


def chat(index: Path, text: str, *options: str) -> str:
    result = CliRunner().invoke(main, ["chat", "--index", str(index), *options], input=text)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.usefixtures("mustanad")
def test_piped_questions_are_answered_in_turn(kept_index: Path) -> None:
    shown = chat(kept_index, f"{WHO_BRIDGE}\n\nAnd when?\n{WHO_MARKET}\n")
    first, second, third = shown.split("❯ ")[1:]
    assert first.startswith(f"{WHO_BRIDGE}\n“The Northern Brigade blew up the railway bridge on Thursday.” [1][2]\n")
    assert "searched:" not in first
    assert second.startswith("And when?\nsearched: when blew railway bridge?\n")
    assert third.startswith(f"{WHO_MARKET}\n“")


@pytest.mark.usefixtures("mustanad")
def test_json_is_one_object_a_line(kept_index: Path) -> None:
    rows = [json.loads(line) for line in chat(kept_index, f"{WHO_BRIDGE}\nwhen?\n", "--json").splitlines()]
    assert [(row["question"], row["searched"]) for row in rows] == [
        (WHO_BRIDGE, WHO_BRIDGE), ("when?", "when blew railway bridge?"),
    ]  # fmt: skip


@pytest.mark.usefixtures("mustanad")
def test_a_language_model_writes_and_makes_follow_ups_whole(kept_index: Path) -> None:
    pytest.importorskip("llama_index.llms.openai_like", reason="pip install 'mustanad[openai-like]'")
    text = "The Northern Brigade blew up the railway bridge on Thursday [1]."
    replies = [says(text), says("When was the railway bridge blown up?"), says(text)]
    with scripted(*replies) as server:
        shown = chat(kept_index, f"{WHO_BRIDGE}\nAnd when?\n", "--llm", server.url, "--llm-model", "m")
    first, second = shown.split("❯ ")[1:]
    assert "The Northern Brigade blew up the railway bridge on Thursday. [1]\n" in first
    assert f"were sent to {server.url}\n" in first
    assert "searched: When was the railway bridge blown up?\n" in second


@pytest.mark.usefixtures("mustanad")
def test_nothing_asked_is_nothing_said(kept_index: Path) -> None:
    assert chat(kept_index, "") == ""


def test_ask_after(mustanad: Mustanad, kept_index: Path) -> None:
    given = ["ask", "why?", "--after", WHO_BRIDGE, "--after", "And when?", "--index", kept_index]
    assert mustanad(*given).stdout.startswith("searched: why blew railway bridge?\n")
    fields = json.loads(mustanad(*given, "--json").stdout)
    assert (fields["question"], fields["searched"], fields["kind"]) == ("why?", "why blew railway bridge?", "why")


def test_after_goes_with_one_question(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"_id": "1", "text": "Who?"}\n', encoding="utf-8")
    given = ["ask", "--questions", tmp_path / "q.jsonl", "--out", tmp_path / "o", "--index", kept_index]
    assert "--after goes with one question" in mustanad(*given, "--after", "Who?", code=2).stderr
    assert "the question is empty" in mustanad("ask", "when?", "--after", " ", "--index", kept_index, code=2).stderr


def test_an_overview_shows_the_day_of_each_sentence(mustanad: Mustanad, kept_index: Path) -> None:
    shown = mustanad("ask", "What happened at the railway bridge?", "--index", kept_index).stdout
    assert shown.index("2024-03-14\n“") < shown.index("2024-03-16\n“")


def test_a_yes_or_no_says_that_it_is_none(mustanad: Mustanad, kept_index: Path) -> None:
    shown = mustanad("ask", "Did the brigade blow up the railway bridge?", "--index", kept_index).stdout
    assert shown.startswith("a question for yes or no is answered with what the reports say that bears on it")
