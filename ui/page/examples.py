"""What an empty conversation shows: what the page does, and questions that can be asked with a click."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from index.store.overview import Heading
from ui.engine import Engine
from ui.escaping import attribute, inline, is_printable, lang_attribute, phrase
from ui.page.filters import holds
from ui.strings import ENGLISH, Strings

_MOST = 6
_LOOKED_AT = 300
_LONGEST_TITLE = 70


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with, and its language (ISO 639-1)."""

    question: str
    lang: str


def opening_html(engine: Engine | None, strings: Strings = ENGLISH) -> str:
    """What an empty conversation with a collection shows."""
    if engine is None or not engine.contents.documents:
        return (
            f'<div class="m-empty"><p class="m-lead">{inline(strings.no_reports)}</p>'
            f"<p>{phrase(strings.no_reports_help)}</p></div>"
        )
    buttons = "".join(
        f'<li><button type="button" class="m-example" dir="auto"{lang_attribute(example.lang)}'
        f' data-question="{attribute(example.question)}">{inline(example.question)}</button></li>'
        for example in examples_for(engine)
    )
    tried = f'<h2 class="m-heading">{inline(strings.examples)}</h2><ul class="m-examples">{buttons}</ul>'
    return (
        f'<div class="m-empty"><p class="m-lead">{inline(strings.invitation)}</p><p>{inline(strings.teaching)}</p>'
        f'{tried if buttons else ""}<p class="m-keys">{phrase(strings.keys)}</p></div>'
    )


def examples_for(engine: Engine) -> list[Example]:
    """Questions that a collection can be asked: those to the sample reports where it holds them, else about titles."""
    samples = [
        Example(one.question, one.lang) for one in _samples() if all(holds(engine, doc_id) for doc_id in one.docs)
    ]
    return samples[:_MOST] or about_titles(islice(engine.headings(), _LOOKED_AT))


def about_titles(headings: Iterable[Heading]) -> list[Example]:
    """A question about one report of each language, those languages first that come first.

    >>> about_titles([Heading("1", "Bridge closed", "", None, "en")])
    [Example(question='What do the reports say about: Bridge closed?', lang='en')]
    """
    patterns = _tables()["about"]
    by_lang: dict[str, Example] = {}
    for heading in headings:
        title = " ".join(heading.title.split())
        fits = 0 < len(title) <= _LONGEST_TITLE and is_printable(title)
        if fits and heading.lang in patterns and heading.lang not in by_lang:
            by_lang[heading.lang] = Example(patterns[heading.lang].format(title=title), heading.lang)
    return list(by_lang.values())[:_MOST]


@dataclass(frozen=True, slots=True)
class _Sample:
    question: str
    lang: str
    docs: tuple[str, ...]


@cache
def _samples() -> tuple[_Sample, ...]:
    lines = files("rag").joinpath("samples/queries.jsonl").read_text(encoding="utf-8").splitlines()
    by_id = {query["_id"]: query for query in map(json.loads, lines)}
    chosen = [by_id[name] for name in _tables()["samples"]["questions"]]
    return tuple(
        _Sample(query["text"], query["metadata"]["lang"], tuple(query["metadata"]["docs"])) for query in chosen
    )


@cache
def _tables() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = tomllib.loads(files("ui").joinpath("examples.toml").read_text("utf-8"))
    return tables
