"""Which examples a run trains on: the sources in their shares, questions and passages across languages, no answers."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from rag.training.reader.examples import Example, read_squad, read_who_did_it, read_written
from rag.training.reader.set_aside import SetAside

T = TypeVar("T")
_ENGLISH = ("squadshifts-new_wiki", "squadshifts-reddit", "qamr-wikinews")
_XQUAD = ("ar", "de", "el", "en", "es", "hi", "ro", "ru", "th", "tr", "vi", "zh")


@dataclass(frozen=True, slots=True)
class Mixture:
    """How often each source is read; 1 is once, 0.5 every second example.

    Attributes:
        shares: By source; XQuAD's by "xquad-LANG".
        crossed: XQuAD questions paired with a passage in another language, as a share of its questions.
        unanswerable: Questions paired with the passage nearest to them that does not hold the answer, as a share of
            the examples with an answer.
    """

    shares: Mapping[str, float]
    crossed: float
    unanswerable: float


MIXTURES: Mapping[str, Mixture] = {
    # First everything, English above all, of which there is most; then what the reader is for.
    "broad": Mixture(
        {
            "squadshifts-new_wiki": 1.0, "squadshifts-reddit": 0.6, "qamr-wikinews": 0.6, "arcd": 2.0, "muc4": 2.0,
            "xquad-ar": 1.0, "xquad-en": 1.0, "xquad-es": 1.0, "xquad-de": 1.0, "xquad-ru": 1.0, "xquad-tr": 1.0,
            "xquad-hi": 0.5, "xquad-el": 0.5, "xquad-vi": 0.5, "xquad-zh": 0.5, "xquad-th": 0.3,
        },
        crossed=3.0, unanswerable=0.2,
    ),
    "focused": Mixture(
        {
            "squadshifts-new_wiki": 0.2, "qamr-wikinews": 0.1, "arcd": 2.0, "muc4": 2.0,
            "xquad-ar": 1.0, "xquad-en": 0.7, "xquad-es": 0.5, "xquad-de": 0.5, "xquad-ru": 0.5, "xquad-tr": 0.5,
            "xquad-hi": 0.3, "xquad-el": 0.3, "xquad-vi": 0.3, "xquad-zh": 0.3, "xquad-th": 0.2, "written": 2.0,
        },
        crossed=1.0, unanswerable=0.2,
    ),
    # Then more questions that the nearest passage does not answer, and fewer languages beside Arabic and English.
    "firm": Mixture(
        {
            "squadshifts-new_wiki": 0.5, "squadshifts-reddit": 0.3, "qamr-wikinews": 0.3, "arcd": 2.0, "muc4": 2.0,
            "xquad-ar": 1.0, "xquad-en": 0.5, "xquad-es": 0.3, "xquad-de": 0.3, "xquad-ru": 0.3, "xquad-tr": 0.3,
            "xquad-hi": 0.2, "xquad-el": 0.2, "xquad-vi": 0.2, "xquad-zh": 0.2, "written": 2.0,
        },
        crossed=1.5, unanswerable=0.45,
    ),
}  # fmt: skip


def read_sources(data: Path) -> dict[str, list[Example]]:
    """All examples by source.

    Args:
        data: The folder with ``reading/`` (SQuAD files) and ``muc4/`` (BEIR).

    Raises:
        MustanadError: A file is not in the form it should be.
        OSError: A file is missing.
    """
    reading = data / "reading"
    sources = {name: list(read_squad(reading / f"{name}.json", name, "en")) for name in _ENGLISH}
    sources["arcd"] = list(read_squad(reading / "arcd-train.json", "arcd", "ar"))
    for lang in _XQUAD:
        sources[f"xquad-{lang}"] = list(read_squad(reading / f"xquad.{lang}.json", "xquad", lang))
    sources["muc4"] = list(read_who_did_it(data / "muc4", "muc4"))
    written = sorted((Path(__file__).parent / "written").glob("*.jsonl"))
    sources["written"] = [example for path in written for example in read_written(path)]
    return sources


def part(sources: Mapping[str, Sequence[Example]], set_aside: SetAside, name: str) -> dict[str, list[Example]]:
    """The examples of one part, "train", "dev" or "test", by source; sources without any are left out."""
    kept = {source: [e for e in examples if set_aside.part_of(e) == name] for source, examples in sources.items()}
    return {source: examples for source, examples in kept.items() if examples}


def mix(sources: Mapping[str, Sequence[Example]], mixture: Mixture, seed: int) -> list[Example]:
    """The examples of one run, shuffled.

    Args:
        sources: What may be trained on.
        mixture: How often each source is read.
        seed: Of the draws.

    Returns:
        Examples with and without an answer.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    chosen: list[Example] = []
    for source, examples in sorted(sources.items()):
        chosen.extend(_times(examples, mixture.shares.get(source, 0.0), draw))
    chosen.extend(_crossed(sources, mixture.crossed, draw))
    # What was written for the project has questions without an answer of its own.
    answered = [example for example in chosen if example.spans and example.source != "written"]
    wanted = round(mixture.unanswerable * len(answered))
    chosen.extend(without_answer(draw.sample(answered, min(wanted, len(answered)))))
    draw.shuffle(chosen)
    return chosen


def without_answer(examples: Sequence[Example]) -> list[Example]:
    """Each question with the most similar context, of its source and language, that holds none of its answers.

    Similarity is the cosine of tf-idf over words of question and context together: what is nearest is on the same
    subject. A question for which no such context exists is left out.
    """
    pools: dict[tuple[str, str], list[Example]] = {}
    for example in examples:
        pools.setdefault((example.source, example.lang), []).append(example)
    found: list[Example] = []
    for pool in pools.values():
        contexts = list(dict.fromkeys(example.context for example in pool))
        vectors = TfidfVectorizer(sublinear_tf=True).fit(contexts)
        known = vectors.transform(contexts)
        for example in pool:
            answers = {example.context[start:end].casefold() for start, end in example.spans}
            similarity = (known @ vectors.transform([f"{example.question} {example.context}"]).T).toarray()[:, 0]
            for place in np.argsort(-similarity, kind="stable")[:5]:
                context = contexts[place]
                if context != example.context and not any(answer in context.casefold() for answer in answers):
                    found.append(replace(example, context=context, spans=()))
                    break
    return found


def _times(examples: Sequence[T], share: float, draw: random.Random) -> list[T]:
    whole, rest = divmod(share, 1.0)
    return list(examples) * int(whole) + draw.sample(list(examples), round(rest * len(examples)))


def _crossed(sources: Mapping[str, Sequence[Example]], share: float, draw: random.Random) -> list[Example]:
    """XQuAD's questions, each with the passage of another language; Arabic and English on either side half the time."""
    by_lang = {lang: {e.example_id: e for e in sources.get(f"xquad-{lang}", ())} for lang in _XQUAD}
    langs = [lang for lang, examples in by_lang.items() if examples]
    if len(langs) < 2:
        return []
    crossed = []
    for example_id in _times(sorted(by_lang[langs[0]]), share, draw):
        ours, theirs = draw.sample(langs, 2)
        if draw.random() < 0.5 and {"ar", "en"} <= set(langs):
            ours = draw.choice(("ar", "en"))
            theirs = draw.choice([lang for lang in langs if lang != ours])
            if draw.random() < 0.5:
                ours, theirs = theirs, ours
        if example_id in by_lang[ours] and example_id in by_lang[theirs]:
            question, passage = by_lang[ours][example_id], by_lang[theirs][example_id]
            crossed.append(replace(passage, question=question.question, question_lang=question.question_lang))
    return crossed
