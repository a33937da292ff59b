"""``python -m rag.reading.spans.export MODEL WEIGHTS OUT``: writes the reader's transformer as an ONNX graph."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer

from index.embedding.encoder_plan import EncoderPlan, plan_encoder
from index.embedding.encoder_weights import EncoderWeights, name_weights
from index.embedding.model_folder import read_facts
from index.embedding.onnx_export import CALIBRATION, write_graph
from index.embedding.weights import read_tensors
from index.errors import ModelError
from rag.reading.spans.inputs import JointTokenizer
from rag.reading.spans.weights import read_weights


def merged_weights(model: Path, weights: Path) -> tuple[EncoderPlan, EncoderWeights]:
    """The transformer of a model folder with the reader's layers in place of its own.

    Raises:
        ModelError: A file is damaged, or the two do not belong together.
    """
    plan = plan_encoder(model, read_facts(model, model.name))
    tensors = dict(read_tensors(plan.transformer))
    prefix = next((name.split("encoder.layer")[0] for name in tensors if "encoder.layer" in name), "")
    for name, values in read_weights(weights).encoder.items():
        own = tensors.get(prefix + name)
        if own is None or own.shape != values.shape:
            raise ModelError(f"{weights} is of another model than {model}: the span reader needs multilingual-e5-small")
        tensors[prefix + name] = values
    return plan, name_weights(tensors, plan.shape)


def main(arguments: Sequence[str]) -> int:
    """Export; a reason in one line on stderr, and 1, where it cannot be done."""
    model, weights, out = map(Path, arguments)
    try:
        plan, merged = merged_weights(model, weights)
        tokenizer = JointTokenizer(Tokenizer.from_file(str(model / "tokenizer.json")))
        pairs = zip(CALIBRATION, CALIBRATION[1:] + CALIBRATION[:1], strict=True)
        texts = [tokenizer.windows(question, passage)[0].ids for question, passage in pairs]
        write_graph(merged, replace(plan, poolings=("mean",), dense=()), texts, out)
    except (ModelError, OSError, MemoryError) as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
