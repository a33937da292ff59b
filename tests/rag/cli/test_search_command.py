"""``mustanad search``."""

import json
from pathlib import Path

import pytest

import rag
from tests.rag.cli.conftest import Mustanad, one_line_error
from tests.rag.samples import ALL, BRIDGE, WHO_BRIDGE, WHO_MARKET


def questions(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_it_prints_passages_for_a_person(mustanad: Mustanad, kept_index: Path) -> None:
    shown = mustanad("search", WHO_BRIDGE, "-k", 2, "--index", kept_index).stdout
    with rag.open(kept_index) as reports:
        first, second = reports.search(WHO_BRIDGE, 2)
    assert shown == (
        "1. Railway bridge destroyed · Larzania News Agency · 2024-03-14 · en"
        f"  score {first.score:.3f} (dense #1, bm25 #1)\n"
        f"   {BRIDGE.text}\n   bridge.txt[0:{len(BRIDGE.text)}]\n\n"
        f"2. Bridge · Tolnara Bulletin · 2024-03-15 · en  score {second.score:.3f} (dense #2, bm25 #2)\n"
        f"   {second.passage.text}\n   copy.txt[0:{len(second.passage.text)}]\n\n"
    )


def test_a_document_without_a_day_says_so(mustanad: Mustanad, kept_index: Path) -> None:
    shown = mustanad("search", "wheat harvest", "--doc", "harvest.txt", "--index", kept_index).stdout
    assert shown.startswith("1. Harvest · Sahil Press · no date · en  score")


def test_a_report_can_be_left_out(mustanad: Mustanad, kept_index: Path) -> None:
    printed = mustanad("search", WHO_BRIDGE, "--without", "bridge.txt", "--json", "--index", kept_index).stdout
    found = {result["doc_id"] for result in json.loads(printed)["results"]}
    assert found == {document.doc_id for document in ALL} - {"bridge.txt"}


def test_json_is_the_contract(mustanad: Mustanad, kept_index: Path) -> None:
    printed = mustanad("search", WHO_MARKET, "-k", 3, "--json", "--index", kept_index).stdout
    assert WHO_MARKET in printed  # Arabic as Arabic
    fields = json.loads(printed)
    assert list(fields) == ["question", "results", "timings_ms", "bridged"]
    assert [result["rank"] for result in fields["results"]] == [1, 2, 3]
    assert fields["results"][0]["doc_id"] == "market.txt"
    texts = {document.doc_id: document.text for document in ALL}
    for result in fields["results"]:
        assert result["text"] == texts[result["doc_id"]][result["start"] : result["end"]]


def test_nothing_found_is_said(mustanad: Mustanad, kept_index: Path) -> None:
    assert mustanad("search", "x", "--lang", "tr", "--index", kept_index).stdout == "no passage passes the filters\n"
    assert json.loads(mustanad("search", "x", "--lang", "tr", "--index", kept_index, "--json").stdout)["results"] == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--since", "2024-03-15"], {"denial.txt", "copy.txt"}),
        (["--until", "2023-12-31"], {"market.txt"}),
        (["--since", "2024-03-14", "--until", "2024-03-14"], {"bridge.txt"}),
        (["--source", "SAHIL PRESS", "--source", "Tolnara Bulletin"], {"denial.txt", "harvest.txt", "copy.txt"}),
        (["--lang", "ar"], {"market.txt"}),
        (["--doc", "copy.txt", "--doc", "market.txt"], {"copy.txt", "market.txt"}),
    ],
)
def test_filters(mustanad: Mustanad, kept_index: Path, options: list[str], expected: set[str]) -> None:
    fields = json.loads(mustanad("search", WHO_BRIDGE, *options, "--json", "--index", kept_index).stdout)
    assert {result["doc_id"] for result in fields["results"]} == expected


def test_the_index_is_taken_from_the_environment(
    mustanad: Mustanad, kept_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTANAD_INDEX", str(kept_index))
    assert json.loads(mustanad("search", WHO_BRIDGE, "--json").stdout)["results"]


def test_rank_bm25_gives_the_same_results(mustanad: Mustanad, kept_index: Path) -> None:
    for options in (["--no-dense"], [], ["--fusion", "rrf"]):
        fast, slow = (
            json.loads(
                mustanad("search", WHO_BRIDGE, "--lexical", engine, *options, "--json", "--index", kept_index).stdout
            )
            for engine in ("bm25", "rank-bm25")
        )
        assert fast["results"]
        assert fast["results"] == slow["results"]


def test_a_list_that_is_off_is_null(mustanad: Mustanad, kept_index: Path) -> None:
    dense = json.loads(mustanad("search", WHO_BRIDGE, "--lexical", "off", "--json", "--index", kept_index).stdout)
    assert {result["bm25"] for result in dense["results"]} == {None}
    words = json.loads(mustanad("search", WHO_BRIDGE, "--no-dense", "--json", "--index", kept_index).stdout)
    assert {result["dense"] for result in words["results"]} == {None}
    assert words["results"][0]["bm25"]["rank"] == 1


def test_a_run_is_in_trecs_form_and_in_the_order_of_the_passages(
    mustanad: Mustanad, kept_index: Path, tmp_path: Path
) -> None:
    asked = {"q1": WHO_BRIDGE, "q2": WHO_MARKET, "q3": "wheat"}
    file = questions(tmp_path / "queries.jsonl", *({"_id": name, "text": text} for name, text in asked.items()))
    run = tmp_path / "out.trec"
    said = mustanad("search", "--questions", file, "--run", run, "--index", kept_index, "-k", 4).stdout
    lines = run.read_text(encoding="utf-8").splitlines()
    assert said == f"3 questions, {len(lines)} lines in {run}\n"
    assert len(lines) == 12
    with rag.open(kept_index) as reports:
        for name, text in asked.items():
            rows = [line.split(" ") for line in lines if line.startswith(f"{name} ")]
            assert all(len(row) == 6 and row[1] == "Q0" and row[5] == "mustanad" for row in rows)
            assert [row[3] for row in rows] == ["1", "2", "3", "4"]
            scores = [float(row[4]) for row in rows]
            assert scores == sorted(scores, reverse=True)
            assert len({row[2] for row in rows}) == 4
            best_first = dict.fromkeys(hit.document.doc_id for hit in reports.search(text, 100))
            assert [row[2] for row in rows] == list(best_first)[:4]


def test_a_run_holds_a_hundred_documents_by_default_and_obeys_filters(
    mustanad: Mustanad, kept_index: Path, tmp_path: Path
) -> None:
    file = questions(tmp_path / "queries.jsonl", {"_id": "q1", "text": WHO_BRIDGE})
    run = tmp_path / "out.trec"
    mustanad("search", "--questions", file, "--run", run, "--index", kept_index, "--lang", "en")
    assert {line.split()[2] for line in run.read_text(encoding="utf-8").splitlines()} == {
        document.doc_id for document in ALL if document.lang == "en"
    }


def test_white_space_in_an_id_cannot_go_into_a_run(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    file = questions(tmp_path / "queries.jsonl", {"_id": "q 1", "text": WHO_BRIDGE})
    run = tmp_path / "out.trec"
    result = mustanad("search", "--questions", file, "--run", run, "--index", kept_index, code=1)
    assert one_line_error(result) == "the id 'q 1' has white space, which a TREC run cannot hold; rename it"
    assert not run.exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "give a question, or --questions FILE"),
        ([""], "the question is empty; ask something"),
        (["  \n"], "the question is empty; ask something"),
        (["a\udcffb"], "the question is not valid UTF-8; check the encoding of the terminal"),
        (["x", "--run", "out.trec"], "--run goes with --questions FILE"),
        (["x", "--since", "16/4/2022"], "'16/4/2022' is not a date such as 2022-04-16"),
        (["x", "--since", "2022-02-02", "--until", "2022-02-01"], "--since 2022-02-02 is after --until 2022-02-01"),
        (["x", "--lexical", "off", "--no-dense"], "leave nothing to search with"),
        (["x", "--lexical", "lucene"], "'lucene' is not one of 'bm25', 'rank-bm25', 'off'"),
        (["x", "-k", "0"], "0 is not in the range x>=1"),
        (["--questions", "nowhere.jsonl", "--run", "out.trec"], "File 'nowhere.jsonl' does not exist"),
    ],
)
def test_wrong_usage_is_exit_code_2(mustanad: Mustanad, kept_index: Path, args: list[str], message: str) -> None:
    result = mustanad("search", *args, "--index", kept_index, code=2)
    assert result.stdout == ""
    assert message in result.stderr.splitlines()[-1]


def test_questions_need_a_file_to_write_and_no_question(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    file = questions(tmp_path / "queries.jsonl", {"_id": "q1", "text": "x"})
    result = mustanad("search", "--questions", file, "--index", kept_index, code=2)
    assert "--questions needs --run FILE to write to" in result.stderr
    result = mustanad("search", "x", "--questions", file, "--run", tmp_path / "r", "--index", kept_index, code=2)
    assert "give one question, or --questions FILE, not both" in result.stderr


def test_a_run_that_cannot_be_written_is_one_line(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    file = questions(tmp_path / "queries.jsonl", {"_id": "q1", "text": "x"})
    run = tmp_path / "nowhere" / "out.trec"
    result = mustanad("search", "--questions", file, "--run", run, "--index", kept_index, code=1)
    assert one_line_error(result) == f"{run}: No such file or directory"
