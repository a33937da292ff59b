"""``mustanad eval DATASET…``: figures for people and programs, files, errors in one line."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from click.testing import CliRunner, Result

import rag
from eval.results import load_results
from rag.cli.main import main
from rag.types import Answer
from tests.eval.folders import QRELS, QUERIES, write_dataset, write_qrels, write_queries
from tests.rag.samples import ALL, hash_model, make_reports


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("eval") / "index"
    make_reports(root).close()
    return root


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("eval.sweep.load_embedder", hash_model)


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, args)])


def figures(*args: object) -> list[dict[str, Any]]:
    result = run(*args, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def write_corpus(folder: Path) -> Path:
    """The reports of ``tests.rag.samples`` as a BEIR corpus."""
    rows = [
        {"_id": document.doc_id, "title": document.title, "text": document.text, "metadata": {"lang": document.lang}}
        for document in ALL
    ]
    (folder / "corpus.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    return folder


def test_figures_for_a_person(index: Path, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "made")
    result = run(folder, "--index", index)
    assert result.exit_code == 0
    header, _, *rows, written = result.stdout.splitlines()
    assert header.split() == ["measure", "made"]
    assert rows[0].split() == ["RR@10", "1.000", "[1.000–1.000]"]
    # nDCG: (1 + 2 / log2(3)) / (2 + 1 / log2(3)) for the first question, 1 for the others.
    assert rows[1].split()[:2] == ["nDCG@10", "0.953"]
    assert written == "written: results/made.json, results/made.html, results/made"
    assert result.stderr == "note: made: no question has a known answer: answers are not measured\n"


def test_figures_for_a_machine(index: Path, tmp_path: Path) -> None:
    one = write_dataset(tmp_path / "made")
    queries = write_queries(tmp_path / "wrong", dict(zip(QUERIES, reversed(QUERIES.values()), strict=True)))
    good, bad = figures(one, f"{queries}={one}/qrels/test.tsv", "--index", index)
    assert list(good) == ["dataset", "questions", "means", "figures", "stances", "notes"]
    assert list(good["means"])[:2] == ["RR@10", "nDCG@10"] or set(good["means"]) >= {"RR@10", "nDCG@10", "Success@1"}
    assert (good["dataset"], good["questions"]) == ("made", 3)
    assert bad["dataset"].startswith("wrong-over-")
    assert bad["means"]["RR@10"] < good["means"]["RR@10"] == 1.0
    assert good["figures"]["RR@10"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 3}


def test_what_is_written_agrees_with_what_is_said(index: Path, tmp_path: Path) -> None:
    (said,) = figures(write_dataset(tmp_path / "made"), "--index", index, "--name", "before", "--out", tmp_path / "out")
    results = load_results(tmp_path / "out" / "before.json")
    (report,) = results.reports
    assert {figure.key: figure.value for figure in report.figures} == {
        key: figure["value"] for key, figure in said["figures"].items()
    }
    assert results.configuration["fusion"] == "convex"
    assert results.environment.versions["ir_measures"]
    assert report.engine["model_fingerprint"] == hash_model().fingerprint
    measured = ir_measures.calc_aggregate(
        [ir_measures.parse_measure(name) for name in said["means"]],
        list(ir_measures.read_trec_qrels(str(tmp_path / "out" / "before" / "made.documents.qrels"))),
        list(ir_measures.read_trec_run(str(tmp_path / "out" / "before" / "made.documents.run"))),
    )
    assert {str(name): round(value, 4) for name, value in measured.items()} == {
        name: round(value, 4) for name, value in said["means"].items()
    }
    page = (tmp_path / "out" / "before.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "0.953" in page
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["before", "before.html", "before.json"]
    assert not list((tmp_path / "out" / "before").glob("*.journal"))


def test_without_an_index_one_is_built_for_each_dataset_and_reused(tmp_path: Path) -> None:
    one = write_corpus(write_dataset(tmp_path / "made"))
    (first,) = figures(one)
    (index,) = Path("results/indexes").iterdir()
    manifest = (index / "manifest.json").read_bytes()
    assert figures(one, "--fusion", "rrf")[0]["questions"] == 3
    assert (index / "manifest.json").read_bytes() == manifest
    assert first["means"]["RR@10"] == 1.0
    assert len(list(Path("results/indexes").iterdir())) == 1


def test_an_index_that_is_named_and_missing_is_built_there(tmp_path: Path) -> None:
    one = write_corpus(write_dataset(tmp_path / "made"))
    assert figures(one, "--index", tmp_path / "new")[0]["means"]["RR@10"] == 1.0
    with rag.open(tmp_path / "new") as reports:
        assert reports.contents.documents == len(ALL)


def test_the_index_of_the_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_reports(Path("mustanad-index")).close()
    one = write_corpus(write_dataset(tmp_path / "made"))
    figures(one)
    assert not Path("results/indexes").exists()
    figures(one, "--own-index")
    assert Path("results/indexes").exists()
    assert run(one, "--own-index", "--index", "x").exit_code == 2
    monkeypatch.setenv("MUSTANAD_INDEX", "nowhere")
    assert run(one, "--own-index").exit_code == 0
    assert not Path("nowhere").exists()


def test_settings_reach_the_search(index: Path, tmp_path: Path) -> None:
    one = write_qrels(write_queries(tmp_path / "none", {"q1": "zzz"}), "q1\tharvest.txt\t1\n")
    assert figures(one, "--index", index, "--no-dense")[0]["means"]["R@10"] == 0.0
    assert figures(one, "--index", index)[0]["means"]["R@10"] == 1.0
    assert figures(one, "--index", index, "--config", "dense=off")[0]["means"]["R@10"] == 0.0
    result = run(one, "--index", index, "--config", "dense=off", "--lexical", "off")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "do not go together" in result.stderr


def test_only_searching_and_a_part_of_the_questions(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rag.Reports, "ask", None)
    (found,) = figures(write_dataset(tmp_path / "made"), "--index", index, "--only", "search", "--limit", 2)
    assert found["questions"] == 2


def test_each_stance_is_printed_below_the_figures(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "attributed"
    folder.mkdir()
    rows: list[dict[str, object]] = [
        {
            "_id": "q1",
            "text": QUERIES["q1"],
            "metadata": {"answers": ["Northern Brigade"], "attribution": ["possible"]},
        },
        {"_id": "q2", "text": QUERIES["q2"], "metadata": {"answers": ["لواء الصقور"], "attribution": ["accused"]}},
    ]
    (folder / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    write_qrels(folder, "query-id\tcorpus-id\tscore\nq1\tbridge.txt\t1\nq2\tmarket.txt\t1\n")
    lines = [line.split() for line in run(folder, "--index", index, "--only", "ask").stdout.splitlines()]
    assert ["dataset", "stance", "precision", "recall", "F1", "right", "answers", "questions"] in lines
    assert ["attributed", "accused", "1.000", "1.000", "1.000", "1", "1"] in lines
    assert ["attributed", "suspected", "0.000", "0.000", "0.000", "1", "1"] in lines
    (found,) = figures(folder, "--index", index, "--only", "ask")
    assert [(score["stance"], score["support"]) for score in found["stances"]] == [("accused", 1), ("suspected", 1)]


def test_a_sweep_prints_a_table(index: Path, tmp_path: Path) -> None:
    one = write_dataset(tmp_path / "made")
    result = run("--sweep", "fusion=rrf,convex", "lexical=bm25,off", "dense=on,off", one, "--index", index)
    assert result.exit_code == 0
    header, _, *rows, written = result.stdout.splitlines()
    assert header.split()[:4] == ["dataset", "fusion", "lexical", "dense"]
    assert len(rows) == 6
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [
        f"fusion={fusion} lexical=off dense=off" for fusion in ("rrf", "convex")
    ]
    assert written == "written: results/made.sweep.json"
    again = json.loads(run(one, "--sweep", "fusion=rrf,convex", "--index", index, "--json").stdout)
    assert [row["values"] for row in again["rows"]] == [{"fusion": "rrf"}, {"fusion": "convex"}]


def test_a_run_of_another_program_is_measured(tmp_path: Path) -> None:
    one = write_dataset(tmp_path / "made")
    path = tmp_path / "other.run"
    path.write_text("q1 Q0 copy.txt 1 2.0 x\nq2 Q0 a 1 2.0 x\nq2 Q0 market.txt 2 1.0 x\n", encoding="utf-8")
    (found,) = json.loads(run(one, "--run", path, "--json").stdout)
    assert found["means"]["RR@10"] == pytest.approx((1 + 0.5 + 0) / 3)
    (bare,) = json.loads(run(one / "qrels" / "test.tsv", "--run", path, "--json").stdout)
    assert bare["means"] == found["means"]


def test_an_interrupted_evaluation_goes_on(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = write_dataset(tmp_path / "made")
    asked: list[str] = []
    ask = rag.Reports.ask

    def interrupted(self: rag.Reports, question: str, **filters: Sequence[str]) -> Answer:
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(question)
        return ask(self, question, **filters)  # type: ignore[arg-type]

    monkeypatch.setattr(rag.Reports, "ask", interrupted)
    result = run(one, "--index", index)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: interrupted; what was asked is kept: the same command goes on from there\n"
    assert Path("results/made/made.journal").exists()

    def counted(self: rag.Reports, question: str, **filters: Sequence[str]) -> Answer:
        asked.append(question)
        return ask(self, question, **filters)  # type: ignore[arg-type]

    monkeypatch.setattr(rag.Reports, "ask", counted)
    assert run(one, "--index", index).exit_code == 0
    assert asked == list(QUERIES.values())
    assert not Path("results/made/made.journal").exists()


def test_plots_are_written_when_asked_for(index: Path, tmp_path: Path) -> None:
    result = run(write_dataset(tmp_path / "made"), "--index", index, "--plots", tmp_path / "plots")
    assert result.exit_code == 0
    written = sorted(path.name for path in (tmp_path / "plots").iterdir())
    assert "measures.svg" in written
    assert all(str(tmp_path / "plots" / name) in result.stdout for name in written)


def test_a_table_is_written_into_a_file(index: Path, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        "before\n<!-- table: retrieval -->\nbefore this\n<!-- /table: retrieval -->\nafter\n", encoding="utf-8"
    )
    one = write_dataset(tmp_path / "made")
    assert run(one, "--index", index, "--table", f"{readme}:retrieval").exit_code == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- table: retrieval -->\n")
    assert "before this" not in text
    assert "| measure | made |" in text
    assert text.endswith("<!-- /table: retrieval -->\nafter\n")
    assert run(one, "--index", index, "--table", "README.md").exit_code == 2
    result = run(one, "--index", index, "--table", f"{readme}:other")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda folder: (folder / "qrels" / "test.tsv").unlink(), "qrels"),
        (lambda folder: write_qrels(folder, QRELS + "x\n"), "test.tsv:6: "),
        (lambda folder: write_qrels(folder, QRELS + "q9\tbridge.txt\t1\n"), "q9"),
        (lambda folder: write_qrels(folder, QRELS.replace("bridge.txt", "nowhere.txt")), "the index lacks 1 of 4"),
        (lambda folder: (folder / "queries.jsonl").write_bytes(b""), "queries.jsonl"),
        (lambda folder: (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "a"}\n' * 2), "q1"),
    ],
    ids=["no judgements", "bad line", "unknown question", "unknown document", "empty", "question twice"],
)  # fmt: skip
def test_wrong_input_is_one_line(index: Path, tmp_path: Path, change: Callable[[Path], object], message: str) -> None:
    folder = write_corpus(write_dataset(tmp_path / "made"))
    change(folder)
    result = run(folder, "--index", index)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


def test_a_report_that_stands_twice_in_a_corpus_is_noted(tmp_path: Path) -> None:
    folder = write_corpus(write_dataset(tmp_path / "made"))
    corpus = folder / "corpus.jsonl"
    corpus.write_text(corpus.read_text(encoding="utf-8") + '{"_id": "bridge.txt", "text": "Else."}\n', encoding="utf-8")
    result = run(folder)
    assert "bridge.txt" in result.stderr


def test_an_index_of_another_model_is_refused(index: Path, tmp_path: Path) -> None:
    result = run(write_dataset(tmp_path / "made"), "--index", index, "--config", "model=another")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "was built with the model" in result.stderr


def test_two_datasets_of_one_name_are_told(index: Path, tmp_path: Path) -> None:
    one = write_dataset(tmp_path / "made")
    result = run(one, one, "--index", index)
    assert result.stderr == "Error: two datasets are called made; rename a folder, or measure them one by one\n"


def test_other_errors_are_one_line(index: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere", "--index", index)
    assert result.exit_code == 1
    assert (
        result.stderr == f"Error: {tmp_path / 'nowhere'}: no such file or folder; give a dataset's, or QUERIES=GOLD\n"
    )
    assert run("--index", index).exit_code == 2


def test_without_the_extra_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['ir_measures'] = None; from rag.cli.main import main; main(['eval', 'x'])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "Error: measuring needs ir_measures: pip install 'mustanad[eval]'\n"


def test_help_names_the_other_commands() -> None:
    shown = run("--help").stdout
    assert "mustanad eval compare" in shown
    assert "mustanad eval peers" in shown
    assert "--sweep" in shown
