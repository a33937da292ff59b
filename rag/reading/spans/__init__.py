"""The trained extractive reader: spans of the passages that answer the question.

``inputs`` joins question and passage as the network reads them, ``scorer`` runs it, ``decoding`` finds the best spans,
``candidates`` says what is known of each, ``calibration`` how sure that makes, ``reader`` is the ``Reader``,
``victims`` and ``means`` tell what is no answer. In
``reader.safetensors`` are the weights, which ``weights`` reads and ``export`` puts together with the embedding model's;
MODEL_CARD.md says what they are.
"""

from rag.reading.spans.calibration import SpanCalibration
from rag.reading.spans.opening import default_scorer, default_span_reader
from rag.reading.spans.reader import SpanReader

__all__ = ["SpanCalibration", "SpanReader", "default_scorer", "default_span_reader"]
