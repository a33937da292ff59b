"""The command as another program meets it: the executable in its own process, the default model, mixed formats."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.index.loading.files import docx, text_pdf

MUSTANAD = Path(sys.executable).with_name("mustanad")
QUESTION, ARABIC, UNKNOWN = (
    "Who blew up the railway bridge at Rasvina?",
    "من نفذ تفجير سوق ناردوم؟",
    "How many goals did the football team of Oslo score in 1987?",
)
ASKED = {"q1": QUESTION, "q2": ARABIC, "q3": UNKNOWN}
BRIDGE = "The Northern Brigade blew up the railway bridge at Rasvina on Thursday night."
MARKET = "تبنت كتائب زرفان تفجير سوق ناردوم."
NUMBER, TEXT, FLAG, NOTHING = (int, float), (str,), (bool,), (type(None),)
CITATION = {
    "number": (int,), "doc_id": TEXT, "passage_id": TEXT, "start": (int,), "end": (int,), "quote": TEXT, "title": TEXT,
    "source": TEXT, "published": TEXT + NOTHING, "url": TEXT + NOTHING, "lang": TEXT,
    "copy_of": TEXT + NOTHING, "stance": TEXT + NOTHING, "speaker": TEXT + NOTHING, "speaker_start": (int, *NOTHING),
    "speaker_end": (int, *NOTHING), "sentence_start": (int, *NOTHING), "sentence_end": (int, *NOTHING),
}  # fmt: skip
ANSWER = {
    "question": TEXT, "answer": TEXT + NOTHING, "abstained": FLAG, "confidence": NUMBER, "engine": TEXT,
    "claims": (list,), "citations": (list,), "conflict": FLAG, "changes": (list,), "more": (int,),
    "timings_ms": (dict,),
    "kind": TEXT, "searched": TEXT, "bridged": (list,), "notes": (list,),
}  # fmt: skip
CLAIM = {
    "answer": TEXT, "stance": TEXT, "speaker": TEXT + NOTHING, "citations": (list,), "independent_sources": (int,),
    "disputed": FLAG,
}  # fmt: skip
HIT = {
    "rank": (int,), "doc_id": TEXT, "passage_id": TEXT, "score": NUMBER, "dense": (dict,), "bm25": (dict,),
    "start": (int,), "end": (int,), "text": TEXT, "title": TEXT, "source": TEXT, "published": TEXT + NOTHING,
    "url": TEXT + NOTHING, "lang": TEXT, "copies": (list,), "copy_of": TEXT + NOTHING,
    "late": (dict, type(None)),
}  # fmt: skip
STANCES = {"reported", "claimed", "accused", "denied", "suspected"}


class Done(NamedTuple):
    code: int
    out: str
    err: str


class Collection(NamedTuple):
    folder: Path
    root: Path
    added: dict[str, Any]


def mustanad(*args: object, env: dict[str, str] | None = None) -> Done:
    """Run the executable; a traceback is never what a user should see."""
    environment = {**os.environ, **(env or {})}
    done = subprocess.run(
        [str(MUSTANAD), *map(str, args)], capture_output=True, text=True, encoding="utf-8", env=environment, timeout=300
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def printed(done: Done) -> Any:  # noqa: ANN401 - JSON
    """The one JSON value that stdout holds."""
    assert done.code == 0, done.err
    return json.loads(done.out)


def check(fields: dict[str, Any], shape: dict[str, tuple[type, ...]]) -> None:
    """Exactly these keys, in this order, of these types."""
    assert list(fields) == list(shape)
    for name, value in fields.items():
        assert type(value) in shape[name], (name, value)


def check_answer(fields: dict[str, Any], texts: dict[str, str]) -> None:
    check(fields, ANSWER)
    check(fields["timings_ms"], dict.fromkeys(("retrieve", "read", "total"), NUMBER))
    assert 0 <= fields["confidence"] <= 1
    numbers = list(range(1, len(fields["citations"]) + 1))
    for number, citation in zip(numbers, fields["citations"], strict=True):
        check(citation, CITATION)
        assert citation["number"] == number
        assert citation["quote"] == texts[citation["doc_id"]][citation["start"] : citation["end"]] != ""
    for claim in fields["claims"]:
        check(claim, CLAIM)
        assert claim["stance"] in STANCES
        assert claim["citations"]
        assert set(claim["citations"]) <= set(numbers)
        assert 1 <= claim["independent_sources"] <= len(claim["citations"])
    assert fields["abstained"] is (fields["answer"] is None) is (fields["claims"] == [])


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    root = tmp_path_factory.mktemp("contract")
    folder = root / "reports"
    (folder / "wire").mkdir(parents=True)
    row = {
        "_id": "row-1", "title": "تفجير في سوق ناردوم", "text": f"انفجرت سيارة مفخخة صباح الجمعة. {MARKET}",
        "metadata": {"source": "وكالة النهر", "date": "2024-03-15", "lang": "ar", "url": "https://nahr.example.org/1"},
    }  # fmt: skip
    files: dict[str, bytes] = {
        "wire/bridge.txt": f"RASVINA, May 9, 2024 (LNA) - {BRIDGE} No train has passed since.".encode(),
        "harvest.md": b"# Harvest\n\nFarmers of the valley expect a poor harvest of wheat.\n",
        "storm.html": b"<html lang='en'><head><title>Storm</title></head><body><article><h1>Storm</h1><p>A storm tore "
        b"the roofs off forty houses in Lubdana, and the harbour was closed.</p></article></body></html>",
        "vaccine.docx": docx(["Nurses vaccinated seventy thousand children in the Zumrin valley."], title="Nurses"),
        "depot.pdf": text_pdf(["Eight workers died in the explosion of the Mirzolan fuel depot."]),
        "rows.jsonl": (json.dumps(row, ensure_ascii=False) + "\n").encode(),
        "broken.pdf": b"no pdf",
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return Collection(folder, root / "index", printed(mustanad("index", folder, "--index", root / "index", "--json")))


@pytest.fixture(scope="session")
def texts(collection: Collection) -> dict[str, str]:
    """The text of each report, read from the index without the model."""
    from index.store import Snapshot

    snapshot = Snapshot(collection.root)
    try:
        return {document.doc_id: document.text for document in snapshot.documents()}
    finally:
        snapshot.close()


def test_index(collection: Collection) -> None:
    fields = collection.added
    check(fields, {
        "added": (list,), "updated": (list,), "skipped": (list,), "failed": (list,), "notes": (list,),
        "copies": (list,), "documents": (int,), "passages": (int,), "seconds": NUMBER,
    })  # fmt: skip
    names = ["depot.pdf", "harvest.md", "row-1", "storm.html", "vaccine.docx", "wire/bridge.txt"]
    assert sorted(fields["added"]) == names
    assert (fields["documents"], fields["updated"], fields["skipped"]) == (6, [], [])
    (failed,) = fields["failed"]
    check(failed, {"path": TEXT, "reason": TEXT})
    assert failed["path"] == str(collection.folder / "broken.pdf")


def test_info_and_verify(collection: Collection) -> None:
    fields = printed(mustanad("info", "--json", env={"MUSTANAD_INDEX": str(collection.root)}))
    check(fields, {
        "index": TEXT, "documents": (int,), "passages": (int,), "copies": (int,), "langs": (dict,), "sources": (dict,),
        "first_published": TEXT, "last_published": TEXT, "model": (dict,), "analyzer": TEXT, "chunking": (dict,),
        "format": (int,), "generation": (int,), "segments": (int,), "created": TEXT, "updated": TEXT, "bytes": (int,),
    })  # fmt: skip
    check(fields["model"], {"name": TEXT, "fingerprint": TEXT, "dim": (int,)})
    assert (fields["model"]["name"], fields["model"]["dim"]) == ("multilingual-e5-small", 384)
    assert (fields["langs"]["en"], fields["langs"]["ar"]) == (5, 1)
    assert printed(mustanad("verify", "--json", "--index", collection.root)) == {"ok": True, "problems": []}


@pytest.fixture(scope="session")
def runs(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """What takes the model's start, all at the same time on one index; ``trec`` and ``jsonl`` are the files written."""
    folder = tmp_path_factory.mktemp("runs")
    queries, trec, jsonl = folder / "queries.jsonl", folder / "out.trec", folder / "answers.jsonl"
    rows = [json.dumps({"_id": name, "text": text}, ensure_ascii=False) for name, text in ASKED.items()]
    queries.write_text("\n".join(rows), encoding="utf-8")
    commands: dict[str, list[object]] = {
        "search": ["search", ARABIC, "-k", 3, "--json"],
        "ask": ["ask", UNKNOWN, "--json", "--since", "2024-01-01"],
        "run": ["search", "--questions", queries, "--run", trec],
        "out": ["ask", "--questions", queries, "--out", jsonl],
    }
    with ThreadPoolExecutor() as pool:
        done = pool.map(lambda args: mustanad(*args, "--index", collection.root), commands.values())
        results = dict(zip(commands, done, strict=True))
    assert [result.err for result in results.values()] == [""] * 4
    results["trec"] = Done(0, trec.read_text(encoding="utf-8"), "")
    results["jsonl"] = Done(0, jsonl.read_text(encoding="utf-8"), "")
    return results


def test_search(runs: dict[str, Done], texts: dict[str, str]) -> None:
    fields = printed(runs["search"])
    check(fields, {"question": TEXT, "results": (list,), "timings_ms": (dict,), "bridged": (list,)})
    check(fields["timings_ms"], {"total": NUMBER})
    assert fields["question"] == ARABIC
    assert [hit["rank"] for hit in fields["results"]] == [1, 2, 3]
    for hit in fields["results"]:
        check(hit, HIT)
        for view in (hit["dense"], hit["bm25"], hit["late"]):
            check(view, {"rank": (int, type(None)), "score": NUMBER})
        assert hit["text"] == texts[hit["doc_id"]][hit["start"] : hit["end"]]
    best = fields["results"][0]
    assert (best["doc_id"], best["published"], best["lang"]) == ("row-1", "2024-03-15", "ar")
    assert (best["source"], best["url"]) == ("وكالة النهر", "https://nahr.example.org/1")


def test_a_run_of_many_questions(runs: dict[str, Done]) -> None:
    assert runs["run"].code == 0
    rows = [line.split(" ") for line in runs["trec"].out.splitlines()]
    assert {len(row) for row in rows} == {6}
    first = {row[0]: row[2] for row in rows if row[3] == "1"}
    assert list(first) == list(ASKED)
    assert (first["q1"], first["q2"]) == ("wire/bridge.txt", "row-1")


def test_answers_to_many_questions(runs: dict[str, Done], texts: dict[str, str]) -> None:
    assert runs["out"].code == 0
    rows = [json.loads(line) for line in runs["jsonl"].out.splitlines()]
    assert [next(iter(row)) for row in rows] == ["_id"] * 3
    answers = {row.pop("_id"): row for row in rows}
    assert {name: row["question"] for name, row in answers.items()} == ASKED
    for fields in answers.values():
        check_answer(fields, texts)
    assert answers["q1"]["answer"] == "The Northern Brigade"
    claim = answers["q2"]["claims"][0]
    assert answers["q2"]["answer"] == claim["answer"] == "كتائب زرفان"
    assert (claim["stance"], claim["speaker"]) == ("claimed", "كتائب زرفان")


def test_an_abstention_is_done(runs: dict[str, Done], texts: dict[str, str]) -> None:
    fields = printed(runs["ask"])
    check_answer(fields, texts)
    assert (fields["abstained"], fields["answer"], fields["claims"], fields["engine"]) == (True, None, [], "extractive")
    assert {citation["doc_id"] for citation in fields["citations"]} == {"wire/bridge.txt", "row-1"}


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["ask", ""], 2, "Error: the question is empty; ask something"),
        (["ask", "x", "--since", "yesterday"], 2, "'yesterday' is not a date such as 2022-04-16"),
        (["search", "x", "--index", "nowhere"], 1, "Error: no index in nowhere; make one with: mustanad index PATH…"),
        (["remove", "x", "--index", "nowhere"], 1, "Error: no index in nowhere"),
        (["frobnicate"], 2, "No such command 'frobnicate'"),
    ],
)
def test_exit_codes(args: list[str], code: int, message: str) -> None:
    done = mustanad(*args)
    assert (done.code, done.out) == (code, "")
    assert message in done.err.splitlines()[-1]


def test_remove(collection: Collection, tmp_path: Path) -> None:
    """Of a copy: the other tests ask the collection."""
    root = shutil.copytree(collection.root, tmp_path / "index")
    fields = printed(mustanad("remove", "harvest.md", "nowhere", "--json", "--index", root))
    assert fields == {"removed": ["harvest.md"], "missing": ["nowhere"], "documents": 5}
    assert printed(mustanad("info", "--json", "--index", root))["documents"] == 5
    assert printed(mustanad("verify", "--json", "--index", root))["ok"] is True
