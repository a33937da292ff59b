"""The sample reports: plainly invented, in six languages, and in step with their questions."""

import csv
import json
import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import NamedTuple

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "rag" / "samples"
REPORTS = SAMPLES / "reports"

INVENTED = {
    "ar": "تقرير مختلق",
    "en": "Invented sample report",
    "fa": "گزارش ساختگی",
    "fr": "Dépêche fictive",
    "ru": "Вымышленный образец сообщения",
    "tr": "uydurulmuş örnek haber",
}
SUFFIXES = {".txt", ".md", ".html", ".eml", ".csv", ".jsonl"}


def _plain(path: Path) -> str:
    """The file as a person reads it: an e-mail without its transfer encoding, all else as it lies."""
    if path.suffix == ".eml":
        content = message_from_bytes(path.read_bytes(), policy=policy.default).get_content()
        assert isinstance(content, str)
        return content
    return path.read_text(encoding="utf-8")


def _reports() -> dict[str, tuple[str, str]]:
    """Corpus id -> (language, text), one entry a report: the rows of tables apart, other files whole."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(p for p in REPORTS.rglob("*") if p.is_file()):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as lines:
                found.update({row["id"]: (row["lang"], row["text"]) for row in csv.DictReader(lines)})
        elif path.suffix == ".jsonl":
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            found.update({row["_id"]: (row["metadata"]["lang"], row["text"]) for row in rows})
        else:
            found[path.relative_to(REPORTS).as_posix()] = (path.stem.rsplit("-", 1)[1], _plain(path))
    return found


class Query(NamedTuple):
    lang: str
    answerable: bool
    answers: list[str]
    docs: list[str]


def _queries() -> dict[str, Query]:
    rows = [json.loads(line) for line in (SAMPLES / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return {row["_id"]: Query(**row["metadata"]) for row in rows}


def _qrels() -> list[tuple[str, str, str]]:
    with (SAMPLES / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
        return [(row["query-id"], row["corpus-id"], row["score"]) for row in csv.DictReader(lines, delimiter="\t")]


def test_the_collection_is_as_described() -> None:
    files = [path for path in REPORTS.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == SUFFIXES
    assert len(files) == 22
    assert len(_reports()) == 24
    languages = [lang for lang, _ in _reports().values()]
    assert {lang: languages.count(lang) for lang in INVENTED} == {"ar": 8, "en": 5, "fa": 3, "fr": 2, "ru": 3, "tr": 3}


def test_the_readme_is_not_a_report_and_lists_them_all() -> None:
    assert not list(REPORTS.rglob("README*"))
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [corpus_id for corpus_id in _reports() if corpus_id not in readme] == []


@pytest.mark.parametrize("corpus_id", sorted(_reports()))
def test_every_report_says_that_it_is_invented(corpus_id: str) -> None:
    lang, text = _reports()[corpus_id]
    assert text.count(INVENTED[lang]) == 1


@pytest.mark.parametrize("corpus_id", sorted(_reports()))
def test_every_report_is_short(corpus_id: str) -> None:
    text = _reports()[corpus_id][1]
    article = re.search(r'<div class="text">(.*?)</div>', text, re.DOTALL)
    words = (article.group(1) if article else text).split()
    assert 120 <= len(words) <= 260


def test_html_holds_no_entities_and_only_reserved_domains() -> None:
    for path in REPORTS.rglob("*"):
        if path.is_file():
            raw = path.read_text(encoding="utf-8")
            assert not re.search(r"&#?\w+;", raw), path
            hosts = set(re.findall(r"(?:https?://|@)([\w-]+(?:\.[\w-]+)+)", raw)) - {"schema.org"}
            assert all(re.search(r"\.example\.(org|com)$", host) for host in hosts), (path, hosts)


def test_json_ld_agrees_with_the_page() -> None:
    for path in REPORTS.rglob("*.html"):
        raw = path.read_text(encoding="utf-8")
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', raw, re.DOTALL)
        assert block, path
        article = json.loads(block.group(1))
        assert article["@type"] == "NewsArticle"
        assert f"<h1>{article['headline']}</h1>" in raw
        assert path.name.startswith(article["datePublished"])
        assert article["inLanguage"] == path.stem.rsplit("-", 1)[1]


def test_the_syndicated_copy_differs_in_its_source_only() -> None:
    folder = REPORTS / "nardum-market-bombing"
    agency = (folder / "2024-03-15-lna-ar.txt").read_text(encoding="utf-8")
    copy = (folder / "2024-03-15-tolnara-bulletin-ar.txt").read_text(encoding="utf-8")
    assert agency != copy
    assert agency.split(" — ", 1)[1] == copy.split(" — ", 1)[1]
    assert agency.replace("(وكالة أنباء لارزانيا)", "(نشرة تولنارا)") == copy


def test_questions_come_in_six_languages_and_eight_have_no_answer() -> None:
    queries = _queries()
    assert len(queries) == 30
    assert {query.lang for query in queries.values()} == set(INVENTED)
    assert sum(not query.answerable for query in queries.values()) == 8


@pytest.mark.parametrize("query_id", sorted(_queries()))
def test_answers_stand_in_the_reports_word_for_word(query_id: str) -> None:
    _, answerable, answers, docs = _queries()[query_id]
    assert bool(answers) == bool(docs) == answerable
    reports = _reports()
    texts = [reports[doc][1] for doc in docs]
    assert [answer for answer in answers if not any(answer in text for text in texts)] == []
    assert [doc for doc, text in zip(docs, texts, strict=True) if not any(answer in text for answer in answers)] == []


def test_an_answer_is_in_no_report_that_is_not_judged_relevant() -> None:
    """Held for the questions whose answer stands in one language only, which show search across languages."""
    reports = _reports()
    for query_id in ("nardum-van-en", "bridge-charge-en", "bridge-trains-ar", "depot-shelter-fr", "judge-trial-ru"):
        query = _queries()[query_id]
        found = {doc for doc, (_, text) in reports.items() if any(answer in text for answer in query.answers)}
        assert found == set(query.docs)


def test_qrels_are_the_docs_of_the_queries() -> None:
    header = (SAMPLES / "qrels.tsv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert header == "query-id\tcorpus-id\tscore"
    qrels = _qrels()
    assert {corpus_id for _, corpus_id, _ in qrels} <= set(_reports())
    assert {score for _, _, score in qrels} == {"1"}
    expected = [(query_id, doc) for query_id, query in _queries().items() for doc in query.docs]
    assert [(query_id, corpus_id) for query_id, corpus_id, _ in qrels] == expected
