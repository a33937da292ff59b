"""``mustanad ask``."""

import json
from pathlib import Path

import pytest

from tests.rag.cli.conftest import Mustanad, one_line_error
from tests.rag.samples import ALL, UNKNOWN, WHO_BRIDGE, WHO_MARKET


def test_it_prints_claims_and_citations(mustanad: Mustanad, kept_index: Path) -> None:
    assert mustanad("ask", WHO_BRIDGE, "--index", kept_index).stdout == (
        "“The Northern Brigade blew up the railway bridge on Thursday.” [1][2]\n"
        "   reported; 1 source\n"
        "“Smugglers blew up the railway bridge on Thursday.” [3]\n"
        "   reported; 1 source\n"
        "confidence 0.99\n\n"
        "[1] Railway bridge destroyed · Larzania News Agency · 2024-03-14 · en\n"
        "   The Northern Brigade blew up the railway bridge on Thursday.\n"
        "   bridge.txt[32:92]\n"
        "[2] Bridge · Tolnara Bulletin · 2024-03-15 · en\n"
        "   The Northern Brigade blew up the railway bridge on Thursday.\n"
        "   copy.txt[0:60]\n"
        "[3] Brigade speaks · Sahil Press · 2024-03-16 · en\n"
        "   Smugglers blew up the railway bridge on Thursday.\n"
        "   denial.txt[0:49]\n"
    )


def test_an_accusation_is_called_one(mustanad: Mustanad, kept_index: Path) -> None:
    shown = mustanad("ask", WHO_MARKET, "--index", kept_index).stdout
    assert "   an accusation, not established, says: وزارة الداخلية; 1 source\n" in shown
    assert "reported" not in shown


def test_an_abstention_is_done_and_shows_the_nearest(mustanad: Mustanad, kept_index: Path) -> None:
    shown = mustanad("ask", UNKNOWN, "--index", kept_index, code=0).stdout
    assert shown.startswith(
        "No answer: the reports hold no sufficient evidence (confidence 0.01).\nThe nearest passages:\n[1] "
    )
    assert "“" not in shown


def test_where_nothing_passes_the_filters_it_says_so(mustanad: Mustanad, kept_index: Path) -> None:
    assert mustanad("ask", WHO_BRIDGE, "--lang", "tr", "--index", kept_index).stdout == (
        "No answer: the reports hold no sufficient evidence (confidence 0.00).\n"
        "No passage to show: the index is empty, or the filters let nothing pass.\n"
    )


def test_json_is_the_contract(mustanad: Mustanad, kept_index: Path) -> None:
    fields = json.loads(mustanad("ask", WHO_BRIDGE, "--json", "--index", kept_index).stdout)
    assert list(fields) == [
        "question", "answer", "abstained", "confidence", "engine", "claims", "citations", "conflict", "changes", "more",
        "timings_ms", "kind", "searched", "bridged", "notes",
    ]  # fmt: skip
    assert fields["answer"] == fields["claims"][0]["answer"]
    texts = {document.doc_id: document.text for document in ALL}
    for citation in fields["citations"]:
        assert citation["quote"] == texts[citation["doc_id"]][citation["start"] : citation["end"]]
    abstention = json.loads(mustanad("ask", UNKNOWN, "--json", "--index", kept_index).stdout)
    assert (abstention["abstained"], abstention["answer"], abstention["claims"]) == (True, None, [])
    assert len(abstention["citations"]) == 3


def test_filters_hold(mustanad: Mustanad, kept_index: Path) -> None:
    fields = json.loads(mustanad("ask", WHO_BRIDGE, "--since", "2024-03-16", "--json", "--index", kept_index).stdout)
    assert {citation["doc_id"] for citation in fields["citations"]} == {"denial.txt"}


def test_many_questions(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    asked = {"q2": WHO_MARKET, "q1": UNKNOWN, "٣": WHO_BRIDGE}
    file = tmp_path / "queries.jsonl"
    file.write_text(
        "\n".join(json.dumps({"_id": name, "text": text}) for name, text in asked.items()), encoding="utf-8"
    )
    out = tmp_path / "answers.jsonl"
    result = mustanad("ask", "--questions", file, "--out", out, "--index", kept_index)
    assert result.stdout == f"3 questions, 2 answered, 1 abstained, in {out}\n"
    assert result.stderr == ""  # no bar where there is no terminal
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {row["_id"]: row["question"] for row in rows} == asked
    assert [row["_id"] for row in rows] == list(asked)
    for row in rows:
        alone = json.loads(mustanad("ask", row["question"], "--json", "--index", kept_index).stdout)
        assert {key: row[key] for key in alone if key != "timings_ms"} == {
            key: value for key, value in alone.items() if key != "timings_ms"
        }


def test_questions_need_an_out_file(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"_id": "1", "text": "x"}', encoding="utf-8")
    result = mustanad("ask", "--questions", file, "--index", kept_index, code=2)
    assert "--questions needs --out FILE to write to" in result.stderr
    result = mustanad("ask", "x", "--out", tmp_path / "out.jsonl", "--index", kept_index, code=2)
    assert "--out goes with --questions FILE" in result.stderr


def test_a_bad_file_of_questions_leaves_the_old_answers(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    out.write_text("precious", encoding="utf-8")
    file = tmp_path / "queries.jsonl"
    file.write_text('{"_id": "1", "text": "x"}\n{"_id": "2"}\n', encoding="utf-8")
    result = mustanad("ask", "--questions", file, "--out", out, "--index", kept_index, code=1)
    assert one_line_error(result).startswith(f"{file}:2: not a question; each line must be")
    assert out.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("question", ["", " "])
def test_an_empty_question_is_wrong_usage(mustanad: Mustanad, kept_index: Path, question: str) -> None:
    result = mustanad("ask", question, "--index", kept_index, code=2)
    assert result.stderr.endswith("Error: the question is empty; ask something\n")


def test_reranking_takes_a_reader_that_can(
    mustanad: Mustanad, kept_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTANAD_READER", "sentences")
    assert "rerank" in one_line_error(mustanad("ask", WHO_BRIDGE, "--rerank", "--index", kept_index, code=1))
