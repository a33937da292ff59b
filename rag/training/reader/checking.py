"""How well a network reads the part that chooses when to stop: token F1, with the right passage given."""

from collections.abc import Sequence

import torch

from rag.reading.spans.decoding import best_spans
from rag.reading.spans.inputs import JointTokenizer, Window
from rag.training.reader.examples import Example
from rag.training.reader.network import SpanNetwork


def mean_f1(network: SpanNetwork, examples: Sequence[Example], tokenizer: JointTokenizer) -> float:
    """Mean character-overlap F1 of the best span with the best gold span, the passage given.

    Overlap of places, not of words: it needs no normalisation by language, and orders checkpoints as well.

    Args:
        network: Read from.
        examples: With an answer.
        tokenizer: Joins question and context.
    """
    scores = [_overlap(read_span(network, example, tokenizer), example.spans) for example in examples]
    return sum(scores) / len(scores)


def read_span(network: SpanNetwork, example: Example, tokenizer: JointTokenizer) -> tuple[int, int]:
    """Start and end, in the context, of the best span of all windows; of scores above "no answer"."""
    network.eval()
    best, place = float("-inf"), (0, 0)
    for window in tokenizer.windows(example.question, example.context):
        starts, ends, null = token_scores(network, window)
        for span in best_spans(starts.numpy(), ends.numpy(), 1):
            if span.score - null > best:
                best = span.score - null
                place = (int(window.offsets[span.first, 0]), int(window.offsets[span.last, 1]))
    return place


@torch.inference_mode()
def token_scores(network: SpanNetwork, window: Window) -> tuple[torch.Tensor, torch.Tensor, float]:
    """Begin and end scores of the passage's tokens, and the score of "no answer"."""
    device = next(network.parameters()).device
    ids = torch.from_numpy(window.ids).long()[None].to(device)
    scores = network(ids, torch.ones_like(ids, dtype=torch.bool))[0].float().cpu()
    passage = scores[window.first : window.first + len(window.offsets)]
    return passage[:, 0], passage[:, 1], float(scores[0].sum())


def _overlap(span: tuple[int, int], gold: Sequence[tuple[int, int]]) -> float:
    best = 0.0
    for start, end in gold:
        common = max(0, min(span[1], end) - max(span[0], start))
        best = max(best, 2 * common / (span[1] - span[0] + end - start))
    return best
