"""Training examples: a question, a context, and where its answer stands in it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from index.errors import MustanadError


@dataclass(frozen=True, slots=True)
class Example:
    """A question over a context.

    Attributes:
        example_id: Unique within its source.
        source: The data set, "xquad", "arcd", "muc4" …
        group: The article, or the incident: what is set aside is set aside by group.
        question: In any language.
        question_lang: ISO 639-1 code.
        context: What is read.
        lang: Its ISO 639-1 code.
        spans: Where answers stand in the context, alternatives; empty where it holds none.
    """

    example_id: str
    source: str
    group: str
    question: str
    question_lang: str
    context: str
    lang: str
    spans: tuple[tuple[int, int], ...]


def read_squad(path: Path, source: str, lang: str) -> Iterator[Example]:
    """The examples of a SQuAD 1.1 file, in its order.

    Args:
        path: The file.
        source: Name of the data set.
        lang: Language of contexts and questions.

    Yields:
        One example a question, with every distinct gold span, the one that most people marked first, the shorter first
        where as many did. Questions whose answers do not stand in the context are left out.

    Raises:
        MustanadError: The file is not SQuAD 1.1.
    """
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        for number, article in enumerate(articles):
            for place, paragraph in enumerate(article["paragraphs"]):
                for row in paragraph["qas"]:
                    spans = _gold(row["answers"], paragraph["context"])
                    if row["answers"] and not spans:
                        continue
                    yield Example(
                        example_id=str(row["id"]),
                        source=source,
                        # Where a file is one "article", its paragraphs are what belongs together.
                        group=str(article.get("title", number)) if len(articles) > 1 else f"{source}-{place}",
                        question=" ".join(row["question"].split()),
                        question_lang=lang,
                        context=paragraph["context"],
                        lang=lang,
                        spans=spans,
                    )
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise MustanadError(f"{path} is not a SQuAD 1.1 file: {error!r}") from error


def _gold(answers: list[Mapping[str, Any]], context: str) -> tuple[tuple[int, int], ...]:
    """The gold spans; an answer that stands elsewhere than it says (ARCD has some) is looked for, else left out."""
    votes: dict[tuple[int, int], int] = {}
    for answer in answers:
        text = answer["text"].strip()
        places = [match.start() for match in regex.finditer(regex.escape(text), context)] if text else []
        if places:
            start = min(places, key=lambda place: abs(place - answer["answer_start"]))
            span = (start, start + len(text))
            votes[span] = votes.get(span, 0) + 1
    return tuple(sorted(votes, key=lambda span: (-votes[span], span[1] - span[0], span)))


def read_who_did_it(folder: Path, source: str) -> Iterator[Example]:
    """The examples of a BEIR folder whose gold answers are names: every relevant report is a context.

    Args:
        folder: With ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``; answers in the queries' metadata.
        source: Name of the data set.

    Yields:
        One example for each question and relevant report; its spans are all places where one of the answers stands, in
        any case. Reports of a question whose answers stand in none of them are left out: whether they name the
        perpetrator is unknown.
    """
    texts = {row["_id"]: row["text"] for row in _lines(folder / "corpus.jsonl")}
    relevant: dict[str, list[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, doc, grade = line.split("\t")
        if int(grade) > 0:
            relevant.setdefault(query, []).append(doc)
    for row in _lines(folder / "queries.jsonl"):
        facts = row["metadata"]
        for doc in relevant.get(row["_id"], []):
            spans = occurrences(texts[doc], facts["answers"])
            if bool(spans) != bool(facts["answerable"]):
                continue
            yield Example(f"{row['_id']}/{doc}", source, row["_id"], row["text"], "en", texts[doc], "en", spans)


def read_written(path: Path) -> Iterator[Example]:
    """The examples written for the project: invented passages, each with questions in one or more languages.

    Args:
        path: JSON lines of ``{"lang", "context", "qas": [{"question", "lang", "answer"}]}``; an answer is a stretch of
            the context, its first occurrence, or null where the context holds none.

    Yields:
        One example a question; the questions of a passage are one group.

    Raises:
        MustanadError: A line is not in this form, or an answer does not stand in its context.
    """
    for number, row in enumerate(_lines(path)):
        for place, asked in enumerate(row["qas"]):
            answer, context = asked["answer"], row["context"]
            start = 0 if answer is None else context.find(answer)
            if start < 0:
                raise MustanadError(f"{path}:{number + 1}: the answer {answer!r} does not stand in the context")
            yield Example(
                example_id=f"{path.stem}-{number}-{place}",
                source="written",
                group=f"{path.stem}-{number}",
                question=asked["question"],
                question_lang=asked["lang"],
                context=context,
                lang=row["lang"],
                spans=() if answer is None else ((start, start + len(answer)),),
            )


def occurrences(text: str, answers: list[str]) -> tuple[tuple[int, int], ...]:
    """Where any of the answers stands in a text as whole words, in any case; of overlapping ones the longest.

    Examples:
        >>> occurrences("The ELN and the eln's men", ["ELN", "ELN'S MEN"])
        ((4, 7), (16, 25))
    """
    folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found: list[tuple[int, int]] = []
    for answer in sorted({answer.lower() for answer in answers if answer.strip()}, key=len, reverse=True):
        start = folded.find(answer)
        while start >= 0:
            end = start + len(answer)
            whole = not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum())
            if whole and all(end <= other[0] or start >= other[1] for other in found):
                found.append((start, end))
            start = folded.find(answer, start + 1)
    return tuple(sorted(found))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
