"""Options that several commands share."""

import functools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypedDict, TypeVar

import click

from index.embedding import ENGINE_VARIABLE, ENGINES
from index.errors import MustanadError
from index.search import LEXICAL_ENGINES, SearchSettings

_SETTINGS = ("lexical", "dense", "fusion", "late", "aliases", "transliteration")
Function = TypeVar("Function", bound=Callable[..., Any])


class FilterOptions(TypedDict):
    """Values of the filter options, named as the arguments of ``Reports.search`` and ``Reports.ask``."""

    since: date | None
    until: date | None
    source: Sequence[str]
    lang: Sequence[str]
    doc: Sequence[str]
    without: Sequence[str]


class IsoDate(click.ParamType[date]):
    """A day such as 2022-04-16."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The day that a text names."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2022-04-16", param, ctx)


index_option = click.option(
    "--index",
    "root",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MUSTANAD_INDEX",
    default="mustanad-index",
    show_default=True,
    show_envvar=True,
    help="Folder of the index.",
)
engine_option = click.option(
    "--engine",
    type=click.Choice(sorted(ENGINES)),
    envvar=ENGINE_VARIABLE,
    show_envvar=True,
    help="What runs the embedding model.  [default: onnx, where it can]",
)
rerank_option = click.option(
    "--rerank/--no-rerank",
    default=False,
    help="Whether the best passages are ordered anew by what the reader finds in them: better and slower.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")


def filter_options(command: Function) -> Function:
    """The filters of ``search`` and ``ask``, gathered into the argument ``filters``."""

    @click.option("--since", type=IsoDate(), help="Only reports published on or after this day.")
    @click.option("--until", type=IsoDate(), help="Only reports published on or before this day.")
    @click.option("--source", multiple=True, metavar="NAME", help="Only reports of this source; may be repeated.")
    @click.option("--lang", multiple=True, metavar="CODE", help="Only reports in this language (ar, en …); repeatable.")
    @click.option("--doc", multiple=True, metavar="DOC_ID", help="Only this report; may be repeated.")
    @click.option("--without", multiple=True, metavar="DOC_ID", help="Leave out this report; may be repeated.")
    @functools.wraps(command)
    def wrapped(
        *args: Any,  # noqa: ANN401
        since: date | None,
        until: date | None,
        source: Sequence[str],
        lang: Sequence[str],
        doc: Sequence[str],
        without: Sequence[str],
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        if since and until and since > until:
            raise click.BadParameter(f"--since {since} is after --until {until}")
        filters = FilterOptions(since=since, until=until, source=source, lang=lang, doc=doc, without=without)
        return command(*args, filters=filters, **kwargs)

    return wrapped  # type: ignore[return-value]  # the options replace one argument by six


def settings_options(command: Function) -> Function:
    """How to search, gathered into the argument ``settings``."""

    @click.option(
        "--lexical", type=click.Choice(LEXICAL_ENGINES), default="bm25", show_default=True,
        help="What scores words: bm25 is fast, rank-bm25 slow with the same ranking.",
    )  # fmt: skip
    @click.option("--dense/--no-dense", default=True, help="Whether to search by meaning (vectors).")
    @click.option("--fusion", type=click.Choice(["convex", "rrf"]), default="convex", show_default=True,
                  help="How the two lists become one.")  # fmt: skip
    @click.option("--late/--no-late", default=True,
                  help="Whether the best passages are ranked again by their tokens (late interaction).")  # fmt: skip
    @click.option("--aliases/--no-aliases", default=True,
                  help="Whether a name stands for its other names, too (داعش, ISIS).")  # fmt: skip
    @click.option("--transliteration/--no-transliteration", default=True,
                  help="Whether a name stands for its spellings in other scripts, too.")  # fmt: skip
    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        chosen = {name: kwargs.pop(name) for name in _SETTINGS}
        if chosen["lexical"] == "off" and not chosen["dense"]:
            raise click.UsageError("--lexical off and --no-dense leave nothing to search with")
        return command(*args, settings=SearchSettings(**chosen), **kwargs)

    return wrapped  # type: ignore[return-value]  # the options replace one argument


@dataclass(frozen=True, slots=True)
class Query:
    """A question of a file of questions.

    Attributes:
        query_id: Its ``_id``.
        text: The question.
    """

    query_id: str
    text: str


def read_questions(path: Path) -> list[Query]:
    """The questions of a BEIR ``queries.jsonl``.

    Raises:
        MustanadError: A line is not such a question, or an id occurs twice; says which line.
    """
    queries: list[Query] = []
    seen: set[str] = set()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise MustanadError(f"{path} is not UTF-8 text; save it as UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
            query = Query(str(row["_id"]), row["text"])
        except (ValueError, KeyError, TypeError) as error:
            message = f'{place}: not a question; each line must be {{"_id": "…", "text": "…"}}'
            raise MustanadError(message) from error
        if not isinstance(query.text, str) or not query.text.strip():
            raise MustanadError(f"{place}: the question {query.query_id} has no text; write one or leave the line out")
        if not (_is_unicode(query.text) and _is_unicode(query.query_id)):
            raise MustanadError(f"{place}: half of a character (a lone surrogate) is in it; write it whole")
        if query.query_id in seen:
            raise MustanadError(f"{place}: the id {query.query_id} occurs twice; give each question its own")
        seen.add(query.query_id)
        queries.append(query)
    if not queries:
        raise MustanadError(f"{path} holds no questions")
    return queries


def question_or_questions(question: str | None, questions: Path | None, output: Path | None, output_name: str) -> None:
    """Check that a command was given one question, or a file of questions with a file to write.

    Raises:
        click.UsageError: It was given neither, or both, or no file to write.
    """
    if question is not None and questions is not None:
        raise click.UsageError("give one question, or --questions FILE, not both")
    if questions is None:
        if question is None:
            raise click.UsageError("give a question, or --questions FILE")
        if not question.strip():
            raise click.UsageError("the question is empty; ask something")
        if not _is_unicode(question):
            raise click.UsageError("the question is not valid UTF-8; check the encoding of the terminal")
        if output is not None:
            raise click.UsageError(f"{output_name} goes with --questions FILE")
    elif output is None:
        raise click.UsageError(f"--questions needs {output_name} FILE to write to")


def _is_unicode(text: str) -> bool:
    """False where bytes that are no UTF-8 came in as lone surrogates, which no file or model can take."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
