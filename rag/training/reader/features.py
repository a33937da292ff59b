"""From examples to the token windows and targets that the network is trained on."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.reading.spans.inputs import JointTokenizer, Window
from rag.training.reader.examples import Example

_MANY_PLACES = {"muc4"}
TRAINING_TOKENS = 320
TRAINING_STRIDE = 96
_MEGABATCH = 64


@dataclass(frozen=True, slots=True)
class Feature:
    """A window and where its answer begins and ends.

    Attributes:
        window: What the network reads.
        starts: Places in the window's ``ids``; [0] where it holds no answer.
        ends: Likewise.
    """

    window: Window
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def features(examples: Sequence[Example], tokenizer: JointTokenizer, seed: int) -> list[Feature]:
    """The windows of examples.

    An example with an answer gives the windows that hold it and, of the others, one; an example without gives two
    at most.

    Args:
        examples: With and without an answer.
        tokenizer: Joins question and context.
        seed: Of the draws.

    Returns:
        In the order of the examples.
    """
    draw = random.Random(seed)  # noqa: S311 - no secret
    found: list[Feature] = []
    for example in examples:
        windows = tokenizer.windows(example.question, example.context, TRAINING_TOKENS, TRAINING_STRIDE)
        targets = [_targets(window, _spans(example)) for window in windows]
        holding = [Feature(w, *target) for w, target in zip(windows, targets, strict=True) if target != ((0,), (0,))]
        empty = [Feature(w, (0,), (0,)) for w, target in zip(windows, targets, strict=True) if target == ((0,), (0,))]
        draw.shuffle(holding)
        found.extend(holding[:2])
        if holding:
            found.extend(draw.sample(empty, min(1, len(empty))))
        elif not example.spans:
            found.extend(draw.sample(empty, min(2, len(empty))))
    return found


def _spans(example: Example) -> tuple[tuple[int, int], ...]:
    """The spans that count: of people's markings the first, of a name's occurrences all."""
    return example.spans if example.source in _MANY_PLACES else example.spans[:1]


def _targets(window: Window, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    starts, ends = [], []
    for start, end in spans:
        inside = np.flatnonzero((window.offsets[:, 1] > start) & (window.offsets[:, 0] < end))
        if len(inside) and window.offsets[0, 0] <= start and window.offsets[-1, 1] >= end:
            starts.append(window.first + int(inside[0]))
            ends.append(window.first + int(inside[-1]))
    return (tuple(starts), tuple(ends)) if starts else ((0,), (0,))


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side.

    Attributes:
        ids: ``(n, longest) int64``, padded.
        mask: Which are tokens, likewise ``bool``.
        allowed: Which may begin or end an answer: the passage's, and the first, which stands for "no answer".
        starts: Where answers begin, likewise.
        ends: Where they end, likewise.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.bool_]
    allowed: NDArray[np.bool_]
    starts: NDArray[np.bool_]
    ends: NDArray[np.bool_]


def batches(items: Sequence[Feature], tokens: int, seed: int) -> list[list[Feature]]:
    """Batches of windows of like length, in random order.

    Args:
        items: Shuffled already.
        tokens: The most tokens of a batch, padding included.
        seed: Of the order.

    Returns:
        Every window once.
    """
    grouped: list[list[Feature]] = []
    size = _MEGABATCH * max(1, tokens // TRAINING_TOKENS)
    for start in range(0, len(items), size):
        current: list[Feature] = []
        for item in sorted(items[start : start + size], key=lambda item: len(item.window.ids)):
            if current and len(item.window.ids) * (len(current) + 1) > tokens:
                grouped.append(current)
                current = []
            current.append(item)
        if current:
            grouped.append(current)
    random.Random(seed).shuffle(grouped)  # noqa: S311 - no secret
    return grouped


def collate(items: Sequence[Feature], pad: int) -> Batch:
    """The arrays of a batch."""
    longest = max(len(item.window.ids) for item in items)
    ids = np.full((len(items), longest), pad, dtype=np.int64)
    mask, allowed, starts, ends = (np.zeros((len(items), longest), dtype=np.bool_) for _ in range(4))
    for row, item in enumerate(items):
        count = len(item.window.ids)
        ids[row, :count] = item.window.ids
        mask[row, :count] = True
        allowed[row, item.window.first : item.window.first + len(item.window.offsets)] = True
        allowed[row, 0] = True
        starts[row, list(item.starts)] = True
        ends[row, list(item.ends)] = True
    return Batch(ids, mask, allowed, starts, ends)


def iterate(grouped: Sequence[Sequence[Feature]], pad: int, first: int) -> Iterator[tuple[int, Batch]]:
    """The batches from number ``first`` on, with their numbers."""
    for number in range(first, len(grouped)):
        yield number, collate(grouped[number], pad)
